// Files as counties write them: units in headers, blank lines, upserts that leave columns out, townships that come last.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeShapefile } from '../../server/export/shapefile.ts';
import { esriWktOf } from '../../server/export/prj.ts';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';
import { square } from '../support/square.ts';

let server: TestServer;
let planner: Client;
beforeEach(async () => {
  server = await startServer();
  planner = await Client.as(server, 'planner');
});
afterEach(() => server.stop());

const item = async (layer: string, id: string) =>
  await planner.json<{ properties: Record<string, unknown>; geometry: { coordinates: number[] } | null }>(
    `/ogc/collections/${layer}/items/${id}`,
  );

describe('units', () => {
  test.each([
    ['财产（元）', '50000', 5],
    ['财产(万元)', '5', 5],
    ['财产', '5万元', 5],
    ['财产', '50,000元', 5],
    ['财产（亿元）', '0.0005', 5],
  ])('%s with %s is %d 万元', async (header, cell, wan) => {
    const answer = await planner.report('h.csv', `户号;${header};经度;纬度\nh;${cell};113.5;37.8\n`, { layer: 'households' });
    expect(answer.httpStatus).toBe(201);
    expect((await item('households', 'h')).properties['property_wan']).toBe(wan);
  });

  test('万m³ in a header, full-width digits, and a unit that does not fit', async () => {
    await planner.report('p.csv', '编号,体积（万m³）,坡高,经度,纬度\np,１.２,12米,113.5,37.8\n', { layer: 'hazard-points' });
    expect((await item('hazard-points', 'p')).properties).toMatchObject({ volume_m3: 12_000, height_m: 12 });
    const wrong = await planner.report('q.csv', '编号,坡高,经度,纬度\nq,3人,113.5,37.8\n', { layer: 'hazard-points' });
    expect(wrong.issues[0]).toMatchObject({ row: 1, field: 'height_m', code: 'unit_unknown' });
  });
});

test('blank rows of a spreadsheet are skipped and accounted for', async () => {
  const answer = await planner.report('h.csv', '户号,户主姓名,人数,经度,纬度\n1,甲,3,113.5,37.8\n,,,,\n , ,,,\n', { layer: 'households' });
  expect(answer).toMatchObject({ httpStatus: 201, read: 3, accepted: 1, skipped: 2, rejected: 0 });
});

test('a deleted DBF record is skipped; dates are those of the file in any time zone', async () => {
  const zip = writeShapefile({
    name: 'z',
    features: ['a', 'b'].map((id, i) => ({
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [38461000 + i, 4193000],
            [38461100 + i, 4193000],
            [38461100 + i, 4193100],
            [38461000 + i, 4193000],
          ],
        ],
      },
      properties: { id, announced: '20260506' },
    })),
    fields: [
      { name: 'id', type: 'C', length: 10, decimals: 0 },
      { name: 'announced', type: 'D', length: 8, decimals: 0 },
    ],
    encoding: 'utf-8',
    prj: esriWktOf(38, true),
    cpg: true,
  });
  const { unzipSync, zipSync } = await import('fflate');
  const members = unzipSync(zip);
  const dbf = members['z.dbf'] as Uint8Array;
  dbf[new DataView(dbf.buffer, dbf.byteOffset).getUint16(8, true)] = 0x2a;
  const answer = await planner.report('z.zip', zipSync(members), { layer: 'danger-zones', mapping: '{"announced_on":"announced"}' });
  expect(answer).toMatchObject({ httpStatus: 201, read: 2, accepted: 1, skipped: 1 });
  expect((await item('danger-zones', 'b')).properties['announced_on']).toBe('2026-05-06');
});

test('ids of eighteen digits stay what they are', async () => {
  const text = `{"type":"FeatureCollection","features":[${['140303010001234567', '140303010001234568'].map((id) => `{"type":"Feature","id":${id},"geometry":{"type":"Point","coordinates":[113.5,37.8]},"properties":{}}`).join(',')}]}`;
  expect(await planner.report('p.geojson', text, { layer: 'hazard-points' })).toMatchObject({ httpStatus: 201, accepted: 2 });
  expect((await planner.get('/ogc/collections/hazard-points/items/140303010001234567')).status).toBe(200);
});

describe('positions', () => {
  test('X坐标 is the northing in degrees too', async () => {
    await planner.report('h.csv', '户号,X坐标,Y坐标\nh,37.8,113.5\n', { layer: 'households' });
    expect((await item('households', 'h')).geometry?.coordinates).toEqual([113.5, 37.8]);
  });

  test('each row is of the zone that its easting says', async () => {
    await planner.report('h.csv', '户号,X坐标,Y坐标\na,4185000,38450000\nb,4185000,37450000\n', { layer: 'households' });
    expect((await item('households', 'a')).geometry?.coordinates[0]).toBeCloseTo(113.43, 1);
    expect((await item('households', 'b')).geometry?.coordinates[0]).toBeCloseTo(110.43, 1);
  });

  test('columns that look like a position and are not used are kept', async () => {
    await planner.report(
      'p.geojson',
      collectionOf([{ id: 'p', geometry: { type: 'Point', coordinates: [113.5, 37.8] }, properties: { x: 5, lon: 1 } }]),
      { layer: 'hazard-points' },
    );
    expect((await item('hazard-points', 'p')).properties['extra']).toEqual({ x: 5, lon: 1 });
  });
});

describe('upsert', () => {
  test('what a file leaves out stays: a removed point stays removed, a township stays', async () => {
    await planner.report('p.csv', '编号,状态,登记类别,经度,纬度\np,已核销,防汛,113.5,37.8\n', { layer: 'hazard-points' });
    await planner.report('p.csv', '编号,坡高,经度,纬度\np,12,113.5,37.8\n', { layer: 'hazard-points', mode: 'upsert' });
    expect((await item('hazard-points', 'p')).properties).toMatchObject({ state: 'removed', register: 'flood', height_m: 12 });
    await planner.report('h.csv', '户号,乡镇代码,备注\n1,140303004000,甲\n', { layer: 'households' });
    await planner.report('h.csv', '户号,人数,说明\n1,4,乙\n', { layer: 'households', mode: 'upsert' });
    expect((await item('households', '1')).properties).toMatchObject({
      township: '140303004000',
      people: 4,
      extra: { 备注: '甲', 说明: '乙' },
    });
  });
});

describe('townships', () => {
  const townships = (codes: readonly string[]) =>
    collectionOf(codes.map((code, i) => ({ id: code, geometry: square(113 + i, 37, 1), properties: { code, name: `街道${code}` } })));

  test('that come after the households file them, and again when they are replaced', async () => {
    await planner.report('h.csv', '户号,经度,纬度\na,113.5,37.5\nb,114.5,37.5\n', { layer: 'households' });
    expect((await item('households', 'a')).properties['township']).toBeNull();
    await planner.report('t.geojson', townships(['140303001000', '140303002000']), { layer: 'townships' });
    expect((await item('households', 'a')).properties['township']).toBe('140303001000');
    await planner.report('t.geojson', townships(['140303007000', '140303002000']), { layer: 'townships', mode: 'replace' });
    expect((await item('households', 'a')).properties['township']).toBe('140303007000');
    expect((await item('households', 'b')).properties['township']).toBe('140303002000');
  });

  test('follow a household that is moved, unless its township was given', async () => {
    await planner.report('t.geojson', townships(['140303001000', '140303002000']), { layer: 'townships' });
    const feature = (properties: object) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [113.5, 37.5] }, properties });
    for (const [properties, after] of [
      [{}, '140303002000'],
      [{ township: '街道140303002000' }, '140303002000'],
      [{ township: '140303002' }, '140303002000'],
    ] as const) {
      const created = await planner.send('POST', '/ogc/collections/households/items', feature(properties));
      const { id } = (await created.json()) as { id: string };
      await planner.send(
        'PATCH',
        `/ogc/collections/households/items/${id}`,
        { geometry: { type: 'Point', coordinates: [114.5, 37.5] } },
        { 'If-Match': created.headers.get('etag') ?? '' },
      );
      expect((await item('households', id)).properties['township']).toBe(after);
    }
    expect((await planner.send('POST', '/ogc/collections/households/items', feature({ township: '不存在' }))).status).toBe(422);
  });
});

test('the public learns nothing from the extent of what it may not see', async () => {
  const hidden = [{ id: 'd', geometry: square(113.123, 37.111, 0.01), properties: { status: 'draft', extent: 'risk_extent' } }];
  await planner.report('d.geojson', collectionOf(hidden), { layer: 'danger-zones' });
  const visitor = new Client(server.url);
  expect(await visitor.json('/tiles/danger-zones.json')).not.toHaveProperty('bounds');
  expect(await visitor.json('/ogc/collections/danger-zones')).not.toHaveProperty('extent.spatial');
  expect(await visitor.json('/api/config')).toMatchObject({ bounds: null, dataDate: null, revision: 0 });
});

test('methods, formats and preconditions are answered as the standards say', async () => {
  const wrong = await planner.send('POST', '/api/exposure', {});
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET']);
  expect((await planner.get('/ogc/collections?f=html')).status).toBe(400);
  expect((await planner.get('/ogc/')).status).toBe(404);
  expect((await planner.get('/api/exposure?date=2026-02-31')).status).toBe(400);
  await planner.report('h.csv', '户号\n1\n', { layer: 'households' });
  const patch = (body: unknown, match: string) => planner.send('PATCH', '/ogc/collections/households/items/1', body, { 'If-Match': match });
  expect((await patch({ properties: { people: 1 } }, '*')).status).toBe(200);
  expect((await patch({ properties: { people: 2 } }, '"1.s", "2.s"')).status).toBe(200);
  expect((await patch([], '*')).status).toBe(400);
  expect((await patch({ foo: 1 }, '*')).status).toBe(400);
  expect(
    (await planner.send('POST', '/ogc/collections/households/items', { type: 'Feature', id: '\ud800', geometry: null, properties: {} }))
      .status,
  ).toBe(400);
});

test('every household exactly on the flat end of a strip is in, and only possible', async () => {
  await planner.report(
    'r.geojson',
    collectionOf([
      {
        id: 'r',
        geometry: {
          type: 'LineString',
          coordinates: [
            [113.5, 37.8],
            [113.51, 37.8],
          ],
        },
        properties: { width_left_m: 50, width_right_m: 50 },
      },
    ]),
    { layer: 'river-sections' },
  );
  const rows = [113.5, 113.51].flatMap((lon) => [1, 2, 3, 4, -1, -2, -3, -4].map((d) => `${lon}/${d},${lon},${37.8 + d * 1e-4}`));
  await planner.report('h.csv', `户号,经度,纬度\n${rows.join('\n')}\n`, { layer: 'households' });
  const { totals } = await planner.json<{
    totals: { households: number; certain: { households: number }; possible: { households: number } };
  }>('/api/exposure');
  expect([totals.households, totals.certain.households, totals.possible.households]).toEqual([16, 0, 16]);
});
