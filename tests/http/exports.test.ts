// Exports as people get them: by role, in every format, told what they lack, and imported again to the same features.
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let planner: Client;
let visitor: Client;

const at = (x: number, y: number) => ({ type: 'Point', coordinates: [x, y] });
const square = (x: number, y: number, side: number) => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];
const hole = (x: number, y: number, side: number) => square(x, y, side).toReversed();

const homes = [
  {
    id: '140303198001011234',
    geometry: at(113.512345678, 37.512345678),
    properties: { address: '=1+1', people: 3, house_no: '0012', phone: '+86 138 0013 8000' },
  },
  {
    id: 'h2',
    geometry: { type: 'Polygon', coordinates: [square(113.52, 37.52, 0.001), hole(113.5203, 37.5203, 0.0002)] },
    properties: { address: '一\n二 "三", 四', property_wan: 12.5, valid_from: '2026-05-18' },
  },
  { id: 'h3', geometry: null, properties: { head_name: '无位置', structure: 'cave_dwelling' } },
];
const points = [
  {
    id: 'p1',
    geometry: at(113.51234567, 37.51234567),
    properties: { name: '赛鱼滑坡', register: 'geological', state: 'registered', monitor_person: '张三' },
  },
  { id: 'p2', geometry: at(113.6, 37.6), properties: { name: '疑似点', register: 'flood', state: 'suspected' } },
];
const areas = [
  {
    id: 'a1',
    geometry: { type: 'MultiPolygon', coordinates: [[square(113.5, 37.5, 0.01)], [square(113.55, 37.5, 0.01)]] },
    properties: { kind: 'flood_extent', season_from: '06-01', extra: { 来源: '调查', n: 1 } },
  },
];

beforeAll(async () => {
  server = await startServer();
  planner = await Client.as(server, 'planner');
  visitor = new Client(server.url);
  for (const [layer, list] of [
    ['households', homes],
    ['hazard-points', points],
    ['hazard-areas', areas],
  ] as const) {
    expect(await planner.report('x.geojson', collectionOf(list), { layer })).toMatchObject({ httpStatus: 201, rejected: 0 });
  }
});
afterAll(() => server.stop());

interface Exported {
  features: { id: string; geometry: unknown; properties: Record<string, unknown> }[];
}

/** What the service keeps of every feature, which an import makes anew. */
const BOOKKEEPING = ['revision', 'updated_at', 'updated_by', 'source', 'source_crs', 'source_position', 'position_method'];

/** A layer as it stands, without its bookkeeping. */
async function contentOf(layer: string): Promise<Exported['features']> {
  const { features } = await planner.json<Exported>(`/api/exports/${layer}`);
  return features
    .map(({ id, geometry, properties }) => ({
      id,
      geometry,
      properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !BOOKKEEPING.includes(name))),
    }))
    .toSorted((a, b) => a.id.localeCompare(b.id));
}

const bytesOf = async (response: Response) => new Uint8Array(await response.arrayBuffer());

describe('by role', () => {
  test('the public gets public layers and fields, its points snapped, and no household', async () => {
    expect((await visitor.get('/api/exports/households?format=gpkg')).status).toBe(404);
    const { features } = await visitor.json<Exported>('/api/exports/hazard-points');
    expect(features).toHaveLength(1);
    expect(features[0]).toMatchObject({ id: 'p1', geometry: at(113.5123, 37.5123) });
    expect(features[0]?.properties).not.toHaveProperty('monitor_person');
    const zip = unzipSync(await bytesOf(await visitor.get('/api/exports/hazard-points?format=shp')));
    const table = new TextDecoder('gbk').decode(zip['hazard-points.dbf']);
    expect(table).toContain('赛鱼滑坡');
    expect(table).not.toMatch(/监测人|张三|疑似点|planner/);
    expect(new TextDecoder().decode(zip['字段对照.csv'])).not.toContain('monitor_person');
    const gpkg = new TextDecoder('latin1').decode(await bytesOf(await visitor.get('/api/exports/hazard-points?format=gpkg')));
    expect(gpkg).not.toMatch(/monitor_person|planner|revisions|_history/);
  });

  test('an export of households is audited', async () => {
    const admin = await Client.as(server, 'admin');
    await planner.get('/api/exports/households?format=xlsx');
    const { entries } = await admin.json<{ entries: { action: string; subject: string; count: number }[] }>('/api/audit');
    expect(entries.find(({ action, subject }) => action === 'export' && subject === 'households xlsx')).toMatchObject({ count: 3 });
  });
});

describe('what an answer says', () => {
  test.each([
    ['gpkg', 'application/geopackage+sqlite3', 'households.EPSG4547.gpkg'],
    ['shp', 'application/zip', 'households.EPSG4547.shp.zip'],
    ['geojson', 'application/geo+json', 'households.EPSG4547.geojson'],
    ['csv', 'text/csv', 'households.EPSG4547.csv'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'households.EPSG4547.xlsx'],
  ])('%s: its type, its name, and what it lacks', async (format, type, name) => {
    const response = await planner.get(`/api/exports/households?format=${format}&crs=EPSG:4547`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain(type);
    expect(response.headers.get('content-disposition')).toContain(name);
    expect(response.headers.get('x-xiantu-losses')).toBe(format === 'csv' ? '2;formula_guarded=2' : '0');
    expect((await bytesOf(response)).length).toBeGreaterThan(500);
  });

  test('metres say in their header which is which and in which system', async () => {
    const csv = await (await planner.get('/api/exports/hazard-points?format=csv&crs=4547')).text();
    expect(csv.split('\r\n', 1)[0]).toMatch(/,easting \(EPSG:4547\),northing \(EPSG:4547\)$/);
    const members = unzipSync(await bytesOf(await planner.get('/api/exports/hazard-points?format=xlsx&crs=4547')));
    const sheet = new TextDecoder().decode(members['xl/worksheets/sheet1.xml']);
    expect(sheet).toMatch(/Y坐标（东 easting，EPSG:4547）.*X坐标（北 northing，EPSG:4547）/);
  });

  test('a system that cannot hold the layer, or that is none, is refused', async () => {
    expect((await planner.get('/api/exports/households?format=csv&crs=EPSG:4513')).status).toBe(422);
    expect((await planner.get('/api/exports/households?format=csv&crs=EPSG:2380')).status).toBe(400);
    expect((await planner.get('/api/exports/households?format=dxf')).status).toBe(400);
  });
});

describe('imported again, an export is what it was', () => {
  test.each([
    ['hazard-areas', 'geojson', ''],
    ['hazard-areas', 'geojson', 'EPSG:4490'],
    ['hazard-areas', 'gpkg', ''],
    ['hazard-areas', 'gpkg', 'EPSG:4490'],
    ['hazard-areas', 'shp', 'EPSG:4490'],
    ['hazard-points', 'gpkg', 'EPSG:4490'],
    ['hazard-points', 'shp', ''],
    ['hazard-points', 'csv', ''],
    ['hazard-points', 'xlsx', ''],
    ['households', 'geojson', ''],
    ['households', 'gpkg', ''],
    ['households', 'shp', ''],
    ['households', 'csv', ''],
    ['households', 'xlsx', ''],
    ['hazard-areas', 'csv', 'EPSG:4490'],
    ['hazard-areas', 'xlsx', ''],
  ])('%s as %s %s', async (layer, format, crs) => {
    const before = await contentOf(layer);
    const file = await bytesOf(await planner.get(`/api/exports/${layer}?format=${format}${crs ? `&crs=${crs}` : ''}`));
    const report = await planner.report(`again.${format === 'shp' ? 'zip' : format}`, file, { layer, mode: 'replace' });
    expect(report).toMatchObject({ httpStatus: 201, accepted: before.length, rejected: 0, repaired: 0, unmapped: [] });
    expect(await contentOf(layer)).toEqual(before);
  });

  test.each([
    ['hazard-points', 'gpkg', {}],
    ['hazard-points', 'shp', {}],
    ['hazard-points', 'geojson', {}],
    ['hazard-points', 'csv', {}],
    ['hazard-points', 'xlsx', {}],
    ['hazard-areas', 'shp', {}],
  ])('%s as %s through metres, within 0.1 mm', async (layer, format, parts) => {
    const before = await contentOf(layer);
    const file = await bytesOf(await planner.get(`/api/exports/${layer}?format=${format}&crs=EPSG:4526`));
    const report = await planner.report(`again.${format === 'shp' ? 'zip' : format}`, file, { layer, mode: 'replace', ...parts });
    expect(report).toMatchObject({ httpStatus: 201, crs: 'EPSG:4526', accepted: before.length, rejected: 0 });
    const rounded = (list: Exported['features']): unknown =>
      JSON.parse(JSON.stringify(list), (_, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(9)) : value));
    expect(rounded(await contentOf(layer))).toEqual(rounded(before));
    await planner.report('first.geojson', collectionOf(before), { layer, mode: 'replace' });
  });
});

test('nothing of an export stays behind in the data folder', async () => {
  await (await planner.get('/api/exports/households?format=shp')).arrayBuffer();
  const abort = new AbortController();
  const left = planner.stream('/api/exports/households?format=xlsx', abort.signal).then((response) => response.arrayBuffer());
  abort.abort();
  await expect(left).rejects.toThrow();
  await expect.poll(async () => (await readdir(join(server.folder, 'staging'))).filter((name) => name.startsWith('export-'))).toEqual([]);
});

test('the command line writes what the ending of the file says, and tells what was lost', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'xiantu-cli-'));
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['server/cli/main.ts', 'export', ...args], {
      env: { ...process.env, XIANTU_DATA: server.folder },
    });
  const { stderr } = await run('households', '--out', join(folder, 'h.csv'));
  expect(stderr).toContain('2, formula_guarded=2');
  await run('households', '--out', join(folder, 'h.zip'), '--crs', 'EPSG:4490');
  await run('hazard-areas', '--out', join(folder, 'a.gpkg'));
  expect((await readdir(folder)).toSorted()).toEqual(['a.gpkg', 'h.csv', 'h.zip']);
  expect(Object.keys(unzipSync(await readFile(join(folder, 'h.zip'))))).toContain('households_polygon.shp');
  await expect(run('households', '--out', join(folder, 'x.csv'), '--crs', 'EPSG:4513')).rejects.toThrow(/EPSG:4526/);
  await rm(folder, { recursive: true });
});
