// A thread that helps out is ended when it takes too long, and started again for the next job.
import { expect, test } from 'vitest';
import { HelperThread } from '../../../server/service/helperThread.ts';
import type { GeometryHandlers } from '../../../server/workers/geometry.worker.ts';
import { square } from '../../support/square.ts';

const order = JSON.stringify({ geometry: square(113, 37, 0.01), metres: 10 });
const helper = (deadline: number) => new HelperThread<GeometryHandlers>({ name: 'geometry', workerData: null, deadline, heapMb: 512 });

test('a job past its deadline is stopped and says so; the next has a thread of its own', async () => {
  const thread = helper(1);
  for (let i = 0; i < 2; i++)
    await expect(thread.run((call) => call.buffer(order))).rejects.toMatchObject({ status: 503, code: 'took_too_long' });
  await thread.end();
});

test('jobs run in turn; one whose asker has left is not begun; too many are refused', async () => {
  const thread = helper(20_000);
  const left = new AbortController();
  const first = thread.run((call) => call.buffer(order));
  const second = thread.run((call) => call.buffer(order), left.signal);
  left.abort();
  const rest = Promise.allSettled(Array.from({ length: 40 }, () => thread.run((call) => call.simplify(order))));
  expect(new TextDecoder().decode(await first)).toContain('"area"');
  await expect(second).rejects.toMatchObject({ code: 'left' });
  const states = await rest;
  expect(states.filter(({ status }) => status === 'rejected')).toHaveLength(10);
  await thread.end();
});

test('a fault of a job is the asker’s, and ends nothing', async () => {
  const thread = helper(20_000);
  await expect(thread.run((call) => call.buffer('{'))).rejects.toMatchObject({ status: 400, code: 'not_json' });
  expect(await thread.run((call) => call.buffer(order))).toBeInstanceOf(Uint8Array);
  await thread.end();
});

test('the end waits for the job under way, and begins no other', async () => {
  const thread = helper(20_000);
  const first = thread.run((call) => call.buffer(order));
  const second = thread.run((call) => call.buffer(order)).catch((error: unknown) => error);
  await new Promise((resolve) => setImmediate(resolve)); // so that the first has begun
  await thread.end();
  expect(await first).toBeInstanceOf(Uint8Array);
  expect(await second).toMatchObject({ status: 503, code: 'stopping' });
});
