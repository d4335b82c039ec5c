// What a county's files do wrong: each a clear answer, nothing stored that should not be, and the server up.
import { zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { esriWktOf } from '../../server/export/prj.ts';
import { writeShapefile } from '../../server/export/shapefile.ts';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let planner: Client;
beforeAll(async () => {
  server = await startServer({ XIANTU_UPLOAD_LIMIT: '3000000' });
  planner = await Client.as(server, 'planner');
});
afterAll(() => server.stop());
afterEach(async () => {
  expect((await planner.get('/healthz')).status).toBe(200);
});

async function counts(): Promise<Record<string, number>> {
  const { layers } = await planner.json<{ layers: { name: string; count: number }[] }>('/api/config');
  return Object.fromEntries(layers.map(({ name, count }) => [name, count]));
}

const square = (x: number, y: number, size = 0.001) => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];

function shapefile(options: { prj?: string } = {}): Uint8Array {
  return writeShapefile({
    name: 'points',
    features: [1, 2, 3].map((n) => ({
      geometry: { type: 'Point', coordinates: [38461203 + n, 4193169] },
      properties: { 编号: `P${n}`, 名称: '塌陷点' },
    })),
    fields: [
      { name: '编号', type: 'C', length: 20, decimals: 0 },
      { name: '名称', type: 'C', length: 40, decimals: 0 },
    ],
    encoding: 'gbk',
    prj: options.prj ?? esriWktOf(38, true),
    cpg: false,
  });
}

/** The same zip with one member changed. */
async function withMember(zip: Uint8Array, ending: string, change: (bytes: Uint8Array) => Uint8Array): Promise<Uint8Array> {
  const { unzipSync } = await import('fflate');
  const members = unzipSync(zip);
  for (const [name, bytes] of Object.entries(members)) if (name.endsWith(ending)) members[name] = new Uint8Array(change(bytes));
  return zipSync(members);
}

describe('files that are refused as a whole', () => {
  test.each([
    ['a truncated .shp', 'shapefile_truncated', async () => withMember(shapefile(), '.shp', (b) => b.subarray(0, b.length - 20))],
    ['a truncated .dbf', 'dbf_truncated', async () => withMember(shapefile(), '.dbf', (b) => b.subarray(0, b.length - 50))],
    ['a .prj nobody knows', 'crs_unknown', async () => shapefile({ prj: 'PROJCS["Moon_2000",GEOGCS["Moon",DATUM["D_Moon"]]]' })],
    [
      'a .prj of Xi’an 80',
      'crs_other_datum',
      async () =>
        shapefile({
          prj: 'PROJCS["Xian_1980_3_Degree_GK_Zone_38",GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]]]]',
        }),
    ],
    ['a zip without a shapefile', 'no_shapefile', async () => zipSync({ 'readme.txt': new Uint8Array(10) })],
    ['a zip with a path that climbs', 'zip_path', async () => zipSync({ '../evil.shp': new Uint8Array(10) })],
    ['a zip in a zip', 'zip_nested', async () => zipSync({ 'inner.zip': new Uint8Array(10) })],
    ['a zip bomb', 'zip_bomb', async () => zipSync({ 'bomb.shp': new Uint8Array(60_000_000) }, { level: 6 })],
    ['a damaged zip', 'zip_damaged', async () => shapefile().subarray(0, 100)],
  ])('%s', async (_name, code, make) => {
    const before = await counts();
    const answer = await planner.report('points.zip', await make(), { layer: 'hazard-points' });
    expect(answer.httpStatus).toBe(422);
    expect(answer.code).toBe(code);
    expect(await counts()).toEqual(before);
  });

  test('a CSV without position columns, for a layer that needs them', async () => {
    const answer = await planner.report('points.csv', '编号,名称\n1,甲\n', { layer: 'hazard-points' });
    expect([answer.httpStatus, answer.code]).toEqual([422, 'no_position_columns']);
  });

  test('metres without a zone number and without crs', async () => {
    const answer = await planner.report('points.csv', '编号,X坐标,Y坐标\n1,4193169,461203\n', { layer: 'hazard-points' });
    expect([answer.httpStatus, answer.code]).toEqual([422, 'crs_needed']);
  });

  test('JSON that is none', async () => {
    const answer = await planner.report('a.geojson', '{"type": "FeatureCollection", "features": [', { layer: 'hazard-points' });
    expect([answer.httpStatus, answer.code]).toEqual([422, 'not_json']);
  });

  test('a name that does not fit the content', async () => {
    const answer = await planner.report('points.gpkg', '编号,名称\n1,甲\n', { layer: 'hazard-points' });
    expect([answer.httpStatus, answer.code]).toEqual([415, 'format_mismatch']);
  });

  test('an upload past the limit, declared or not', async () => {
    const answer = await planner.report('big.csv', 'x'.repeat(4_000_000), { layer: 'households' });
    expect([answer.httpStatus, answer.code]).toEqual([413, 'upload_too_large']);
  });

  test('an upload without a file', async () => {
    const form = new FormData();
    form.append('layer', 'households');
    const response = await planner.send('POST', '/api/imports', form);
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });
});

describe('rows that are refused', () => {
  test.each([
    ['off_the_globe', { type: 'Polygon', coordinates: [square(213.5, 37.8)] }],
    ['off_the_globe', { type: 'Polygon', coordinates: [square(113.5, 97.8)] }],
    ['geometry_type', { type: 'Point', coordinates: [113.5, 37.8] }],
    ['geometry_missing', null],
    ['coordinates_malformed', { type: 'Polygon', coordinates: [['a', 'b']] }],
  ])('%s', async (code, geometry) => {
    const before = await counts();
    const good = { id: `good-${code}`, geometry: { type: 'Polygon', coordinates: [square(113.5, 37.8)] } };
    const answer = await planner.report('areas.geojson', collectionOf([good, { id: 'bad', geometry }]), { layer: 'hazard-areas' });
    expect(answer.httpStatus).toBe(422);
    expect(answer).toMatchObject({ read: 2, accepted: 1, rejected: 1, skipped: 0, stored: false });
    // a ring of words fails as a ring before its positions are looked at
    expect(answer.issues.filter((issue) => issue.severity === 'error').map((issue) => [issue.row, issue.code])).toEqual([
      [2, code === 'coordinates_malformed' ? 'ring_too_short' : code],
    ]);
    expect(await counts()).toEqual(before);
  });

  test('allowPartial stores the others, and the refused rows can be fetched with their reasons', async () => {
    const csv = '户号,人口,经度,纬度\nh1,4,113.5,37.8\nh2,四,113.5,37.8\nh3,3,213.5,37.8\n';
    const answer = await planner.report('h.csv', csv, { layer: 'households', allowPartial: 'true' });
    expect(answer).toMatchObject({ httpStatus: 201, read: 3, accepted: 1, rejected: 2, stored: true });
    expect(answer.issues.filter((issue) => issue.severity === 'error').map(({ row, field, code }) => [row, field, code])).toEqual([
      [2, 'people', 'not_a_number'],
      [3, 'geometry', 'off_the_globe'],
    ]);
    const rejected = await (await planner.get(`/api/imports/${answer.importId}/rejected.csv`)).text();
    expect(rejected).toContain('h2,四');
    expect(rejected).toContain('213.5');
    expect(rejected).not.toContain('h1');
  });

  test('append with an id that is there is a row error', async () => {
    const csv = '户号,经度,纬度\nh1,113.5,37.8\nh9,113.5,37.8\n';
    const answer = await planner.report('h.csv', csv, { layer: 'households' });
    expect(answer).toMatchObject({ httpStatus: 422, accepted: 1, rejected: 1, stored: false });
    expect(answer.issues[0]).toMatchObject({ row: 1, id: 'h1', code: 'id_exists' });
  });

  test('a dry run stores nothing and says what it would', async () => {
    const before = await counts();
    const answer = await planner.report('h.csv', '户号,经度,纬度\nh77,113.5,37.8\n', { layer: 'households', dryRun: 'true' });
    expect(answer).toMatchObject({ httpStatus: 200, accepted: 1, stored: false, dryRun: true });
    expect(await counts()).toEqual(before);
  });
});

test('households without position columns are kept as unlocated, with one warning for the file', async () => {
  const answer = await planner.report('list.csv', '户号,住址,人口\nu1,某村1号,4\nu2,某村2号,3\n', { layer: 'households' });
  expect(answer).toMatchObject({ httpStatus: 201, accepted: 2 });
  expect(answer.issues.filter((issue) => issue.code === 'no_position_columns')).toHaveLength(1);
  expect(answer.issues.some((issue) => issue.row !== null)).toBe(false);
  const report = await planner.json<{ unlocated: { households: number; people: number } }>('/api/exposure');
  expect(report.unlocated).toEqual({ households: 2, people: 7 });
});

test('a GBK shapefile without .cpg in a prefixed zone lands where it should, with its names whole', async () => {
  const answer = await planner.report('points.zip', shapefile(), { layer: 'hazard-points', defaults: '{"register":"flood"}' });
  expect(answer).toMatchObject({ httpStatus: 201, accepted: 3, crs: 'EPSG:4526', encoding: 'gb18030' });
  const feature = await planner.json<{ geometry: { coordinates: [number, number] }; properties: { name: string } }>(
    '/ogc/collections/hazard-points/items/P1',
  );
  expect(feature.properties.name).toBe('塌陷点');
  expect(feature.geometry.coordinates[0]).toBeCloseTo(113.559, 3);
  expect(feature.geometry.coordinates[1]).toBeCloseTo(37.87008, 4);
});

test('bodies that are not JSON, unknown parameters, unknown paths: problem+json', async () => {
  const post = (body: string, type: string) =>
    fetch(`${server.url}/api/session`, { method: 'POST', headers: { 'Content-Type': type }, body });
  for (const [response, status] of [
    [await post('{"username":', 'application/json'), 400],
    [await post('username=a', 'application/x-www-form-urlencoded'), 415],
    [await post(JSON.stringify({ username: 'admin', password: 'x'.repeat(200_000) }), 'application/json'), 413],
    [await planner.get('/api/exposure?nonsense=1'), 400],
    [await planner.get('/api/exposure?base=none'), 400],
    [await planner.get('/no/such/path'), 404],
    [await planner.get('/tiles/households/99/0/0.mvt'), 404],
  ] as const) {
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({
      status,
      type: expect.any(String),
      title: expect.any(String),
      detail: expect.any(String),
    });
  }
});

test('a path asked with a method that it does not have says which it has, to HEAD too', async () => {
  for (const [method, path, allowed] of [
    ['HEAD', '/api/imports', 'POST'],
    ['HEAD', '/api/exposure/what-if', 'POST'],
    ['GET', '/api/imports', 'POST'],
  ] as const) {
    const response = await planner.send(method, path);
    expect([path, response.status, response.headers.get('allow')]).toEqual([path, 405, allowed]);
  }
  expect((await planner.send('HEAD', '/api/config')).status).toBe(200);
  expect((await planner.send('HEAD', '/no/such/path')).status).toBe(404);
});

test('an area sent as anything but JSON is refused by its type', async () => {
  for (const path of ['/api/exposure/what-if/list', '/api/geometry/buffer']) {
    const response = await planner.send('POST', path, { geometry: null }, { 'Content-Type': 'text/plain' });
    expect([path, response.status, ((await response.json()) as { code: string }).code]).toEqual([path, 415, 'json_only']);
  }
});

test('a household of which nothing is said is not stored', async () => {
  const before = await counts();
  const create = (properties: Record<string, unknown>, geometry: unknown = null) =>
    planner.send('POST', '/ogc/collections/households/items', { type: 'Feature', geometry, properties });
  for (const properties of [{}, { address: ' ', head_name: '', people: null }, { people: 0, structure: 'adobe', floors: 1 }]) {
    const response = await create(properties);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'empty_household', errors: [{ pointer: '/properties', code: 'empty_household' }] });
  }
  expect(await counts()).toEqual(before);
  for (const properties of [{ address: '某村1号' }, { house_no: '7' }, { head_name: '王' }, { people_at_home: 1 }, { elderly: 2 }])
    expect((await create(properties)).status).toBe(201);
  const placed = await create({}, { type: 'Point', coordinates: [113.5, 37.8] });
  expect(placed.status).toBe(201);

  // nor is one emptied as a whole
  const path = new URL(placed.headers.get('location') ?? '', 'http://service').pathname;
  const emptied = { type: 'Feature', geometry: null, properties: {} };
  const replaced = await planner.send('PUT', path, emptied, { 'If-Match': placed.headers.get('etag') ?? '' });
  expect([replaced.status, ((await replaced.json()) as { code: string }).code]).toEqual([422, 'empty_household']);
});
