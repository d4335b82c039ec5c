import express, { Router } from 'express';
import * as z from 'zod';
import type { Geometry } from '../../domain/feature.ts';
import { Problem } from '../../domain/problem.ts';
import { crsOfEpsg, type Crs } from '../../geo/crs.ts';
import { checkGeometry } from '../../ingest/geometry/check.ts';
import type { Context } from '../context.ts';
import { readQuery } from '../query.ts';
import { requireRole } from '../session.ts';
import { filterOf } from './exposure.ts';

const WGS84 = crsOfEpsg(4326) as Crs;

const body = z.strictObject({
  geometry: z.unknown(),
  against: z.unknown().optional(),
  limit: z.int().min(1).max(5000).default(500),
});

export function whatIfListRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  /** Who would come into a drawn area, and who would drop out of the one before. */
  router.post('/api/exposure/what-if/list', express.json({ limit: '10mb', inflate: false }), async (request, response) => {
    const visitor = requireRole(request, 'analyst');
    const { base } = filterOf(readQuery(request, ['base']));
    if (request.body === undefined && request.headers['content-type'] !== undefined)
      throw new Problem(415, 'json_only', 'Send application/json.');
    const parsed = body.safeParse(request.body);
    if (!parsed.success)
      throw new Problem(400, 'bad_what_if', 'Send {"geometry": area, "against": area or null, "limit": 1 to 5000}.', {
        errors: parsed.error.issues
          .slice(0, 20)
          .map(({ path, code, message }) => ({ pointer: `/${path.join('/')}`, code, detail: message })),
      });
    const geometry = areaOf(parsed.data.geometry, '/geometry');
    if (!geometry)
      throw new Problem(422, 'geometry_missing', 'The area is empty.', {
        errors: [{ pointer: '/geometry', code: 'geometry_missing', detail: 'empty' }],
      });
    const against = areaOf(parsed.data.against, '/against');
    response.set('Cache-Control', 'private, no-store');
    const { bytes, households } = await service.reader.whatIfList(geometry, against, parsed.data.limit, base);
    await service.accounts.audit({
      by: visitor.username,
      role: visitor.role,
      action: 'read',
      subject: against ? 'what-if list, two areas compared' : 'what-if list, one area',
      count: households,
    });
    response.type('application/json').send(Buffer.from(bytes));
  });

  return router;
}

/** @throws Problem 422 for what is no sound polygon */
function areaOf(raw: unknown, pointer: string): Geometry | null {
  const checked = checkGeometry('danger-zones', raw, WGS84);
  if ('fault' in checked)
    throw new Problem(422, checked.fault, checked.message, { errors: [{ pointer, code: checked.fault, detail: checked.message }] });
  return checked.geometry;
}
