import { Router } from 'express';
import { Problem } from '../../domain/problem.ts';
import { isPersonal } from '../../policy/policy.ts';
import type { Context } from '../context.ts';
import { editableLayer } from '../layers.ts';
import { etagOf, ifMatch } from '../preconditions.ts';
import { readQuery, wholeNumber } from '../query.ts';

/** What was removed, and putting it back. */
export function removedRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/api/removed/:layer', async (request, response) => {
    const { layer, visitor } = editableLayer(request);
    const limit = wholeNumber(readQuery(request, ['limit']), 'limit', { least: 1, most: 1000, fallback: 100, strict: true });
    const { bytes, count } = await service.reader.removed(layer, limit);
    if (isPersonal(layer))
      await service.accounts.audit({ by: visitor.username ?? '', role: visitor.role, action: 'read', subject: `${layer} removed`, count });
    response.set('Cache-Control', 'private, no-store').type('application/json').send(Buffer.from(bytes));
  });

  router.post('/api/removed/:layer/:id/restore', async (request, response) => {
    const { layer, visitor, editor } = editableLayer(request);
    readQuery(request, []);
    const { id } = request.params;
    const revisions = ifMatch(request);
    if (editor.reason === null || editor.reason.trim() === '')
      throw new Problem(422, 'reason_missing', '恢复须说明理由 Say why the feature is put back (X-Reason).', {
        errors: [{ pointer: '/reason', code: 'reason_missing', detail: 'X-Reason' }],
      });
    const result = await service.restore(layer, id, revisions, editor);
    await service.accounts.audit({
      by: editor.by,
      role: visitor.role,
      action: 'restore',
      subject: `${layer}/${id}`.slice(0, 300),
      count: 1,
    });
    const { revision } = result.changes;
    response.status(201).set('ETag', etagOf(revision, visitor.role)).json({ id: result.id, revision });
  });

  return router;
}
