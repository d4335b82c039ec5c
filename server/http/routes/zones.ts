import { Router } from 'express';
import { Problem } from '../../domain/problem.ts';
import type { Context } from '../context.ts';
import { readQuery } from '../query.ts';
import { requireRole } from '../session.ts';

export function zoneRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/api/proposals/hazard-points/:id', async (request, response) => {
    requireRole(request, 'analyst');
    readQuery(request, []);
    const { id } = request.params;
    const proposal = await service.reader.proposal(id);
    if (!proposal) throw new Problem(404, 'no_feature', `hazard-points has no feature ${id.slice(0, 120)}.`);
    response.type('application/geo+json').send(JSON.stringify({ type: 'Feature', ...proposal }));
  });

  return router;
}
