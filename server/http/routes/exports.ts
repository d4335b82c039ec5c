// Whole layers as files.
import { Router } from 'express';
import { isLayerName } from '../../domain/layer.ts';
import { Problem } from '../../domain/problem.ts';
import { EXPORT_FORMATS } from '../../export/exportLayer.ts';
import { isPersonal, may } from '../../policy/policy.ts';
import type { Context } from '../context.ts';
import { epsgOf } from '../exportFiles.ts';
import { oneOf, readQuery } from '../query.ts';
import { visitorOf } from '../session.ts';

export function exportRoutes({ service, exportFiles }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/api/exports/:layer', async (request, response) => {
    const visitor = visitorOf(request);
    const { layer } = request.params;
    if (!isLayerName(layer) || !may(visitor.role, 'export', layer))
      throw new Problem(404, 'no_such_layer', `There is no layer ${layer.slice(0, 60)}.`);
    const query = readQuery(request, ['format', 'crs']);
    const format = oneOf(query, 'format', EXPORT_FORMATS, 'geojson');
    await exportFiles.send(response, { role: visitor.role, layer, format, epsg: epsgOf(query) }, layer, async (count) => {
      if (!isPersonal(layer)) return;
      const by = visitor.username ?? '';
      await service.accounts.audit({ by, role: visitor.role, action: 'export', subject: `${layer} ${format}`, count });
    });
  });

  return router;
}
