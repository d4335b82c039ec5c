import express, { Router, type Request } from 'express';
import { Problem } from '../../domain/problem.ts';
import type { Context } from '../context.ts';
import { readQuery } from '../query.ts';
import { requireRole } from '../session.ts';

/** Shapes on the ellipsoid for editors; nothing is stored. */
export function geometryRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });
  // as text: the thread that builds the shape also reads and checks it
  const body = express.text({ limit: '10mb', inflate: false, type: ['application/json', 'application/geo+json'] });

  for (const kind of ['buffer', 'simplify'] as const) {
    router.post(
      `/api/geometry/${kind}`,
      function onlyPlanners(request, _response, next) {
        requireRole(request, 'planner');
        next();
      },
      body,
      async (request, response) => {
        readQuery(request, []);
        const left = new AbortController();
        response.once('close', () => left.abort());
        const bytes = await service.geometry.run((call) => call[kind](textOf(request)), left.signal);
        response.type('application/json').send(Buffer.from(bytes));
      },
    );
  }

  return router;
}

/** @throws Problem 415 for a body that is no JSON by its type */
function textOf(request: Request): string {
  const body = request.body as unknown;
  if (typeof body !== 'string') throw new Problem(415, 'json_only', 'Send application/json.');
  return body;
}
