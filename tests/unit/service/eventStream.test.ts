// A stream of events whose pipe breaks ends for itself, and takes nobody with it.
import express from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { Context } from '../../../server/http/context.ts';
import { eventRoutes } from '../../../server/http/routes/events.ts';

test('an error of the pipe ends the stream quietly', async () => {
  let listening = 0;
  const events = {
    after: () => [],
    listen: () => {
      listening++;
      return () => listening--;
    },
  };
  const context = { service: { events, presence: { list: [] } } } as unknown as Context;
  let response: express.Response | null = null;
  const app = express();
  app.use(function remember(_request, answer, next) {
    response = answer;
    next();
  });
  app.use(eventRoutes(context));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { body } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/api/events`);
    const reader = (body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    expect(listening).toBe(1);
    const broken = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    expect(() => (response as unknown as express.Response).emit('error', broken)).not.toThrow();
    await expect.poll(() => listening, { timeout: 2000 }).toBe(0);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
