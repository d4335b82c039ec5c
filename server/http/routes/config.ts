import { Router } from 'express';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Bounds, ServiceConfig } from '../../domain/service.ts';
import type { Words } from '../../domain/field.ts';
import type { Context } from '../context.ts';
import { readQuery } from '../query.ts';
import { visitorOf } from '../session.ts';
import { basemapConfig } from '../basemap.ts';

/** Hundredths of a degree outwards: the exact extent of snapped points is not the public's. */
function outwards([west, south, east, north]: Bounds): Bounds {
  return [Math.floor(west * 100) / 100, Math.floor(south * 100) / 100, Math.ceil(east * 100) / 100, Math.ceil(north * 100) / 100];
}

export function configRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/api/config', async (request, response) => {
    readQuery(request, []);
    const { role } = visitorOf(request);
    const summary = await service.reader.summary(role);
    const config: ServiceConfig = {
      district: summary.district ? (JSON.parse(summary.district) as Words) : { zh: '险图', en: 'Xiantu' },
      synthetic: summary.synthetic === 'true',
      bounds: summary.bounds && role === 'public' ? outwards(summary.bounds) : summary.bounds,
      ground: summary.ground ? { url: '/api/ground.png', bounds: JSON.parse(summary.ground) as Bounds } : null,
      basemap: basemapConfig(service.settings),
      mapReviewNumber: service.settings.mapReviewNumber,
      // the public's follows publications: it must not tell when staff change what it does not see
      revision: role === 'public' ? (service.published?.revision ?? 0) : summary.revision,
      dataDate: summary.dataDate,
      layers: summary.layers,
    };
    response.json(config);
  });

  router.get('/api/ground.png', (request, response, next) => {
    readQuery(request, []);
    const path = join(service.folders.ground, 'ground.png');
    if (!existsSync(path)) return next();
    response.set('Cache-Control', 'public, max-age=3600').type('image/png');
    createReadStream(path)
      .on('error', () => response.destroy())
      .pipe(response);
  });

  return router;
}
