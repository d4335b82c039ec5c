import express, { Router } from 'express';
import * as z from 'zod';
import { Problem } from '../../domain/problem.ts';
import type { Context } from '../context.ts';
import { loopDelay } from '../../service/loopDelay.ts';
import { one, readQuery, wholeNumber } from '../query.ts';
import { isLoopback, requireRole } from '../session.ts';

const account = z.strictObject({
  username: z.string().regex(/^[\p{L}\p{N}._@-]{1,64}$/u),
  password: z.string().min(8).max(1024),
  role: z.enum(['analyst', 'planner', 'admin']),
});

export function adminRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.get('/healthz', (request, response) => {
    readQuery(request, []);
    response.json({ status: 'ok' });
  });

  router.get('/readyz', (request, response) => {
    readQuery(request, []);
    const { ready, phase, detail } = service.readiness;
    response.status(ready ? 200 : 503);
    if (!ready) response.set('Retry-After', '1');
    response.json({
      ready,
      phase,
      detail,
      revision: service.revision,
      ...(service.outsideWriteAt ? { outsideWriteAt: service.outsideWriteAt } : {}),
    });
  });

  router.get('/metrics', (request, response) => {
    if (!isLoopback(request)) requireRole(request, 'admin');
    const memory = process.memoryUsage();
    const lines = [
      '# TYPE xiantu_revision gauge',
      `xiantu_revision ${service.revision}`,
      '# TYPE xiantu_ready gauge',
      `xiantu_ready ${service.readiness.ready ? 1 : 0}`,
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${memory.rss}`,
      '# TYPE xiantu_event_loop_delay_max_seconds gauge',
      `xiantu_event_loop_delay_max_seconds ${loopDelay.max / 1e9}`,
      '# TYPE xiantu_event_loop_delay_p99_seconds gauge',
      `xiantu_event_loop_delay_p99_seconds ${loopDelay.percentile(99) / 1e9}`,
    ];
    response.type('text/plain; version=0.0.4').send(`${lines.join('\n')}\n`);
  });

  router.get('/api/audit', async (request, response) => {
    requireRole(request, 'admin');
    const query = readQuery(request, ['limit', 'before']);
    const before = one(query, 'before');
    const limit = wholeNumber(query, 'limit', { least: 1, most: 1000, fallback: 100 });
    response.json({ entries: await service.accounts.auditLog(limit, before === null ? null : Number(before)) });
  });

  router.get('/api/accounts', async (request, response) => {
    requireRole(request, 'admin');
    readQuery(request, []);
    response.json({ accounts: await service.accounts.listAccounts() });
  });

  router.post('/api/accounts', express.json({ limit: '10kb', inflate: false }), async (request, response) => {
    const visitor = requireRole(request, 'admin');
    const body = account.safeParse(request.body);
    if (!body.success)
      throw new Problem(422, 'bad_account', 'Send username, password (8 characters or more) and role (analyst, planner or admin).');
    const { username, password, role } = body.data;
    await service.accounts.setAccount(username, password, role);
    await service.accounts.audit({
      by: visitor.username,
      role: visitor.role,
      action: 'account',
      subject: `${username} is ${role}`,
      count: null,
    });
    response.status(201).json({ username, role });
  });

  router.delete('/api/accounts/:username', async (request, response) => {
    const visitor = requireRole(request, 'admin');
    const removed = await service.accounts.removeAccount(request.params.username);
    if (!removed) throw new Problem(404, 'no_account', 'There is no such account.');
    await service.accounts.audit({
      by: visitor.username,
      role: visitor.role,
      action: 'account',
      subject: `${request.params.username} removed`,
      count: null,
    });
    response.status(204).end();
  });

  router.post('/api/publications', async (request, response) => {
    const visitor = requireRole(request, 'admin');
    const published = await service.publish();
    await service.accounts.audit({
      by: visitor.username,
      role: visitor.role,
      action: 'publish',
      subject: `revision ${published.revision}`,
      count: null,
    });
    response.status(201).json(published);
  });

  return router;
}
