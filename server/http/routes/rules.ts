import express, { Router, type Request } from 'express';
import { Problem } from '../../domain/problem.ts';
import type { RuleSetEntry } from '../../domain/rules.ts';
import { revisedRuleSet } from '../../zones/ruleSet.ts';
import type { Context } from '../context.ts';
import { reasonOf } from '../reason.ts';
import { oneOf, readQuery } from '../query.ts';
import { requireRole } from '../session.ts';

const tagOf = (version: number) => `"rules-${version}"`;

/** A set as it stands on the wire, with who put it in force. */
const onTheWire = ({ set, at, by, reason, revision }: RuleSetEntry) => ({ ...set, at, by, reason, revision });

export function rulesRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/api/rules', async (request, response) => {
    requireRole(request, 'analyst');
    readQuery(request, []);
    const entry = await service.reader.rules();
    response.set('ETag', tagOf(entry.version)).json(onTheWire(entry));
  });

  router.get('/api/rules/history', async (request, response) => {
    requireRole(request, 'analyst');
    readQuery(request, []);
    response.json({ sets: (await service.reader.ruleHistory()).map(onTheWire) });
  });

  router.put('/api/rules', express.json({ limit: '1mb', inflate: false }), async (request, response) => {
    const visitor = requireRole(request, 'admin');
    const query = readQuery(request, ['dryRun']);
    const dryRun = oneOf(query, 'dryRun', ['true', 'false'], 'false') === 'true';
    const current = (await service.reader.rules()).set;
    const body = jsonBody(request);
    const from = (body as { version?: unknown }).version;
    const tag = request.headers['if-match'];
    if ((tag !== undefined && tag !== '*' && !tag.includes(tagOf(current.version))) || from !== current.version) {
      throw new Problem(
        412,
        'stale',
        `The rules are at version ${current.version}; these were made from ${typeof from === 'number' ? `version ${from}` : 'no version'}. Read them again and decide.`,
        { headers: { ETag: tagOf(current.version) } },
      );
    }
    const revised = revisedRuleSet(body, current);
    if ('faults' in revised)
      throw new Problem(422, 'rules_do_not_fit', 'The rules do not fit; nothing was changed.', { errors: revised.faults });
    const audit = (action: string, count: number | null) =>
      service.accounts.audit({ by: visitor.username, role: visitor.role, action, subject: `rules version ${revised.set.version}`, count });
    if (dryRun) {
      const preview = await service.reader.previewRules(revised.set);
      await audit('preview', preview.units.length);
      response.json(preview);
      return;
    }
    const changes = await service.setRules(revised.set, { by: visitor.username, reason: reasonOf(request) });
    await audit('rules', null);
    const entry = await service.reader.rules();
    response.set('ETag', tagOf(entry.version)).json({ ...onTheWire(entry), changed: changes.changes });
  });

  return router;
}

function jsonBody(request: Request): object {
  const body = request.body as unknown;
  if (typeof body !== 'object' || body === null) throw new Problem(415, 'json_only', 'Send the rule set as application/json.');
  return body;
}
