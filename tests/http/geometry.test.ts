// Shapes that the service builds for editors.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { geodesicArea } from '../../server/geo/area.ts';
import type { Geometry } from '../../server/domain/feature.ts';
import { Client, startServer, type TestServer } from '../support/server.ts';
import { square } from '../support/square.ts';

let server: TestServer;
let planner: Client;

beforeAll(async () => {
  server = await startServer();
  planner = await Client.as(server, 'planner');
});
afterAll(() => server.stop());

interface Built {
  geometry: Geometry;
  area: number;
  vertices: number;
}

const field = square(113.5, 37.8, 0.001);

async function built(path: string, body: unknown): Promise<Built> {
  const response = await planner.send('POST', `/api/geometry/${path}`, body);
  expect(response.status).toBe(200);
  return (await response.json()) as Built;
}

async function refused(path: string, body: unknown, headers: Record<string, string> = {}): Promise<[number, string]> {
  const response = await planner.send('POST', `/api/geometry/${path}`, body, headers);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return [response.status, ((await response.json()) as { code: string }).code];
}

test('a buffer is an area on the ellipsoid, and says how large it is', async () => {
  const { area, perimeter } = geodesicArea(field);
  const wider = await built('buffer', { geometry: field, metres: 10 });
  expect(wider.area).toBeCloseTo(geodesicArea(wider.geometry).area, 6);
  expect(Math.abs(wider.area - (area + perimeter * 10 + Math.PI * 100))).toBeLessThan(perimeter * 0.02);
  const narrower = await built('buffer', { geometry: field, metres: -10 });
  expect(Math.abs(narrower.area - (area - perimeter * 10 + 400))).toBeLessThan(perimeter * 0.02);
  expect(narrower.vertices).toBe(4);
  const river = { type: 'LineString', coordinates: [[113.5, 37.8], [113.51, 37.8]] }; // prettier-ignore
  expect((await built('buffer', { geometry: river, metres: 5 })).geometry.type).toBe('Polygon');
});

test('an area of which nothing is left, and one that is none, are refused by their place', async () => {
  expect(await refused('buffer', { geometry: field, metres: -60 })).toEqual([422, 'nothing_left']);
  expect(await refused('buffer', { geometry: { type: 'Point', coordinates: [113.5, 37.8] }, metres: -1 })).toEqual([422, 'nothing_left']);
  expect(await refused('buffer', { geometry: { type: 'Point', coordinates: [500, 37.8] }, metres: 1 })).toEqual([422, 'off_the_globe']);
  expect(await refused('buffer', { geometry: null, metres: 1 })).toEqual([422, 'geometry_missing']);
  for (const metres of [0, 20_001, '5', null])
    expect(await refused('buffer', { geometry: field, metres })).toEqual([400, 'bad_shape_request']);
  expect(await refused('simplify', { geometry: field, metres: -1 })).toEqual([400, 'bad_shape_request']);
  expect(await refused('buffer', { geometry: field, metres: 1, more: 1 })).toEqual([400, 'bad_shape_request']);
  expect(await refused('buffer', { geometry: field, metres: 1 }, { 'Content-Type': 'text/plain' })).toEqual([415, 'json_only']);
  expect(await refused('buffer?x=1', { geometry: field, metres: 1 })).toEqual([400, 'unknown_parameter']);
  const ring = Array.from({ length: 500_002 }, (_, i) => [i % 2, 1]);
  expect((await refused('simplify', { geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] }, metres: 1 }))[1]).toBe(
    'geometry_too_large',
  );
  const notJson = await fetch(`${server.url}/api/geometry/buffer`, {
    method: 'POST',
    body: '{',
    headers: { 'Content-Type': 'application/json' },
  });
  expect(notJson.status).toBe(401);
});

test('a ring that crosses itself is what it encloses', async () => {
  const bow = { type: 'Polygon', coordinates: [[[113.5, 37.8], [113.51, 37.81], [113.51, 37.8], [113.5, 37.81], [113.5, 37.8]]] }; // prettier-ignore
  const { geometry, area } = await built('simplify', { geometry: bow, metres: 1 });
  expect(geometry.type).toBe('MultiPolygon');
  expect(area).toBeCloseTo(geodesicArea(geometry).area, 6);
});

test('a simpler shape has fewer vertices, and the same ones', async () => {
  const ring = Array.from({ length: 720 }, (_, i) => [
    113.5 + 0.01 * Math.cos((i * Math.PI) / 360),
    37.8 + 0.008 * Math.sin((i * Math.PI) / 360),
  ]);
  const round = { type: 'Polygon', coordinates: [[...ring, ring[0]]] };
  const { geometry, vertices, area } = await built('simplify', { geometry: round, metres: 5 });
  expect(vertices).toBeLessThan(60);
  expect(vertices).toBeGreaterThan(15);
  expect(area / geodesicArea(round as unknown as Geometry).area).toBeGreaterThan(0.98);
  const own = new Set(ring.map(String));
  expect((geometry as Geometry & { type: 'Polygon' }).coordinates[0]?.every((p) => own.has(String(p)))).toBe(true);
});

test('is for planners', async () => {
  const analyst = await Client.as(server, 'analyst');
  expect((await analyst.send('POST', '/api/geometry/buffer', { geometry: field, metres: 1 })).status).toBe(403);
  expect((await new Client(server.url).send('POST', '/api/geometry/simplify', { geometry: field, metres: 1 })).status).toBe(401);
});

test('several at once are done one after another, while others are served', async () => {
  const ring = Array.from({ length: 3000 }, (_, i) => {
    const [angle, r] = [(i * Math.PI) / 1500, 0.01 + 0.002 * Math.sin(i)];
    return [113.5 + r * Math.cos(angle), 37.8 + r * Math.sin(angle)];
  });
  const rough = { type: 'Polygon', coordinates: [[...ring, ring[0]]] };
  const work = [1, 2, 3].map((metres) => built('buffer', { geometry: rough, metres: metres * 10 }));
  const begun = performance.now();
  expect((await planner.get('/healthz')).status).toBe(200);
  expect(performance.now() - begun).toBeLessThan(500);
  const areas = (await Promise.all(work)).map(({ area }) => area);
  expect(areas).toEqual(areas.toSorted((a, b) => a - b));
});
