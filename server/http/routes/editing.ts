import express, { Router, type Request } from 'express';
import * as z from 'zod';
import { isLayerName } from '../../domain/layer.ts';
import { Problem } from '../../domain/problem.ts';
import { may } from '../../policy/policy.ts';
import type { Context } from '../context.ts';
import { readQuery } from '../query.ts';
import { requireRole, sessionKey } from '../session.ts';

const body = z.strictObject({ zone: z.string().min(3).max(260).nullable() });

/** Who edits what at this moment. */
export function editingRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/api/editing', (request, response) => {
    requireRole(request, 'analyst');
    readQuery(request, []);
    response.json({ editing: service.presence.list });
  });

  /** A page that edits says so every 20 s, and says null when it ends. */
  router.put('/api/editing', express.json({ limit: '10kb', inflate: false }), (request, response) => {
    const visitor = requireRole(request, 'planner');
    readQuery(request, []);
    const parsed = body.safeParse(request.body);
    if (!parsed.success) throw new Problem(400, 'bad_editing', 'Send {"zone": "layer:id"}, or {"zone": null} when nothing is edited.');
    const { zone } = parsed.data;
    const layer = zone?.slice(0, Math.max(0, zone.indexOf(':'))) ?? null;
    if (layer !== null && (!isLayerName(layer) || !may(visitor.role, 'edit', layer)))
      throw new Problem(422, 'no_such_zone', 'zone is layer:id of a layer that you may change.', {
        errors: [{ pointer: '/zone', code: 'no_such_zone', detail: String(zone).slice(0, 120) }],
      });
    service.presence.say(visitor.username, sessionKey(request), pageOf(request), zone);
    response.json({ editing: service.presence.list });
  });

  return router;
}

/** The page's own random name: one account may have several open. @throws Problem 400 */
function pageOf(request: Request): string {
  const page = request.headers['x-page'];
  if (typeof page !== 'string' || !/^[\w-]{8,64}$/.test(page))
    throw new Problem(400, 'page_missing', 'Send X-Page: a random name of the page, 8 to 64 letters, digits, - or _.');
  return page;
}
