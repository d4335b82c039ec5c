import { Router } from 'express';
import { isPersonal } from '../../policy/policy.ts';
import { LONGEST_QUERY } from '../../views/search.ts';
import type { Context } from '../context.ts';
import { badValue, one, readQuery, wholeNumber } from '../query.ts';
import { requireRole } from '../session.ts';

/** One box for whatever has a name. */
export function searchRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/api/search', async (request, response) => {
    const visitor = requireRole(request, 'analyst');
    const query = readQuery(request, ['q', 'limit']);
    const text = (one(query, 'q') ?? '').trim();
    if (text.length > LONGEST_QUERY) throw badValue('q', `q has at most ${LONGEST_QUERY} characters.`);
    const limit = wholeNumber(query, 'limit', { least: 1, most: 100, fallback: 20 });
    const left = new AbortController();
    response.once('close', () => left.abort());
    const answer = await service.search.run((call) => call.search(visitor.role, text, limit), left.signal);
    const personal = answer.results.filter(({ layer }) => isPersonal(layer)).length;
    if (personal > 0)
      await service.accounts.audit({
        by: visitor.username,
        role: visitor.role,
        action: 'read',
        subject: `search ${text}`,
        count: personal,
      });
    response.set('Cache-Control', 'private, no-store').json(answer);
  });

  return router;
}
