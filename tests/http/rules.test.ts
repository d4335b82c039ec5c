// The rules as the admin changes them: told before they are applied, applied as one revision, the old ones kept.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExposureReport } from '../../server/domain/figure.ts';
import type { RuleSet } from '../../server/domain/rules.ts';
import type { RulesPreview } from '../../server/domain/rulesPreview.ts';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let admin: Client;
let analyst: Client;

/** Metres north of the point, in degrees. */
const north = (metres: number) => 37.87 + metres / 111_000;

beforeAll(async () => {
  server = await startServer();
  admin = await Client.as(server, 'admin');
  analyst = await Client.as(server, 'analyst');
  const house = (id: string, metres: number) => ({
    id,
    geometry: { type: 'Point', coordinates: [113.56, north(metres)] },
    properties: { people: 2 },
  });
  await admin.report('h.geojson', collectionOf([house('near', 10), house('middle', 18), house('far', 200)]), { layer: 'households' });
  await admin.report(
    'p.geojson',
    collectionOf([
      { id: 'F', geometry: { type: 'Point', coordinates: [113.56, 37.87] }, properties: { register: 'flood' } },
      { id: 'S', geometry: { type: 'Point', coordinates: [113.58, 37.88] }, properties: { radius_m: 20 } },
    ]),
    { layer: 'hazard-points' },
  );
});
afterAll(() => server.stop());

const rules = () => analyst.json<RuleSet & { by: string }>('/api/rules');

async function withRadius(radius: number) {
  const set = await rules();
  return { ...set, rules: set.rules.map((rule) => (rule.id === 'flood-register' ? { ...rule, parameters: { radius_m: radius } } : rule)) };
}

const exposed = async () => (await analyst.json<ExposureReport>('/api/exposure')).totals.households;

test('every rule has its standard, edition, source and whether it was verified; every area names the rule that made it', async () => {
  const set = await rules();
  for (const rule of set.rules) {
    expect(rule).toMatchObject({ zh: expect.any(String), en: expect.any(String), formula: expect.any(String), source: expect.any(String) });
    expect(typeof rule.verified).toBe('boolean');
    expect(rule).toHaveProperty('standard');
    expect(rule).toHaveProperty('edition');
  }
  const areas = await analyst.json<{ features: { properties: Record<string, unknown> }[] }>('/ogc/collections/threatened-areas/items');
  expect(areas.features).toHaveLength(2);
  for (const { properties } of areas.features) {
    expect(set.rules.map(({ id }) => id)).toContain(properties['rule']);
    expect(properties).toMatchObject({
      formula: expect.stringContaining('r ='),
      rule_version: set.version,
      inputs: expect.any(Object),
      caps_hit: [],
    });
  }
});

test('what a change would do is told, and nothing is done', async () => {
  const before = await rules();
  const response = await admin.send('PUT', '/api/rules?dryRun=true', await withRadius(20));
  expect(response.status).toBe(200);
  const preview = (await response.json()) as RulesPreview;
  expect(preview).toMatchObject({
    version: before.version + 1,
    areas: { changed: 1, unchanged: 1, added: 0, removed: 0 },
    before: { households: 1, people: 2 },
    after: { households: 2, people: 4 },
    comesIn: { households: 1, schools: 0 },
    dropsOut: { households: 0, schools: 0 },
    units: [{ kind: 'households', id: 'middle', change: 'in' }],
  });
  const [effect] = preview.zones;
  expect(effect).toMatchObject({ zone: 'hazard-points:F', before: { households: 1 }, after: { households: 2, formula: 'r = 20 m' } });
  // arcs lie at most 1 cm inside the circle
  expect(Math.abs((effect?.before?.area ?? 0) - Math.PI * 15 ** 2)).toBeLessThan(1);
  expect(Math.abs((effect?.after?.area ?? 0) - Math.PI * 20 ** 2)).toBeLessThan(1.3);
  expect(await exposed()).toBe(1);
  expect((await rules()).version).toBe(before.version);
});

test('applied, every figure follows in the same revision, and the old set is kept with who changed it and why', async () => {
  const before = await rules();
  const response = await admin.send('PUT', '/api/rules', await withRadius(20), { 'X-Reason': encodeURIComponent('会商决定') });
  expect(response.status).toBe(200);
  expect(await exposed()).toBe(2);
  const area = await analyst.json<{ properties: { radius_m: number; rule_version: number } }>(
    '/ogc/collections/threatened-areas/items/hazard-points:F',
  );
  expect(area.properties).toMatchObject({ radius_m: 20, rule_version: before.version + 1 });
  const { sets } = await analyst.json<{ sets: (RuleSet & { by: string; reason: string })[] }>('/api/rules/history');
  expect(sets.map(({ version, by, reason }) => [version, by, reason])).toEqual([
    [before.version + 1, 'admin', '会商决定'],
    [before.version, 'system', expect.any(String)],
  ]);
  const radius = (set?: RuleSet) => set?.rules.find(({ id }) => id === 'flood-register')?.parameters;
  expect([radius(sets[0]), radius(sets[1])]).toEqual([{ radius_m: 20 }, { radius_m: 15 }]);
});

test('made from a set that is no longer in force it is refused', async () => {
  const stale = { ...(await withRadius(30)), version: 1 };
  expect((await admin.send('PUT', '/api/rules', stale)).status).toBe(412);
  expect((await admin.send('PUT', '/api/rules', await withRadius(30), { 'If-Match': '"rules-1"' })).status).toBe(412);
});

test('only an admin changes rules, an analyst reads them, the public does not', async () => {
  const body = await withRadius(30);
  expect((await analyst.send('PUT', '/api/rules', body)).status).toBe(403);
  expect((await (await Client.as(server, 'planner')).send('PUT', '/api/rules', body)).status).toBe(403);
  const visitor = new Client(server.url);
  for (const path of ['/api/rules', '/api/rules/history', '/api/reports/proximity-checks', '/api/river-position?lon=113&lat=37'])
    expect((await visitor.get(path)).status).toBe(401);
  expect((await visitor.get('/ogc/collections/reference-areas')).status).toBe(404);
});

test.each([
  ['a rule that is missing', (set: RuleSet) => ({ ...set, rules: set.rules.slice(1) }), 'rule_missing'],
  ['a number below zero', (set: RuleSet) => changed(set, { radius_m: -5 }), 'too_small'],
  ['a text for a number', (set: RuleSet) => changed(set, { radius_m: '20' }), 'invalid_union'],
  ['a parameter that the rule does not have', (set: RuleSet) => changed(set, { radius_m: 20, other: 1 }), 'parameter_shape'],
  ['an angle past a right angle', (set: RuleSet) => changed(set, { least_slope_deg: 120 }, 'cut-slope'), 'out_of_range'],
])('%s is refused at its place, and nothing changes', async (_name, change, code) => {
  const before = await rules();
  const response = await admin.send('PUT', '/api/rules', change(before));
  expect(response.status).toBe(422);
  const { errors } = (await response.json()) as { errors: { code: string; pointer: string }[] };
  expect(errors.map((error) => error.code)).toContain(code);
  expect(errors[0]?.pointer).toMatch(/^\/rules/);
  expect(await rules()).toEqual(before);
});

function changed(set: RuleSet, parameters: Record<string, unknown>, id = 'flood-register') {
  return {
    ...set,
    rules: set.rules.map((rule) => (rule.id === id ? { ...rule, parameters: { ...rule.parameters, ...parameters } } : rule)),
  };
}
