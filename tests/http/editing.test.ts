// Who edits what, as other pages are told of it.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let planner: Client;
let analyst: Client;

beforeAll(async () => {
  server = await startServer();
  planner = await Client.as(server, 'planner');
  analyst = await Client.as(server, 'analyst');
});
afterAll(() => server.stop());

interface List {
  editing: { zone: string; by: string; since: string }[];
}

const say = (client: Client, zone: unknown, page = 'page-one') => client.send('PUT', '/api/editing', { zone }, { 'X-Page': page });
const zones = async () => (await analyst.json<List>('/api/editing')).editing.map(({ zone, by }) => `${by} ${zone}`);

/** Reads a stream of events until the text so far answers yes. */
async function streamUntil(client: Client, path: string, enough: (text: string) => boolean, act: () => Promise<void>, headers = {}) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), 8000);
  let text = '';
  try {
    const response = await client.get(path, { ...headers });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    abort.signal.addEventListener('abort', () => void reader.cancel());
    const decoder = new TextDecoder();
    let acted: Promise<void> | null = null;
    while (!enough(text)) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value);
      acted ??= act();
    }
    await acted;
    await reader.cancel();
  } finally {
    clearTimeout(timer);
  }
  return text;
}

test('a page that edits is on the list until it ends; two pages of one account are two', async () => {
  const response = await say(planner, 'danger-zones:1');
  expect(response.status).toBe(200);
  expect(((await response.json()) as List).editing[0]).toMatchObject({ zone: 'danger-zones:1', by: 'planner' });
  await say(planner, 'danger-zones:2', 'page-two');
  expect(await zones()).toEqual(['planner danger-zones:1', 'planner danger-zones:2']);
  await say(planner, null, 'page-two');
  expect(await zones()).toEqual(['planner danger-zones:1']);
  await say(planner, null);
  expect(await zones()).toEqual([]);
});

test('staff are told of a change as it happens, and of the list when they come; the public never', async () => {
  await say(planner, 'danger-zones:here');
  const text = await streamUntil(
    analyst,
    '/api/events',
    (so) => so.includes('danger-zones:there'),
    async () => {
      await say(planner, 'danger-zones:there');
    },
  );
  const events = text.split('\n\n').filter((event) => event.includes('event: editing'));
  expect(events[0]).toContain('danger-zones:here');
  expect(events[0]).not.toMatch(/^id:/m);
  expect(events.at(-1)).toContain('"zone":"danger-zones:there","by":"planner"');
  const visitor = new Client(server.url);
  const heard = await streamUntil(
    visitor,
    '/api/events',
    (so) => so.includes('event: published'),
    async () => {
      await say(planner, 'danger-zones:secret');
      await server.running.service.publish();
    },
  );
  expect(heard).not.toContain('editing');
  await say(planner, null);
});

test('many words of editing push nothing out of what a page that comes back is told', async () => {
  const before = Date.now() * 1000 - 60_000_000;
  await server.running.service.publish();
  for (let i = 0; i < 1100; i++) server.running.service.events.tell({ type: 'editing', editing: [] });
  const text = await streamUntil(
    new Client(server.url),
    '/api/events',
    (so) => so.includes('event: published'),
    async () => undefined,
    { 'Last-Event-ID': String(before) },
  );
  expect(text).toContain('event: published');
});

test('signing out ends it', async () => {
  const other = await Client.as(server, 'planner');
  await say(other, 'danger-zones:mine', 'page-of-another');
  await say(planner, 'danger-zones:1');
  expect(await zones()).toEqual(['planner danger-zones:mine', 'planner danger-zones:1']);
  await other.send('DELETE', '/api/session');
  expect(await zones()).toEqual(['planner danger-zones:1']);
  await say(planner, null);
});

test('is refused without a page, for what nobody edits, and by role', async () => {
  const refused = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];
  expect(await refused(await planner.send('PUT', '/api/editing', { zone: 'danger-zones:1' }))).toEqual([400, 'page_missing']);
  expect(await refused(await say(planner, 'danger-zones:1', 'x'))).toEqual([400, 'page_missing']);
  expect(await refused(await say(planner, 'threatened-areas:1'))).toEqual([422, 'no_such_zone']);
  expect(await refused(await say(planner, 'nowhere'))).toEqual([422, 'no_such_zone']);
  for (const zone of [
    'households:1',
    'schools:1',
    'hazard-points:1',
    'danger-zones',
    'danger-zones:',
    ':1',
    '',
    'danger-zones:\u0007',
    'danger-zones:<b>',
    `danger-zones:${'x'.repeat(201)}`,
    `danger-zones:${'x'.repeat(5000)}`,
  ])
    // prettier-ignore
    expect([zone, ...(await refused(await say(planner, zone)))]).toEqual([zone, 422, 'no_such_zone']);
  for (const layer of ['danger-zones', 'hazard-areas', 'subsidence-zones', 'river-sections', 'townships', 'facilities'])
    expect((await say(planner, `${layer}:一号 区:${'x'.repeat(190)}`)).status).toBe(200);
  expect((await say(planner, null)).status).toBe(200);
  expect(await refused(await say(planner, 7))).toEqual([400, 'bad_editing']);
  expect((await say(analyst, 'danger-zones:1')).status).toBe(403);
  expect((await say(new Client(server.url), 'danger-zones:1')).status).toBe(401);
  expect((await new Client(server.url).get('/api/editing')).status).toBe(401);
});
