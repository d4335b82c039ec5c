// Every operation of the API by every role, and what the public must never get.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';

type Role = 'public' | 'analyst' | 'planner' | 'admin';
const ROLES: readonly Role[] = ['public', 'analyst', 'planner', 'admin'];

let server: TestServer;
const clients = {} as Record<Role, Client>;

const square = [
  [
    [113.5, 37.8],
    [113.51, 37.8],
    [113.51, 37.81],
    [113.5, 37.81],
    [113.5, 37.8],
  ],
];

beforeAll(async () => {
  server = await startServer();
  clients.public = new Client(server.url);
  for (const role of ['analyst', 'planner', 'admin'] as const) clients[role] = await Client.as(server, role);
  const { planner } = clients;
  const points = [
    {
      id: 'announced',
      geometry: { type: 'Point', coordinates: [113.5012345, 37.8012345] },
      properties: {
        name: 'A',
        register: 'geological',
        state: 'registered',
        responsible_person: '王主任',
        responsible_phone: '0353-1234567',
        monitor_person: '李四',
        monitor_phone: '13900000001',
      },
    },
    {
      id: 'quiet',
      geometry: { type: 'Point', coordinates: [113.506, 37.806] },
      properties: {
        name: 'B',
        register: 'geological',
        state: 'registered',
        responsible_person: '赵主任',
        responsible_phone: '13900000002',
      },
    },
    {
      id: 'suspected',
      geometry: { type: 'Point', coordinates: [113.507, 37.807] },
      properties: { name: 'C', register: 'geological', state: 'suspected' },
    },
  ];
  const zones = [
    {
      id: 'open',
      geometry: { type: 'Polygon', coordinates: square },
      properties: { name: 'Z', hazard_id: 'announced', extent: 'risk_extent', status: 'announced', reason: 'secret reason' },
    },
    { id: 'draft', geometry: { type: 'Polygon', coordinates: square }, properties: { name: 'D', extent: 'risk_extent', status: 'draft' } },
  ];
  const areas = [
    { id: 'flood', geometry: { type: 'Polygon', coordinates: square }, properties: { kind: 'flood_extent' } },
    { id: 'low', geometry: { type: 'Polygon', coordinates: square }, properties: { kind: 'low_lying' } },
  ];
  const homes = Array.from({ length: 7 }, (_, i) => ({
    id: `home-${i}`,
    geometry: { type: 'Point', coordinates: [113.5001 + i * 0.001, 37.8005] },
    properties: { head_name: '张秘密', phone: '13911112222', people: 3, elderly: 1 },
  }));
  for (const [layer, features] of Object.entries({
    'hazard-points': points,
    'danger-zones': zones,
    'hazard-areas': areas,
    households: homes,
  })) {
    expect((await planner.report(`${layer}.geojson`, collectionOf(features), { layer })).httpStatus).toBe(201);
  }
  await clients.admin.send('POST', '/api/publications');
});
afterAll(() => server.stop());

/** [method, path, status by role] — 4xx of the policy; anything else means the policy let it through. */
const MATRIX: readonly [string, string, Record<Role, number>][] = [
  ['GET', '/ogc/collections/households', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/ogc/collections/households/items', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/ogc/collections/households/items/home-1', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/ogc/collections/households/queryables', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/ogc/collections/threatened-areas/items', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/ogc/collections/subsidence-zones/items', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/ogc/collections/facilities/items', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/ogc/collections/danger-zones/items/draft', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/ogc/collections/danger-zones/items/open', { public: 200, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/ogc/collections/hazard-areas/items/low', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/ogc/collections/hazard-points/items/suspected', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/ogc/collections/townships/items/x/history', { public: 401, analyst: 404, planner: 404, admin: 404 }],
  ['GET', '/tiles/households/10/834/395.mvt', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/tiles/households.json', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/tiles/threatened-areas.json', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/api/exposure/households', { public: 401, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/api/exposure/households/home-1', { public: 401, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/api/exposure/schools', { public: 401, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/api/exposure/index', { public: 401, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/api/exposure/membership?zone=danger-zones:open', { public: 401, analyst: 200, planner: 200, admin: 200 }],
  ['POST', '/api/exposure/what-if/list', { public: 401, analyst: 400, planner: 400, admin: 400 }],
  ['POST', '/api/geometry/buffer', { public: 401, analyst: 403, planner: 415, admin: 415 }],
  ['POST', '/api/geometry/simplify', { public: 401, analyst: 403, planner: 415, admin: 415 }],
  ['GET', '/api/editing', { public: 401, analyst: 200, planner: 200, admin: 200 }],
  ['PUT', '/api/editing', { public: 401, analyst: 403, planner: 400, admin: 400 }],
  ['GET', '/api/removed/households', { public: 401, analyst: 403, planner: 200, admin: 200 }],
  ['GET', '/api/removed/threatened-areas', { public: 401, analyst: 403, planner: 403, admin: 403 }],
  ['POST', '/api/removed/schools/none/restore', { public: 401, analyst: 403, planner: 428, admin: 428 }],
  ['GET', '/api/search?q=home', { public: 401, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/api/photos/households/home-1', { public: 401, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/api/photos/danger-zones/open', { public: 401, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/api/photos/danger-zones/open/none', { public: 401, analyst: 404, planner: 404, admin: 404 }],
  ['POST', '/api/photos/danger-zones/open', { public: 401, analyst: 403, planner: 415, admin: 415 }],
  ['DELETE', '/api/photos/danger-zones/open/none', { public: 401, analyst: 403, planner: 404, admin: 404 }],
  ['GET', '/basemap/base.pmtiles', { public: 404, analyst: 404, planner: 404, admin: 404 }],
  ['GET', '/api/exports/households', { public: 404, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/api/exports/townships', { public: 200, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/api/rules', { public: 401, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/api/audit', { public: 401, analyst: 403, planner: 403, admin: 200 }],
  ['GET', '/api/accounts', { public: 401, analyst: 403, planner: 403, admin: 200 }],
  ['POST', '/api/imports', { public: 401, analyst: 403, planner: 415, admin: 415 }],
  ['POST', '/api/publications', { public: 401, analyst: 403, planner: 403, admin: 201 }],
  ['POST', '/ogc/collections/households/items', { public: 401, analyst: 403, planner: 400, admin: 400 }],
  ['POST', '/ogc/collections/threatened-areas/items', { public: 401, analyst: 403, planner: 403, admin: 403 }],
  ['PUT', '/ogc/collections/households/items/home-1', { public: 401, analyst: 403, planner: 400, admin: 400 }],
  ['DELETE', '/ogc/collections/households/items/home-1', { public: 401, analyst: 403, planner: 428, admin: 428 }],
  ['GET', '/healthz', { public: 200, analyst: 200, planner: 200, admin: 200 }],
  ['GET', '/readyz', { public: 200, analyst: 200, planner: 200, admin: 200 }],
];

describe.each(ROLES)('%s', (role) => {
  test.each(MATRIX.map(([method, path, expected]) => [method, path, expected[role]] as const))(
    '%s %s → %i',
    async (method, path, status) => {
      const body = method === 'GET' || method === 'DELETE' || path.startsWith('/api/') ? undefined : {};
      expect((await clients[role].send(method, path, body)).status).toBe(status);
    },
  );
});

test('a foreign or absent object answers alike', async () => {
  const absent = await clients.public.get('/ogc/collections/danger-zones/items/none');
  const hidden = await clients.public.get('/ogc/collections/danger-zones/items/draft');
  expect((await hidden.text()).replace('draft', 'none')).toBe(await absent.text());
});

describe('the public', () => {
  const SECRETS = /张秘密|1391111|李四|1390000000|secret reason|王五/;

  test('sees points snapped to four decimals, the duty holder of an announced point, and no private number', async () => {
    const { features } = await clients.public.json<{
      features: { id: string; geometry: { coordinates: number[] }; properties: Record<string, unknown> }[];
    }>('/ogc/collections/hazard-points/items');
    expect(features.map((feature) => feature.id)).toEqual(['announced', 'quiet']);
    expect(features[0]?.geometry.coordinates).toEqual([113.5012, 37.8012]);
    expect(features[0]?.properties).toMatchObject({ responsible_person: '王主任', responsible_phone: '0353-1234567' });
    expect(features[1]?.properties).toMatchObject({ responsible_person: null, responsible_phone: null });
    expect(Object.keys(features[0]?.properties ?? {})).not.toContain('monitor_person');
  });

  test('finds no secret in any answer it can get', async () => {
    for (const path of [
      '/api/config',
      '/api/exposure',
      '/ogc/collections',
      '/ogc/collections/hazard-points/items',
      '/ogc/collections/danger-zones/items',
      '/ogc/collections/hazard-areas/items',
      '/api/exports/hazard-points?format=csv',
      '/tiles/hazard-points/12/3339/1582.mvt',
      '/tiles/danger-zones/12/3339/1582.mvt',
    ]) {
      const response = await clients.public.get(path);
      expect(response.status, path).toBeLessThan(300);
      expect(await response.text(), path).not.toMatch(SECRETS);
    }
  });

  test('gets published figures in fives, and suppressed cells as null', async () => {
    const published = await clients.public.json<{ totals: Record<string, unknown>; byTownship: Record<string, unknown>[] }>(
      '/api/exposure',
    );
    expect(published.totals).toMatchObject({ households: 5, people: 20 });
    expect(published.byTownship[0]).toMatchObject({ vulnerable: null, suppressed: true });
    expect((await clients.public.get('/api/exposure?zone=danger-zones:open')).status).toBe(400);
    expect((await clients.public.get('/api/exposure?village=x')).status).toBe(400);
  });

  test('cannot filter by, or even learn of, a hidden field', async () => {
    const hidden = await clients.public.get('/ogc/collections/hazard-points/items?monitor_person=a');
    const nonsense = await clients.public.get('/ogc/collections/hazard-points/items?monitor_parson=a');
    expect(hidden.status).toBe(400);
    expect((await hidden.text()).replaceAll('monitor_person', 'monitor_parson')).toBe(await nonsense.text());
    expect((await clients.public.get("/ogc/collections/hazard-points/items?filter=name='A'")).status).toBe(400);
  });
});

describe('sessions', () => {
  test('a wrong password and an unknown name answer alike; signing out ends the session', async () => {
    const visitor = new Client(server.url);
    const wrong = await visitor.send('POST', '/api/session', { username: 'admin', password: 'wrong' });
    const unknown = await visitor.send('POST', '/api/session', { username: 'nobody', password: 'wrong' });
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
    const client = await Client.as(server, 'analyst');
    expect((await client.send('DELETE', '/api/session')).status).toBe(204);
    expect((await client.get('/api/rules')).status).toBe(401);
    expect(await client.json('/api/session')).toEqual({ user: null });
  });

  test('a change without Origin or token, or with a foreign Origin, is refused', async () => {
    const login = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: 'admin', password: 'a-password-for-tests' }),
    });
    const cookie = (login.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    expect(login.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict/i);
    const publish = (headers: Record<string, string>) =>
      fetch(`${server.url}/api/publications`, { method: 'POST', headers: { Cookie: cookie, ...headers } });
    expect((await publish({})).status).toBe(403);
    expect((await publish({ Origin: 'https://evil.example' })).status).toBe(403);
    expect((await publish({ Origin: server.url })).status).toBe(201);
    const foreign = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: 'https://evil.example' },
      body: '{}',
    });
    expect(foreign.status).toBe(403);
  });

  test('reading households is written to the audit log', async () => {
    await clients.analyst.get('/api/exposure/households?limit=3');
    const { entries } = await clients.admin.json<{ entries: { by: string; action: string; subject: string; count: number }[] }>(
      '/api/audit',
    );
    expect(entries.find((entry) => entry.by === 'analyst' && entry.subject.startsWith('list'))).toMatchObject({ action: 'read', count: 3 });
  });

  test('many wrong tries from one place must wait', async () => {
    const visitor = new Client(server.url);
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++)
      statuses.push((await visitor.send('POST', '/api/session', { username: 'planner', password: `wrong ${i}` })).status);
    expect(statuses.filter((status) => status === 429).length).toBe(2);
  });
});
