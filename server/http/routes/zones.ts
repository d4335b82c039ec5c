import express, { Router, type Response } from 'express';
import * as z from 'zod';
import { validateProperties } from '../../changes/validateFeature.ts';
import { Problem } from '../../domain/problem.ts';
import { crsOfEpsg, type Crs } from '../../geo/crs.ts';
import { checkGeometry } from '../../ingest/geometry/check.ts';
import type { Supposed } from '../../zones/points/proposal.ts';
import type { Context } from '../context.ts';
import { readQuery } from '../query.ts';
import { requireRole } from '../session.ts';

const WGS84 = crsOfEpsg(4326) as Crs;

const supposedBody = z.strictObject({
  properties: z.record(z.string(), z.unknown()).optional(),
  channel: z
    .strictObject({ type: z.literal('LineString'), coordinates: z.array(z.array(z.number()).min(2).max(3)).min(2).max(100_000) })
    .optional(),
  body: z.unknown().optional(),
  catchment: z.strictObject({ area_km2: z.number().min(0), volume_wan_m3: z.number().min(0), distance_km: z.number().min(0) }).optional(),
});

export function zoneRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/api/proposals/hazard-points/:id', async (request, response) => {
    requireRole(request, 'analyst');
    readQuery(request, []);
    await propose(response, request.params.id, null);
  });

  /** With a channel, a body or figures that the register does not have; nothing is stored. */
  router.post('/api/proposals/hazard-points/:id', express.json({ limit: '10mb', inflate: false }), async (request, response) => {
    requireRole(request, 'analyst');
    readQuery(request, []);
    await propose(response, request.params.id, supposedOf(request.body));
  });

  async function propose(response: Response, id: string, supposed: Supposed | null): Promise<void> {
    const proposal = await service.reader.proposal(id, supposed);
    if (!proposal) throw new Problem(404, 'no_feature', `hazard-points has no feature ${id.slice(0, 120)}.`);
    response.type('application/geo+json').send(JSON.stringify({ type: 'Feature', ...proposal }));
  }

  return router;
}

/** @throws Problem 400 for what is no supposition, 422 with the place for one that does not fit */
function supposedOf(body: unknown): Supposed {
  const parsed = supposedBody.safeParse(body);
  if (!parsed.success)
    throw new Problem(
      400,
      'bad_supposition',
      'Send any of {"properties": {…}, "channel": LineString, "body": Polygon, "catchment": {"area_km2", "volume_wan_m3", "distance_km"}}.',
      {
        errors: parsed.error.issues
          .slice(0, 20)
          .map(({ path, code, message }) => ({ pointer: `/${path.join('/')}`, code, detail: message })),
      },
    );
  const { properties = {}, channel, body: drawn, catchment } = parsed.data;
  const checked = checkGeometry('danger-zones', drawn, WGS84);
  const line = checkGeometry('river-sections', channel ?? null, WGS84);
  for (const [pointer, one] of [['/body', checked] as const, ['/channel', line] as const]) {
    if ('fault' in one) throw new Problem(422, one.fault, one.message, { errors: [{ pointer, code: one.fault, detail: one.message }] });
  }
  return {
    properties: validateProperties('hazard-points', properties),
    channel: channel?.coordinates ?? null,
    body: 'geometry' in checked ? checked.geometry : null,
    catchment: catchment ?? null,
  };
}
