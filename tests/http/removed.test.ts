// What was removed, and putting it back with what follows from it.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';
import { square } from '../support/square.ts';

let server: TestServer;
let planner: Client;

beforeAll(async () => {
  server = await startServer();
  planner = await Client.as(server, 'planner');
  const homes = [1, 2, 3].map((i) => ({
    id: `h${i}`,
    geometry: { type: 'Point', coordinates: [113.5 + i / 1000, 37.8] },
    properties: { address: `某村${i}号`, people: 3 },
  }));
  const areas = [{ id: 'low', geometry: square(113.4, 37.7, 0.2), properties: { name: '低洼地', kind: 'low_lying' } }];
  await planner.report('h.geojson', collectionOf(homes), { layer: 'households' });
  await planner.report('a.geojson', collectionOf(areas), { layer: 'hazard-areas' });
});
afterAll(() => server.stop());

interface Removed {
  removed: {
    id: string;
    name: string | null;
    revision: number;
    by: string;
    reason: string | null;
    geometry: unknown;
    properties: Record<string, unknown>;
  }[];
}

const remove = (path: string, reason = 'gone') =>
  planner.send('DELETE', `/ogc/collections/${path.replace('/', '/items/')}`, undefined, { 'If-Match': '*', 'X-Reason': reason });
const restore = (path: string, headers: Record<string, string>) => planner.send('POST', `/api/removed/${path}/restore`, undefined, headers);
const households = async () => (await planner.json<{ totals: { households: number } }>('/api/exposure')).totals.households;
const refusal = async (response: Response) => [response.status, ((await response.json()) as { code: string }).code];

describe('GET /api/removed/{layer}', () => {
  test('lists the latest removal first, with who and why, and not what is there', async () => {
    await remove('households/h1', 'moved away');
    await remove('households/h2');
    const { removed } = await planner.json<Removed>('/api/removed/households');
    expect(removed.map(({ id, by, reason, name }) => [id, by, reason, name])).toEqual([
      ['h2', 'planner', 'gone', '某村2号'],
      ['h1', 'planner', 'moved away', '某村1号'],
    ]);
    expect(removed[1]).toMatchObject({ geometry: { type: 'Point', coordinates: [113.501, 37.8] }, properties: { people: 3 } });
    expect((await planner.json<Removed>('/api/removed/households?limit=1')).removed).toHaveLength(1);
    const admin = await Client.as(server, 'admin');
    const { entries } = await admin.json<{ entries: { subject: string; count: number }[] }>('/api/audit');
    expect(entries.some(({ subject, count }) => subject === 'households removed' && count === 2)).toBe(true);
  });

  test('is for planners, of layers that are edited', async () => {
    expect((await planner.get('/api/removed/threatened-areas')).status).toBe(403);
    expect((await planner.get('/api/removed/nothing')).status).toBe(404);
    expect((await planner.get('/api/removed/households?limit=0')).status).toBe(400);
    expect((await planner.get('/api/removed/households?limit=1000')).status).toBe(200);
    expect((await planner.get('/api/removed/households?limit=1001')).status).toBe(400);
    expect((await (await Client.as(server, 'analyst')).get('/api/removed/households')).status).toBe(403);
    expect((await new Client(server.url).get('/api/removed/schools')).status).toBe(401);
  });
});

describe('POST /api/removed/{layer}/{id}/restore', () => {
  test('puts the feature back as it was, with the area that follows from it', async () => {
    const before = await households();
    expect(before).toBeGreaterThan(0);
    await planner.send('PATCH', '/ogc/collections/hazard-areas/items/low', { properties: { basis: '调查' } }, { 'If-Match': '*' });
    await remove('hazard-areas/low');
    expect(await households()).toBe(0);
    const [last] = (await planner.json<Removed>('/api/removed/hazard-areas')).removed;
    const response = await restore('hazard-areas/low', { 'If-Match': `"${last?.revision}.s"`, 'X-Reason': encodeURIComponent('误删') });
    expect(response.status).toBe(201);
    const { id, revision } = (await response.json()) as { id: string; revision: number };
    expect([id, response.headers.get('etag')]).toEqual(['low', `"${revision}.s"`]);
    expect(await households()).toBe(before);
    const item = await planner.json<{ properties: Record<string, unknown> }>('/ogc/collections/hazard-areas/items/low');
    expect(item.properties).toMatchObject({ name: '低洼地', basis: '调查', revision });
    const { revisions } = await planner.json<{ revisions: { operation: string; reason: string | null }[] }>(
      '/ogc/collections/hazard-areas/items/low/history',
    );
    expect(revisions.map(({ operation }) => operation)).toEqual(['created', 'changed', 'removed', 'created']);
    expect(revisions.at(-1)?.reason).toBe('误删');
    expect((await planner.json<Removed>('/api/removed/hazard-areas')).removed).toEqual([]);
  });

  test('is refused without its revision, without a reason, when it is there, and when it never was', async () => {
    await remove('households/h3');
    const [{ revision } = { revision: 0 }] = (await planner.json<Removed>('/api/removed/households')).removed;
    const match = { 'If-Match': `"${revision}.s"` };
    const why = { 'X-Reason': 'back' };
    expect(await refusal(await restore('households/h3', why))).toEqual([428, 'if_match_missing']);
    expect(await refusal(await restore('households/h3', match))).toEqual([422, 'reason_missing']);
    expect(await refusal(await restore('households/h3', { ...match, 'X-Reason': '%20' }))).toEqual([422, 'reason_missing']);
    const stale = await restore('households/h3', { 'If-Match': `"${revision - 1}.s"`, ...why });
    expect(stale.headers.get('etag')).toBe(`"${revision}.s"`);
    expect(await refusal(stale)).toEqual([412, 'stale']);
    expect(await refusal(await restore('households/never', { ...match, ...why }))).toEqual([404, 'no_feature']);
    expect((await restore('households/h3', { ...match, ...why })).status).toBe(201);
    expect(await refusal(await restore('households/h3', { ...match, ...why }))).toEqual([409, 'id_taken']);
    const analyst = await Client.as(server, 'analyst');
    expect((await analyst.send('POST', '/api/removed/households/h1/restore', undefined, { ...match, ...why })).status).toBe(403);
  });

  test('a zone comes back in the state it had, and replaces its point again', async () => {
    const at = { type: 'Point', coordinates: [114, 37.8] };
    await planner.send('POST', '/ogc/collections/hazard-points/items', {
      type: 'Feature',
      id: 'p',
      geometry: at,
      properties: { hazard_type: 'landslide', radius_m: 40 },
    });
    await planner.send('POST', '/ogc/collections/danger-zones/items', {
      type: 'Feature',
      id: 'z',
      geometry: square(113.999, 37.799, 0.002),
      properties: { hazard_id: 'p', extent: 'risk_extent', status: 'announced', basis: 'survey' },
    });
    const counted = async () =>
      Object.entries(
        (await planner.json<{ zones: Record<string, unknown> }>('/api/exposure/membership?zone=danger-zones:z&zone=hazard-points:p')).zones,
      )
        .filter(([, runs]) => runs !== null)
        .map(([zone]) => zone);
    expect(await counted()).toEqual(['danger-zones:z']);
    await remove('danger-zones/z');
    expect(await counted()).toEqual(['hazard-points:p']);
    expect((await restore('danger-zones/z', { 'If-Match': '*', 'X-Reason': 'back' })).status).toBe(201);
    expect(await counted()).toEqual(['danger-zones:z']);
  });
});
