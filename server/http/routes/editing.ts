import express, { Router, type Request } from 'express';
import * as z from 'zod';
import type { LayerName } from '../../domain/layer.ts';
import { Problem } from '../../domain/problem.ts';
import { may } from '../../policy/policy.ts';
import type { Context } from '../context.ts';
import { readQuery } from '../query.ts';
import { requireRole, sessionKey, type Visitor } from '../session.ts';

const body = z.strictObject({ zone: z.string().nullable() });

/** Layers whose shapes are drawn on the map, where two pages can be in each other's way. */
const DRAWN = [
  'danger-zones',
  'hazard-areas',
  'subsidence-zones',
  'river-sections',
  'townships',
  'facilities',
] as const satisfies readonly LayerName[];

const LONGEST_ID = 200;
/** Every page of the staff is told of it: signs that mean something to a terminal or to markup have no place in it. */
const ID = /^[^\p{Cc}<>]+$/u;

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
    if (zone !== null) assertZone(visitor, zone);
    service.presence.say(visitor.username, sessionKey(request), pageOf(request), zone);
    response.json({ editing: service.presence.list });
  });

  return router;
}

/** @throws Problem 422 for what is no zone that is drawn */
function assertZone({ role }: Visitor, zone: string): void {
  const layer = DRAWN.find((name) => zone.startsWith(`${name}:`));
  if (layer && may(role, 'edit', layer)) {
    const id = zone.slice(layer.length + 1);
    if (id.length <= LONGEST_ID && id.isWellFormed() && ID.test(id)) return;
  }
  throw new Problem(
    422,
    'no_such_zone',
    `zone is layer:id, with a layer of ${DRAWN.join(', ')} that you may change and an id of 1 to ${LONGEST_ID} characters.`,
    { errors: [{ pointer: '/zone', code: 'no_such_zone', detail: 'no zone that is drawn' }] },
  );
}

/** The page's own random name: one account may have several open. @throws Problem 400 */
function pageOf(request: Request): string {
  const page = request.headers['x-page'];
  if (typeof page !== 'string' || !/^[\w-]{8,64}$/.test(page))
    throw new Problem(400, 'page_missing', 'Send X-Page: a random name of the page, 8 to 64 letters, digits, - or _.');
  return page;
}
