import express, { Router } from 'express';
import * as z from 'zod';
import { Problem } from '../../domain/problem.ts';
import type { SessionAnswer } from '../../domain/service.ts';
import type { Context } from '../context.ts';
import { readQuery } from '../query.ts';
import { endSession, setSessionCookie, visitorOf } from '../session.ts';

const credentials = z.strictObject({ username: z.string().min(1).max(200), password: z.string().min(1).max(1024) });

export function sessionRoutes({ service }: Context): Router {
  const router = Router({ strict: true, caseSensitive: true });

  router.post(
    '/api/session',
    function onlyJson(request, _response, next) {
      if (request.is('application/json') !== 'application/json') throw new Problem(415, 'json_only', 'Send application/json.');
      next();
    },
    express.json({ limit: '10kb', inflate: false }),
    async (request, response) => {
      const body = credentials.safeParse(request.body);
      if (!body.success) throw new Problem(400, 'bad_credentials_form', 'Send {"username": "…", "password": "…"}.');
      const { username, password } = body.data;
      const result = await service.accounts.signIn(username, password, request.ip ?? '');
      if ('refused' in result) {
        await service.accounts.audit({
          by: username.slice(0, 60),
          role: 'public',
          action: 'sign-in refused',
          subject: result.refused,
          count: null,
        });
        if (result.refused === 'throttled') {
          throw new Problem(429, 'too_many_tries', 'Too many tries. Wait a minute.', {
            headers: { 'Retry-After': String(result.retryAfter) },
          });
        }
        throw new Problem(401, 'wrong_credentials', 'The name or the password is wrong.');
      }
      const { session, token } = result;
      await service.accounts.audit({ by: session.username, role: session.role, action: 'sign-in', subject: '', count: null });
      setSessionCookie(response, service, token);
      const answer: SessionAnswer = { user: { username: session.username, role: session.role }, csrfToken: session.csrfToken };
      response.json(answer);
    },
  );

  router.get('/api/session', (request, response) => {
    readQuery(request, []);
    const { username, role, session } = visitorOf(request);
    const answer: SessionAnswer =
      username === null ? { user: null } : { user: { username, role }, ...(session ? { csrfToken: session.csrfToken } : {}) };
    response.json(answer);
  });

  router.delete('/api/session', async (request, response) => {
    await endSession(request, response, service);
    response.set('Clear-Site-Data', '"cache"').status(204).end();
  });

  return router;
}
