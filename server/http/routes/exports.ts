import { Router } from 'express';
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isLayerName } from '../../domain/layer.ts';
import { Problem } from '../../domain/problem.ts';
import { EXPORT_FORMATS } from '../../export/exportLayer.ts';
import { crsOfEpsg, epsgNumber } from '../../geo/crs.ts';
import { isPersonal, may } from '../../policy/policy.ts';
import { workerUrl } from '../../service/service.ts';
import type { ExporterData, ExporterHandlers } from '../../workers/exporter.worker.ts';
import { connect } from '../../workers/rpc.ts';
import type { Context } from '../context.ts';
import { badValue, one, oneOf, readQuery } from '../query.ts';
import { visitorOf } from '../session.ts';

const TYPES = { geojson: 'application/geo+json', csv: 'text/csv; charset=utf-8' } as const;

export function exportRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/api/exports/:layer', async (request, response) => {
    const visitor = visitorOf(request);
    const { layer } = request.params;
    if (!isLayerName(layer) || !may(visitor.role, 'export', layer))
      throw new Problem(404, 'no_such_layer', `There is no layer ${layer.slice(0, 60)}.`);
    const query = readQuery(request, ['format', 'crs']);
    const format = oneOf(query, 'format', EXPORT_FORMATS, 'geojson');
    const crs = one(query, 'crs');
    const epsg = crs === null ? 4326 : epsgNumber(crs);
    if (epsg === null || !crsOfEpsg(epsg)) throw badValue('crs', 'crs is an EPSG code such as EPSG:4490 or EPSG:4526.');
    const path = join(service.folders.staging, randomUUID());
    const exporter = connect<ExporterHandlers>(workerUrl('exporter'), {
      workerData: { storePath: service.storePath } satisfies ExporterData,
      name: 'exporter',
    });
    try {
      const count = await exporter.call.run({ role: visitor.role, layer, format, epsg }, path);
      if (isPersonal(layer)) {
        await service.accounts.audit({
          by: visitor.username ?? '',
          role: visitor.role,
          action: 'export',
          subject: `${layer} ${format}`,
          count,
        });
      }
    } finally {
      await exporter.terminate();
    }
    response.type(TYPES[format]).attachment(`${layer}.${format}`);
    const file = createReadStream(path);
    file.on('close', () => void rm(path, { force: true }));
    file.on('error', () => response.destroy());
    file.pipe(response);
  });

  return router;
}
