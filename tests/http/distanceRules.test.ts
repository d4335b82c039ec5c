// Distance rules, positions along a river, and damage over a goaf, as the service answers them.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, collectionOf, startServer, type TestServer } from '../support/server.ts';
import { square } from '../support/square.ts';

let server: TestServer;
let analyst: Client;

/** A river that runs east along 30° N. */
const LAT = 30;
const PER_DEGREE = 110_852;
const north = (metres: number) => LAT + metres / PER_DEGREE;

beforeAll(async () => {
  server = await startServer();
  const planner = await Client.as(server, 'planner');
  analyst = await Client.as(server, 'analyst');
  const add = async (layer: string, features: Parameters<typeof collectionOf>[0]) => {
    const report = await planner.report(`${layer}.geojson`, collectionOf(features), { layer });
    expect(report.accepted, JSON.stringify(report.issues)).toBe(features.length);
  };
  const line = (west: number, east: number) => ({
    type: 'LineString',
    coordinates: [
      [west, LAT],
      [(west + east) / 2, LAT],
      [east, LAT],
    ],
  });
  await add('townships', [
    { id: '430529100000', geometry: square(110, 29.9, 0.2), properties: { code: '430529100000', name: '镇', level: 'township' } },
  ]);
  await add('river-sections', [
    {
      id: 'R1',
      geometry: line(110.05, 110.1),
      properties: {
        river: '资江',
        name: '一段',
        management_left_m: 80,
        management_right_m: 60,
        width_left_m: 30,
        width_right_m: 20,
        chainage_from_m: 1000,
        chainage_to_m: 5826,
        chainage_origin: 'upstream',
      },
    },
    { id: 'R2', geometry: line(110.21, 110.24), properties: { river: '资江', name: '二段', management_left_m: 80 } },
  ]);
  const facility = (id: string, kind: string, lon: number, metres: number) => ({
    id,
    geometry: { type: 'Point', coordinates: [lon, north(metres)] },
    properties: { kind, name: id },
  });
  await add('facilities', [
    facility('inside-1km', 'chemical_plant', 110.07, 1050),
    facility('beyond-1km', 'chemical_plant', 110.07, 1090),
    facility('right-bank', 'chemical_park', 110.08, -1055),
    facility('right-bank-beyond', 'chemical_park', 110.08, -1065),
    facility('pumping-house', 'building', 110.06, 50),
    facility('beside', 'building', 110.06, 90),
    facility('pit-in-county', 'open_pit_mine', 110.09, 9000),
    facility('pit-outside', 'open_pit_mine', 110.22, 9000),
  ]);
  const goaf = {
    depth_m: 120,
    movement_angle_deg: 72,
    boundary_angle_deg: 65,
    tan_beta: 1.6,
    thickness_m: 2.2,
    subsidence_factor: 0.785,
    displacement_factor: 0.3,
  };
  await add('subsidence-zones', [
    { id: 'G', geometry: square(110.15, 29.95, 0.01), properties: { kind: 'coal_goaf', name: '采空区', ...goaf } },
  ]);
  const house = (id: string, metres: number, structure?: string) => ({
    id,
    geometry: { type: 'Point', coordinates: [110.155, 29.95 - metres / PER_DEGREE] },
    properties: { people: 1, ...(structure ? { structure } : {}) },
  });
  await add('households', [
    house('edge', 1, 'brick_concrete'),
    house('off', 60, 'brick_concrete'),
    house('cave', 1, 'cave_dwelling'),
    house('unknown', 1),
    house('away', 400, 'adobe'),
  ]);
});
afterAll(() => server.stop());

interface CheckAnswer {
  checks: {
    id: string;
    rows: { subject: string; distance_m: number; inside: boolean; bank: string; chainage: string; measured_from: string }[];
    notAssessed: { zh: string }[];
  }[];
}

test('chemical works are measured from the management line, on either bank by its own width', async () => {
  const { checks } = await analyst.json<CheckAnswer>('/api/reports/proximity-checks');
  const chemical = checks.find(({ id }) => id === 'chemical-1km');
  expect(chemical?.rows.map(({ subject, bank }) => [subject, bank])).toEqual([
    ['facilities:inside-1km', 'left'],
    ['facilities:right-bank', 'right'],
  ]);
  expect(chemical?.rows[0]?.distance_m).toBeCloseTo(970, 0);
  expect(chemical?.rows[1]?.distance_m).toBeCloseTo(995, 0);
  expect(chemical?.rows.every(({ measured_from }) => measured_from === 'management_line')).toBe(true);
});

test('mines within 10 km are listed inside the county only; buildings inside the management range are encroachments', async () => {
  const { checks } = await analyst.json<CheckAnswer>('/api/reports/proximity-checks');
  expect(checks.find(({ id }) => id === 'open-pit-10km')?.rows.map(({ subject }) => subject)).toEqual(['facilities:pit-in-county']);
  const encroachment = checks.find(({ id }) => id === 'encroachment');
  expect(encroachment?.rows.map(({ subject, inside }) => [subject, inside])).toEqual([['facilities:pumping-house', true]]);
  expect(encroachment?.notAssessed.map(({ zh }) => zh)).toEqual([expect.stringContaining('二段：右岸')]);
});

test('any layer can be checked against any other, and the list of a household check is on record', async () => {
  const { checks } = await analyst.json<CheckAnswer>('/api/proximity?subject=households&from=subsidence-zones&distance=70');
  expect(checks[0]?.rows.map(({ subject }) => subject)).toEqual([
    'households:cave',
    'households:edge',
    'households:unknown',
    'households:off',
  ]);
  const admin = await Client.as(server, 'admin');
  const audit = await admin.json<{ entries: { subject: string; count: number }[] }>('/api/audit?limit=5');
  expect(audit.entries.some(({ subject, count }) => subject.startsWith('report proximity') && count === 4)).toBe(true);
  for (const query of [
    'subject=households&from=schools',
    'subject=none&from=schools&distance=5',
    'subject=schools&from=facilities&measure=management_line&distance=5',
  ])
    expect((await analyst.get(`/api/proximity?${query}`)).status).toBe(400);
});

test('a position beside a river has its section, chainage and bank, and says whether it lies in the ranges', async () => {
  const at = (lon: number, metres: number) =>
    analyst.json<{ positions: Record<string, unknown>[] }>(`/api/river-position?lon=${lon}&lat=${north(metres)}`);
  const { positions } = await at(110.075, 25);
  expect(positions).toHaveLength(1);
  expect(positions[0]).toMatchObject({
    section: 'river-sections:R1',
    bank: 'left',
    label: 'K3+413',
    inside_management: true,
    inside_strip: true,
  });
  expect(positions[0]?.['distance_m']).toBeCloseTo(25, 1);
  expect((await at(110.075, -25)).positions[0]).toMatchObject({ bank: 'right', inside_management: true, inside_strip: false });
  // no width is stated on the right bank of the second section: unknown, and not outside
  expect((await at(110.22, 50)).positions[0]).toMatchObject({ section: 'river-sections:R2', inside_management: true, inside_strip: null });
  expect((await at(110.22, -50)).positions[0]).toMatchObject({ bank: 'right', inside_management: null });
  expect((await at(110.15, 0)).positions).toEqual([]);
  expect((await analyst.get('/api/river-position?lon=x&lat=1')).status).toBe(400);
});

test('houses over and beside a goaf are graded where the table covers them, and said not to be where it does not', async () => {
  const answer = await analyst.json<{
    rows: { id: string; line: string; tilt: number; grade: string | null; covered: boolean; reason?: { en: string } }[];
    counts: Record<string, number>;
  }>('/api/reports/subsidence-damage');
  const row = (id: string) => answer.rows.find((one) => one.id === id);
  expect(answer.rows.map(({ id }) => id).toSorted()).toEqual(['cave', 'edge', 'off', 'unknown']);
  // r = 75 m, Wmax = 1.727 m: 23 mm/m at the edge
  expect(row('edge')?.tilt).toBeCloseTo(23.0, 0);
  expect(row('edge')).toMatchObject({ grade: 'fourth', line: expect.any(String), covered: true });
  expect(row('cave')).toMatchObject({ grade: null, covered: false, reason: { en: expect.stringContaining('does not cover') } });
  expect(row('unknown')).toMatchObject({ grade: null, covered: false, reason: { en: 'Structure not stated' } });
  expect(answer.counts).toMatchObject({ not_covered: 1, not_assessed: 1 });
});

test('reports come as tables too, with what was not assessed below them', async () => {
  const csv = await (await analyst.get('/api/reports/proximity-checks?format=csv')).text();
  expect(csv).toContain('facilities:inside-1km');
  expect(csv).toContain('未评估');
  const xlsx = await analyst.get('/api/reports/subsidence-damage?format=xlsx');
  expect(new Uint8Array(await xlsx.arrayBuffer()).slice(0, 2)).toEqual(new Uint8Array([0x50, 0x4b]));
  expect((await analyst.get('/api/reports/none')).status).toBe(404);
});

test('the management range and the influence line are shown and count nobody', async () => {
  const shown = await analyst.json<{ features: { id: string; properties: { kind: string } }[] }>('/ogc/collections/reference-areas/items');
  expect(shown.features.map(({ id, properties }) => [id, properties.kind]).toSorted()).toEqual([
    ['river-sections:R1', 'management_range'],
    ['river-sections:R2', 'management_range'],
    ['subsidence-zones:G', 'influence_line'],
  ]);
  const zones = (await analyst.json<{ byZone: { zone: string }[] }>('/api/exposure')).byZone.map(({ zone }) => zone);
  expect(zones.toSorted()).toEqual(['river-sections:R1', 'subsidence-zones:G']);
});
