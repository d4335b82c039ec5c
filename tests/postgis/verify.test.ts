// The recount itself: it agrees on a store of every kind of hazard, and it does find a wrong answer.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postgisBinaries } from '../../scripts/verify/cluster.ts';
import { copyStore } from '../../scripts/verify/geopackage.ts';
import { main, verify } from '../../scripts/verify.ts';
import { importAll, seeded, type RawFeature } from '../support/postgis.ts';
import { Client, startServer, type TestServer } from '../support/server.ts';
import { point, type LonLat } from './world.ts';

const missing = !postgisBinaries() && process.env['CI'] !== 'true';

const square = (id: string, [west, south]: LonLat, size: number, properties: Record<string, unknown>): RawFeature => ({
  id,
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  },
  properties,
});

const dipping = {
  depth_m: 140,
  loose_m: 20,
  dip_deg: 25,
  movement_angle_deg: 72,
  movement_angle_down_deg: 58,
  movement_angle_up_deg: 76,
  tan_beta: 2,
  thickness_m: 2,
  subsidence_factor: 0.7,
};

/** Points of every type, with and without each of the figures that their rules take. */
function typedPoints(at: () => LonLat, random: () => number): RawFeature[] {
  const types = ['landslide', 'rockfall', 'unstable_slope', 'debris_flow', 'ground_collapse', 'ground_fissure', 'land_subsidence', 'other'];
  const maybe = (name: string, low: number, high: number): Record<string, number> =>
    random() < 0.75 ? { [name]: Math.round((low + random() * (high - low)) * 10) / 10 } : {};
  return Array.from({ length: 240 }, (_, i) =>
    point(`T${i}`, i % 24 === 3 ? [113.5105 + random() * 1e-4, 37.8215 + random() * 1e-4] : at(), {
      hazard_type: types[i % types.length],
      ...maybe('length_m', 10, 400),
      ...maybe('width_m', 10, 200),
      ...maybe('height_m', 3, 60),
      ...maybe('depth_m', 1, 30),
      ...maybe('slope_deg', 15, 90),
      ...maybe('aspect_deg', 0, 360),
      ...(i % 24 === 3 ? { channel_id: 'R1' } : {}),
    }),
  );
}

describe.skipIf(missing)('npm run verify', { timeout: 120_000 }, () => {
  let server: TestServer;
  let store: string;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xiantu-verify-test-'));
    server = await startServer();
    store = join(server.folder, 'xiantu.gpkg');
    const planner = await Client.as(server, 'planner');
    const random = seeded(5);
    const at = (): LonLat => [113.5 + random() * 0.06, 37.8 + random() * 0.04];
    await importAll(planner, 'townships', [
      square('140303001000', [113.5, 37.8], 0.03, { name: '东街道', level: 'township' }),
      square('140303002000', [113.53, 37.8], 0.04, { name: '西街道', level: 'township' }),
    ]);
    const registers = ['flood', 'geological', 'geological', 'geological'];
    const states = ['registered', 'under_treatment', 'suspected', 'removed', 'removal_proposed'];
    const points = Array.from({ length: 120 }, (_, i) =>
      point(`P${i}`, at(), {
        register: registers[i % 4],
        state: states[i % 5],
        hazard_type: i % 11 === 0 ? 'high_cut_slope' : 'landslide',
        ...(i % 4 === 1 ? { length_m: 40 + i, width_m: 30, height_m: 2 * i } : {}),
        ...(i % 4 === 2 ? { radius_m: 25.5 } : {}),
      }),
    );
    await importAll(planner, 'hazard-points', [...points, ...typedPoints(at, random)]);
    const extents = [
      ['risk_extent', 'announced'],
      ['risk_extent', 'confirmed'],
      ['risk_extent', 'draft'],
      ['risk_extent', 'revoked'],
      ['hazard_extent', 'announced'],
    ];
    await importAll(planner, 'danger-zones', [
      ...extents.map(([extent, status], i) =>
        square(`Z${i}`, at(), 0.004, { extent, status, ...(i === 1 ? {} : { hazard_id: `P${i + 1}` }) }),
      ),
      // bodies as surveyed, for every third point with a type
      ...Array.from({ length: 40 }, (_, i) =>
        square(`B${i}`, at(), 0.0008, { extent: 'hazard_extent', status: i % 4 ? 'announced' : 'draft', hazard_id: `T${i * 3}` }),
      ),
    ]);
    await importAll(
      planner,
      'hazard-areas',
      ['low_lying', 'priority_area', 'flood_extent', 'quarry_slope'].map((kind, i) => square(`A${i}`, at(), 0.006, { kind })),
    );
    await importAll(planner, 'subsidence-zones', [
      square('G1', [113.51, 37.81], 0.005, {
        depth_m: 150,
        loose_m: 20,
        movement_angle_deg: 70,
        tan_beta: 2,
        thickness_m: 3,
        subsidence_factor: 0.8,
        dip_deg: 5,
        protection_class: 'second',
      }),
      square('G2', [113.54, 37.82], 0.005, { loose_m: 20, movement_angle_deg: 70 }),
      square('G3', [113.52, 37.83], 0.003, { depth_m: 90, tan_beta: 1.8 }),
      square('G4', [113.535, 37.803], 0.004, { ...dipping, dip_direction_deg: 200, protection_class: 'third' }),
      square('G5', [113.548, 37.803], 0.003, dipping),
      square('G6', [113.505, 37.832], 0.003, { depth_m: 120, dip_deg: 30, movement_angle_deg: 70 }),
      square('G7', [113.552, 37.832], 0.003, { depth_m: 120, movement_angle_deg: 70, seam: '3号' }),
      square('G8', [113.5535, 37.833], 0.003, { depth_m: 160, movement_angle_deg: 70, seam: '15号' }),
      square('G9', [113.545, 37.836], 0.002, { kind: 'salt_mine', depth_m: 160, movement_angle_deg: 70 }),
    ]);
    await importAll(planner, 'river-sections', [
      {
        id: 'R1',
        geometry: {
          type: 'LineString',
          coordinates: [
            [113.5, 37.82],
            [113.51, 37.822],
            [113.52, 37.818],
          ],
        },
        properties: { river: '河', width_left_m: 60, width_right_m: 40 },
      },
      {
        id: 'R2',
        geometry: {
          type: 'LineString',
          coordinates: [
            [113.52, 37.818],
            [113.53, 37.825],
          ],
        },
        properties: { river: '河', width_left_m: 50, width_right_m: 70, bank: 'left' },
      },
      {
        id: 'R3',
        geometry: {
          type: 'LineString',
          coordinates: [
            [113.54, 37.81],
            [113.55, 37.812],
          ],
        },
        properties: { river: '沟' },
      },
    ]);
    const households = Array.from({ length: 3000 }, (_, i) =>
      point(`H${i}`, at(), {
        people: i % 6,
        people_registered: i % 4,
        elderly: i % 3,
        children: i % 4,
        ...(i % 5 ? {} : { vulnerable: i % 3 }),
        property_wan: (i % 70) / 10,
      }),
    );
    await importAll(planner, 'households', [
      ...households,
      { id: 'H-none', geometry: null, properties: { people: 4 } },
      square('H-house', at(), 0.0002, { people: 3 }),
    ]);
    await importAll(planner, 'schools', [
      ...Array.from({ length: 60 }, (_, i) => point(`S${i}`, at(), { students: 100 + i, boarders: i })),
      square('S-campus', at(), 0.001, { students: 900, boarders: 30 }),
    ]);
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('agrees on every kind of hazard, while the service runs', async () => {
    const lines: string[] = [];
    const code = await main(['--store', store], (line) => lines.push(line));
    expect(lines.join('\n')).toContain('\n0 disagreements in');
    expect(code).toBe(0);
    const outcome = await verify(store);
    expect(outcome.first).toEqual([]);
    const analyst = await Client.as(server, 'analyst');
    const areas = await analyst.json<{
      features: { properties: { rule: string; fallback: string | null; inputs: { channel_id?: string; body?: string } } }[];
    }>('/ogc/collections/threatened-areas/items?limit=10000');
    const told = areas.features.map(({ properties }) => properties);
    // nothing above is vacuous: every rule, every fallback, channels and drawn bodies are among them
    expect(new Set(told.map(({ rule }) => rule))).toEqual(
      new Set([
        'surveyed-radius',
        'flood-register',
        'geological-without-dimensions',
        'geological-with-dimensions',
        'cut-slope',
        'landslide',
        'debris-flow-fan',
        'pit',
        'ground-fissure',
        'risk-extent',
        'hazard-area',
        'river-strip',
        'subsidence-danger-line',
        'subsidence-polygon',
      ]),
    );
    expect(new Set(told.map(({ fallback }) => fallback))).toEqual(new Set([null, 'all_round', 'provisional', 'uniform']));
    expect(told.some(({ inputs }) => inputs?.channel_id === 'R1')).toBe(true);
    expect(told.some(({ inputs }) => inputs?.body?.startsWith('danger-zones:B'))).toBe(true);
    expect(outcome.layers.filter((row) => row.pairs > 0).map((row) => row.layer)).toEqual([
      'danger-zones',
      'hazard-areas',
      'hazard-points',
      'river-sections',
      'subsidence-zones',
    ]);
  });

  test('finds a household that the answer lacks, and a wrong sum', async () => {
    const outcome = await verify(store, {
      alter: (answer) => ({
        ...answer,
        pairs: answer.pairs.slice(1),
        figures: answer.figures.map((row) =>
          row.block === 'totals' && row.name === 'people' && row.base === 'resident' ? { ...row, value: (row.value ?? 0) + 1 } : row,
        ),
      }),
    });
    expect(outcome.first.map((one) => one.subject).sort()).toEqual(['figure', 'pair']);
    expect(outcome.disagreements).toBe(2);
  });

  test('finds an area that does not follow from its source, and says so with exit code 1', async () => {
    const spoilt = join(folder, 'spoilt.gpkg');
    copyStore(store, spoilt);
    const database = new DatabaseSync(spoilt);
    // the triggers of the R-tree name these functions, though they do not run here
    for (const name of ['ST_IsEmpty', 'ST_MinX', 'ST_MaxX', 'ST_MinY', 'ST_MaxY'])
      database.function(name, { deterministic: true }, (blob) => Number(blob === null));
    const changed = database
      .prepare(`UPDATE "threatened-areas" SET inputs = json_set(inputs, '$.shape.radius', 55) WHERE radius_m = 50`)
      .run().changes;
    database.close();
    expect(Number(changed)).toBeGreaterThan(0);
    const lines: string[] = [];
    expect(await main(['--store', spoilt], (line) => lines.push(line))).toBe(1);
    expect(lines.join('\n')).toContain('inside by the server, not by the recount');
  });

  test('says in one line what is missing', async () => {
    const lines: string[] = [];
    expect(await main(['--store', join(folder, 'none.gpkg')], (line) => lines.push(line))).toBe(2);
    expect(lines).toHaveLength(1);
    expect(await main(['--sotre', 'x'], (line) => lines.push(line))).toBe(2);
  });
});
