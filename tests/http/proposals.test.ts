// What the rules propose for a hazard point, and with what a planner supposes.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, startServer, type TestServer } from '../support/server.ts';
import { covers } from '../../server/geo/covers.ts';
import { geodesicArea } from '../../server/geo/area.ts';
import { geodesicDistance } from '../../server/geo/ellipsoid.ts';
import type { Geometry, Position } from '../../server/domain/feature.ts';

let server: TestServer;
let planner: Client;
const APEX: Position = [113.56, 37.87];
const metresNorth = (metres: number): Position => [APEX[0], APEX[1] + metres / 111_000];

interface Proposal {
  geometry: Geometry | null;
  properties: {
    rule?: string;
    formula?: string;
    inputs: Record<string, unknown>;
    gaps?: { code: string; zh: string; en: string }[];
    caps_hit?: string[];
  };
}

beforeAll(async () => {
  server = await startServer();
  planner = await Client.as(server, 'planner');
  const point = (id: string, properties: Record<string, unknown>) =>
    planner.send('POST', '/ogc/collections/hazard-points/items', {
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: APEX },
      properties,
    });
  await point('flow', { hazard_type: 'debris_flow', width_m: 60 });
  await point('cut', { hazard_type: 'high_cut_slope', height_m: 30, slope_deg: 60, width_m: 40, aspect_deg: 180 });
});
afterAll(() => server.stop());

const get = (id: string) => planner.json<Proposal>(`/api/proposals/hazard-points/${id}`);
const suppose = async (id: string, body: unknown) =>
  (await (await planner.send('POST', `/api/proposals/hazard-points/${id}`, body)).json()) as Proposal;

test('a debris flow without a channel is refused by the names of what is missing, in both languages', async () => {
  const { geometry, properties } = await get('flow');
  expect(geometry).toBeNull();
  const [gap] = properties.gaps ?? [];
  expect(gap?.zh).toContain('length_m');
  expect(gap?.zh).toContain('沟道');
  expect(gap?.en).toContain('channel_id');
});

test('its fan is proposed down a drawn channel to where the bed falls to 2°', async () => {
  // 20 % steep for 300 m, then 1 %
  const channel = {
    type: 'LineString',
    coordinates: [0, 150, 300, 450, 600].map((metres) => [
      ...metresNorth(-metres),
      900 - Math.min(metres, 300) * 0.2 - Math.max(0, metres - 300) * 0.01,
    ]),
  };
  const { geometry, properties } = await suppose('flow', { channel });
  expect(properties).toMatchObject({ rule: 'debris-flow-fan', inputs: { length_from: 'bed_slope', width_m: 60, spread_m: 10 } });
  const length = properties.inputs['length_m'] as number;
  expect(Math.abs(length - geodesicDistance(metresNorth(0), metresNorth(-300)))).toBeLessThan(0.01);
  for (const metres of [0, 100, 299]) expect(covers(geometry as Geometry, metresNorth(-metres))).toBe(true);
  expect(covers(geometry as Geometry, metresNorth(-302))).toBe(false);
  expect(covers(geometry as Geometry, metresNorth(15))).toBe(false);
});

test('the size of a fan that nobody measured may come from its catchment, and says so', async () => {
  const channel = { type: 'LineString', coordinates: [APEX, metresNorth(-2000)] };
  const { properties } = await suppose('flow', {
    properties: { width_m: null },
    channel,
    catchment: { area_km2: 4, volume_wan_m3: 10, distance_km: 2 },
  });
  expect(properties.inputs).toMatchObject({ length_from: 'regression', width_from: 'regression' });
  expect(properties.inputs['length_m']).toBeCloseTo(812.43, 2);
  expect(properties.inputs['width_m']).toBeCloseTo(552.31, 2);
});

test('a high cut slope waits for a red warning and has a proposal to draw from: face, crest and toe with its cap', async () => {
  expect((await planner.get('/ogc/collections/threatened-areas/items/hazard-points:cut')).status).toBe(404);
  const { geometry, properties } = await get('cut');
  expect(properties).toMatchObject({ rule: 'cut-slope', caps_hit: ['toe_cap_m'] });
  const face = 30 / Math.tan(Math.PI / 3);
  expect(geodesicArea(geometry as Geometry).area).toBeCloseTo(40 * (10 + face + 50), 0);
});

test('a proposal becomes a draft that counts nobody until it is confirmed', async () => {
  const { geometry, properties } = await get('cut');
  const zone = {
    extent: 'risk_extent',
    status: 'draft',
    basis: 'default_rule',
    hazard_id: 'cut',
    method: properties.rule,
    parameters: properties.inputs,
  };
  const response = await planner.send('POST', '/ogc/collections/danger-zones/items', {
    type: 'Feature',
    id: 'D',
    geometry,
    properties: zone,
  });
  expect(response.status).toBe(201);
  expect((await planner.get('/ogc/collections/threatened-areas/items/danger-zones:D')).status).toBe(404);
});

test('what does not fit is refused at its place', async () => {
  const bad = (body: unknown) => planner.send('POST', '/api/proposals/hazard-points/flow', body);
  expect((await bad({ channel: { type: 'Point', coordinates: APEX } })).status).toBe(400);
  expect((await bad({ properties: { width_m: -3 } })).status).toBe(422);
  expect((await bad({ body: { type: 'Point', coordinates: APEX } })).status).toBe(422);
  expect((await planner.get('/api/proposals/hazard-points/none')).status).toBe(404);
});
