// OGC API - Features: what clients rely on, read (Parts 1 to 3) and written (Part 4).
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';

interface Page {
  numberMatched: number;
  numberReturned: number;
  timeStamp: string;
  links: { rel: string; href: string; type: string }[];
  features: { id: string; geometry: { coordinates: number[] }; properties: Record<string, unknown> }[];
}

let server: TestServer;
let planner: Client;
const ITEMS = '/ogc/collections/schools/items';

beforeAll(async () => {
  server = await startServer();
  planner = await Client.as(server, 'planner');
  const schools = Array.from({ length: 57 }, (_, i) => ({
    id: `s${i}`,
    geometry: { type: 'Point', coordinates: [113.5 + i / 1000, 37.8] },
    properties: { name: `校${i}`, students: i * 10, kind: i % 2 ? 'primary' : 'kindergarten', is_shelter: i % 3 === 0 },
  }));
  await planner.report('s.geojson', collectionOf(schools), { layer: 'schools' });
});
afterAll(() => server.stop());

test('every link of the landing page answers what it says it is', async () => {
  const { links } = await planner.json<{ links: { href: string; type: string; rel: string }[] }>('/ogc');
  expect(links.map((link) => link.rel)).toEqual(expect.arrayContaining(['self', 'service-desc', 'conformance', 'data']));
  for (const link of links) {
    const response = await fetch(link.href);
    expect(response.status, link.rel).toBe(200);
    expect(response.headers.get('content-type'), link.rel).toContain(link.type.split(';')[0]);
  }
});

test('pages are disjoint, whole, and end', async () => {
  const seen: string[] = [];
  let next: string | undefined = `${server.url}${ITEMS}?limit=10`;
  while (next) {
    const page: Page = await planner.json<Page>(next.slice(server.url.length));
    expect(page.numberMatched).toBe(57);
    expect(page.numberReturned).toBe(page.features.length);
    seen.push(...page.features.map((feature) => feature.id));
    next = page.links.find((link) => link.rel === 'next')?.href;
  }
  expect(new Set(seen).size).toBe(57);
  expect(seen.length).toBe(57);
});

test.each([
  ['limit=0', 400],
  ['limit=-1', 400],
  ['limit=unlimited', 400],
  ['limit=999999', 200],
  ['bbox=1,2,3', 400],
  ['bbox=1,2,3,NaN', 400],
  ['bbox=177,65,-177,70', 200],
  ['bbox=113,37,0,114,38,10', 200],
  ['datetime=yesterday', 400],
  ['datetime=2026-01-01T00:00:00Z/..', 200],
  ['datetime=../..', 200],
  ['nonsense=1', 400],
  ['limit=1&limit=2', 400],
  ['crs=http://www.opengis.net/def/crs/EPSG/0/9999', 400],
  ['filter=nosuch=1', 400],
  ['filter=geometry=1', 400],
  ["filter=name='校1' AND", 400],
  [`filter=${'('.repeat(60)}students=1${')'.repeat(60)}`, 400],
  ['students=ten', 400],
])('%s → %i', async (query, status) => {
  expect((await planner.get(`${ITEMS}?${query}`)).status).toBe(status);
});

test.each<[string, (i: number) => boolean]>([
  ['students=50', (i) => i === 5],
  ['kind=primary', (i) => i % 2 === 1],
  ['is_shelter=true', (i) => i % 3 === 0],
  ['bbox=113.5,37.7,113.5095,37.9', (i) => i < 10],
  ["filter=students > 100 AND kind = 'primary'", (i) => i > 10 && i % 2 === 1],
  ["filter=name LIKE '校1_'", (i) => i >= 10 && i < 20],
  ['filter=students BETWEEN 20 AND 40 OR students IN (500, 510)', (i) => (i >= 2 && i <= 4) || i === 50 || i === 51],
  ['filter=NOT (students < 550) AND boarders IS NULL', (i) => i >= 55],
  ['filter=geometry IS NULL', () => false],
  ['filter=geometry IS NOT NULL AND students < 30', (i) => i < 3],
])('%s finds just those', async (query, wanted) => {
  const page = await planner.json<Page>(`${ITEMS}?limit=100&${query}`);
  const expected = Array.from({ length: 57 }, (_, i) => i)
    .filter(wanted)
    .map((i) => `s${i}`);
  expect(page.features.map((feature) => feature.id)).toEqual(expected);
  expect(page.numberMatched).toBe(expected.length);
});

test('coordinates come in the asked CRS with the axis order of EPSG', async () => {
  const zone = encodeURIComponent('http://www.opengis.net/def/crs/EPSG/0/4526');
  const response = await planner.get(`${ITEMS}/s0?crs=${zone}`);
  expect(response.headers.get('content-crs')).toBe('<http://www.opengis.net/def/crs/EPSG/0/4526>');
  const { geometry } = (await response.json()) as Page['features'][number];
  expect(geometry.coordinates[0]).toBeGreaterThan(4_000_000);
  expect(geometry.coordinates[0]).toBeLessThan(5_000_000);
  expect(Math.floor((geometry.coordinates[1] ?? 0) / 1e6)).toBe(38);
});

describe('Part 4', () => {
  const feature = (name: string) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [113.6, 37.9] }, properties: { name } });

  test('create, read, replace, patch, remove: with Location, ETag and If-Match', async () => {
    const created = await planner.send('POST', ITEMS, feature('new'));
    expect(created.status).toBe(201);
    const location = new URL(created.headers.get('location') ?? '').pathname;
    const { revision } = (await created.json()) as { revision: number };
    const read = await planner.get(location);
    const etag = read.headers.get('etag') ?? '';
    expect(etag).toContain(String(revision));
    expect((await planner.send('PUT', location, feature('x'))).status).toBe(428);
    const replaced = await planner.send('PUT', location, feature('second'), { 'If-Match': etag });
    expect(replaced.status).toBe(200);
    expect((await planner.send('PUT', location, feature('third'), { 'If-Match': etag })).status).toBe(412);
    const patched = await planner.send(
      'PATCH',
      location,
      { properties: { students: 12 } },
      { 'If-Match': replaced.headers.get('etag') ?? '', 'X-Reason': encodeURIComponent('新学年') },
    );
    expect(patched.status).toBe(200);
    const now = await planner.json<Page['features'][number]>(location);
    expect(now.properties).toMatchObject({ name: 'second', students: 12 });
    const history = await planner.json<{ revisions: { operation: string; reason: string | null; changes: { field: string }[] }[] }>(
      `${location}/history`,
    );
    expect(history.revisions.map((r) => r.operation)).toEqual(['created', 'changed', 'changed']);
    expect(history.revisions[2]).toMatchObject({ reason: '新学年', changes: [{ field: 'students', from: null, to: 12 }] });
    expect((await planner.send('DELETE', location, undefined, { 'If-Match': patched.headers.get('etag') ?? '' })).status).toBe(200);
    expect((await planner.get(location)).status).toBe(404);
  });

  test('what an answer carries can be sent back as it is', async () => {
    const read = await planner.get(`${ITEMS}/s3`);
    const put = await planner.send('PUT', `${ITEMS}/s3`, await read.json(), { 'If-Match': read.headers.get('etag') ?? '' });
    expect(put.status).toBe(200);
  });

  test.each([
    ['an unknown property', { type: 'Feature', geometry: { type: 'Point', coordinates: [113, 37] }, properties: { nonsense: 1 } }, 422],
    ['a number as text', { type: 'Feature', geometry: { type: 'Point', coordinates: [113, 37] }, properties: { students: '12' } }, 422],
    ['a code that is none', { type: 'Feature', geometry: { type: 'Point', coordinates: [113, 37] }, properties: { kind: 'castle' } }, 422],
    ['no geometry', { type: 'Feature', geometry: null, properties: {} }, 422],
    ['off the globe', { type: 'Feature', geometry: { type: 'Point', coordinates: [213, 37] }, properties: {} }, 422],
    ['no feature', { type: 'Point' }, 400],
  ])('%s is refused with its place', async (_name, body, status) => {
    const response = await planner.send('POST', ITEMS, body);
    expect(response.status).toBe(status);
    expect(((await response.json()) as { errors: unknown[] }).errors.length).toBeGreaterThan(0);
  });
});

test('a change shows at once in figures, and a removal takes it back', async () => {
  const zone = {
    type: 'Feature',
    id: 'z',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [113.4, 37.7],
          [113.5045, 37.7],
          [113.5045, 37.9],
          [113.4, 37.9],
          [113.4, 37.7],
        ],
      ],
    },
    properties: { kind: 'low_lying' },
  };
  const schools = async () => (await planner.json<{ totals: { schools: number } }>('/api/exposure')).totals.schools;
  expect(await schools()).toBe(0);
  const created = await planner.send('POST', '/ogc/collections/hazard-areas/items', zone);
  expect(await schools()).toBe(5);
  const area = await planner.json<Page['features'][number]>('/ogc/collections/threatened-areas/items/hazard-areas:z');
  expect(area.properties).toMatchObject({ rule: 'hazard-area', zone: 'hazard-areas:z' });
  const removed = await planner.send('DELETE', '/ogc/collections/hazard-areas/items/z', undefined, {
    'If-Match': created.headers.get('etag') ?? '',
  });
  expect(removed.status).toBe(200);
  expect(await schools()).toBe(0);
});

test.skipIf(!existsSync('/usr/bin/ogrinfo') && process.env['CI'] !== 'true')('GDAL lists and reads the collections', async () => {
  // not spawnSync: the server answers from this very thread
  const ogrinfo = (args: string[]) => promisify(execFile)('ogrinfo', args);
  const list = await ogrinfo(['-ro', `OAPIF:${server.url}/ogc`]);
  expect(list.stdout).toContain('schools');
  const layer = await ogrinfo(['-ro', '-al', '-so', `OAPIF:${server.url}/ogc`, 'schools']);
  expect(layer.stdout).toContain('Feature Count: 57');
});
