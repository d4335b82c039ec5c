// Made-up shapes that hurt: points on edges and vertices, a centimetre beside a radius or a bank, at several latitudes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Cluster } from '../../scripts/verify/cluster.ts';
import { importAll, Oracle, postgisOrSkip, seeded, type Comparison, type RawFeature } from '../support/postgis.ts';
import { Client, startServer, type TestServer } from '../support/server.ts';

type LonLat = readonly [number, number];

const cluster = await postgisOrSkip();
afterAll(() => cluster?.stop());

const point = (id: string, [lon, lat]: LonLat, properties: Record<string, unknown> = {}): RawFeature => ({ id, geometry: { type: 'Point', coordinates: [lon, lat] }, properties });

/** Counts one made-up world on both sides. `build` imports it and fills the oracle. */
function world(name: string, build: (oracle: Oracle, planner: Client, cluster: Cluster) => Promise<void>) {
  const state: { result?: Comparison; server?: TestServer } = {};
  beforeAll(async () => {
    if (!cluster) return;
    state.server = await startServer();
    const planner = await Client.as(state.server, 'planner');
    const oracle = await Oracle.open(cluster, name);
    await build(oracle, planner, cluster);
    state.result = await oracle.compare(planner);
  });
  afterAll(() => state.server?.stop());
  return () => {
    if (!state.result) throw new Error('the world was not built');
    return state.result;
  };
}

describe.skipIf(!cluster)('polygons', () => {
  // a grid of 2^-16 degrees, so that the middle of an edge is a number that a double holds exactly
  const STEP = 2 ** -16;
  const random = seeded(11);
  const grid = (value: number) => Math.round(value / STEP) * STEP;
  const ring = (centre: LonLat, radius: number, count: number): LonLat[] => {
    const around = Array.from({ length: count }, (_, i): LonLat => {
      const angle = ((i + random() * 0.8) / count) * 2 * Math.PI;
      const r = radius * (0.6 + 0.4 * random());
      return [grid(centre[0] + r * Math.cos(angle)), grid(centre[1] + r * Math.sin(angle))];
    });
    return [...around, around[0] as LonLat];
  };
  const zones: RawFeature[] = [];
  const units: RawFeature[] = [];
  for (let i = 0; i < 60; i++) {
    const centre: LonLat = [113.5 + random() * 0.1, 37.8 + random() * 0.1];
    const rings = [ring(centre, 0.012, 5 + Math.floor(random() * 30)), ...(i % 2 ? [ring(centre, 0.004, 7).toReversed()] : [])];
    zones.push({ id: `P${i}`, geometry: { type: 'Polygon', coordinates: rings } });
    for (const vertices of rings) {
      for (let k = 1; k < vertices.length; k++) {
        const a = vertices[k - 1] as LonLat;
        const b = vertices[k] as LonLat;
        const t = random();
        units.push(point(`V${i}-${units.length}`, a));
        units.push(point(`M${i}-${units.length}`, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], { position_accuracy_m: k % 3 }));
        units.push(point(`L${i}-${units.length}`, [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]));
      }
    }
  }
  for (let i = 0; i < 3000; i++) {
    units.push(point(`R${i}`, [113.49 + random() * 0.12, 37.79 + random() * 0.12], { position_accuracy_m: [0, 1, 5, 30, 300][i % 5], people: i % 7 }));
  }
  const result = world('polygons', async (oracle, planner) => {
    await importAll(planner, 'households', units);
    await importAll(planner, 'hazard-areas', zones, { kind: 'low_lying' });
    await oracle.units('households', units);
    await oracle.areas('hazard-areas', zones);
  });
  test('every point on an edge, vertex, hole or inside is counted', () => {
    expect(result().pairs).toBeGreaterThan(units.length / 4);
    expect(result().membership).toEqual([]);
  });
  test('certain, possible and totals agree', () => {
    expect(result().certainty).toEqual([]);
    expect(result().figures).toEqual([]);
  });
});

describe.skipIf(!cluster)('discs', () => {
  const centres: LonLat[] = [[113.56, 0], [0, 0.3], [113.5, 38], [113.9, 38.2], [20, 80], [21, 80.1], [179.9999, 38], [-179.9999, -38.5]];
  const radii = [5, 50, 500, 2000];
  const discs = centres.flatMap((centre, i) => radii.map((radius_m) => point(`D${i}-${radius_m}`, centre, { radius_m })));
  let expected = 0;
  const result = world('discs', async (oracle, planner) => {
    const rows = await oracle.database.query<{ id: string; lon: number; lat: number; inside: boolean }>(
      `SELECT format('%s/%s/%s', t.id, a, d) AS id, ST_X(p) AS lon, ST_Y(p) AS lat, d < 0 AS inside
       FROM unnest($1::text[], $2::float8[], $3::float8[], $4::float8[]) AS t(id, lon, lat, r), generate_series(0, 345, 15) a, unnest(ARRAY[-0.01, 0.01]) d,
       LATERAL (SELECT ST_Project(ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography, r + d, radians(a + 3))::geometry AS p) q`,
      [discs.map((d) => d.id), ...[0, 1].map((axis) => discs.map((d) => (d.geometry as { coordinates: LonLat }).coordinates[axis])), discs.map((d) => d.properties?.['radius_m'])],
    );
    const units = rows.rows.map(({ id, lon, lat }) => point(id, [lon, lat], { position_accuracy_m: 2, people: 2 }));
    expected = rows.rows.filter((row) => row.inside).length;
    await importAll(planner, 'households', units);
    await importAll(planner, 'hazard-points', discs, { register: 'geological', state: 'registered' });
    await oracle.units('households', units);
    await oracle.discs(discs);
  });
  test('a centimetre inside the radius is in, a centimetre outside is out', () => {
    // the smaller radii about the same centre lie inside the larger ones, hence at least
    expect(result().pairs).toBeGreaterThanOrEqual(expected);
    expect(result().membership).toEqual([]);
  });
  test('certain, possible and totals agree', () => {
    expect(result().certainty).toEqual([]);
    expect(result().figures).toEqual([]);
  });
});

describe.skipIf(!cluster)('river strips', () => {
  const river = (id: string, name: string, bank: string, left: number | null, right: number | null, line: readonly LonLat[]): RawFeature => ({
    id, geometry: { type: 'LineString', coordinates: line },
    properties: { river: name, bank, ...(left === null ? {} : { width_left_m: left }), ...(right === null ? {} : { width_right_m: right }) },
  });
  /** A line of 9 vertices that turns by up to `most` degrees, each step some 300 m. */
  const winding = (seed: number, start: LonLat, most: number): LonLat[] => {
    const random = seeded(seed);
    let heading = random() * 360;
    const line: LonLat[] = [start];
    for (let i = 0; i < 8; i++) {
      const [lon, lat] = line.at(-1) as LonLat;
      const reach = 0.001 + random() * 0.004;
      line.push([lon + reach * Math.cos((heading * Math.PI) / 180), lat + reach * 0.8 * Math.sin((heading * Math.PI) / 180)]);
      heading += (random() * 2 - 1) * most;
    }
    return line;
  };
  const first = winding(1, [113.5, 37.8], 60);
  const second = winding(2, first.at(-1) as LonLat, 60);
  const sections = [
    river('S1', '甲河', 'both', 40, 25, first),
    river('S2', '甲河', 'both', 30, 60, second),
    river('S3', '乙河', 'left', 50, 50, winding(3, first[0] as LonLat, 80)),
    river('S4', '丙河', 'right', 35, 45, winding(4, [113.56, 37.8], 85)),
    river('S5', '丁河', 'both', null, 20, winding(5, [113.6, 37.8], 40)),
    river('S6', '戊河', 'both', 80, 15, winding(6, [113.5, 37.86], 88)),
    river('H1', '己河', 'both', 15, 60, winding(7, [113.56, 37.86], 175)),
    river('H2', '庚河', 'left', 45, 45, winding(8, [113.62, 37.86], 175)),
    river('N1', '辛河', 'both', 30, 20, winding(9, [20, 80], 70)),
  ];
  const lines = sections.map((section) => (section.geometry as { coordinates: LonLat[] }).coordinates);
  const build = (accuracy: boolean) => async (oracle: Oracle, planner: Client) => {
    const random = seeded(21);
    const units: RawFeature[] = [];
    lines.forEach((line, s) => {
      for (let i = 0; i < 700; i++) {
        const k = Math.floor(random() * (line.length - 1));
        const [a, b] = [line[k] as LonLat, line[k + 1] as LonLat];
        const t = i % 3 === 0 ? Math.round(random()) : random();
        const off = (): number => (random() * 2 - 1) * 0.0009;
        const stretch = 1 / Math.cos((a[1] * Math.PI) / 180);
        const at: LonLat = [a[0] + (b[0] - a[0]) * t + off() * stretch, a[1] + (b[1] - a[1]) * t + off()];
        units.push(point(`${s}-${i}`, at, { people: 1, ...(accuracy ? { position_accuracy_m: [0, 1, 4][i % 3] } : {}) }));
      }
    });
    await oracle.sections(sections);
    // a centimetre to either side of each bank, at the middle of each segment, and of each flat end
    await oracle.database.query('CREATE TABLE segment AS SELECT left_m, right_m, d.geom, frame_of(d.geom) AS frame FROM section, ST_DumpSegments(section.geom) d');
    const beside = await oracle.database.query<{ lon: number; lat: number }>(`
      SELECT ST_X(p) AS lon, ST_Y(p) AS lat FROM segment,
      LATERAL (SELECT in_frame(ST_StartPoint(geom), frame) AS a, in_frame(ST_EndPoint(geom), frame) AS b, in_frame(ST_LineInterpolatePoint(geom, 0.5), frame) AS m) e,
      LATERAL (SELECT ST_Azimuth(a, b) AS az) z, unnest(ARRAY[-0.01, 0.01]) delta,
      LATERAL (VALUES (ST_Translate(m, (left_m + delta) * -cos(az), (left_m + delta) * sin(az))), (ST_Translate(m, (right_m + delta) * cos(az), (right_m + delta) * -sin(az))),
        (ST_Translate(b, delta * sin(az) - 3 * cos(az), delta * cos(az) + 3 * sin(az)))) v(local),
      LATERAL (SELECT ST_Transform(ST_SetSRID(local, frame), 4326) AS p) w WHERE local IS NOT NULL`);
    beside.rows.forEach(({ lon, lat }, i) => units.push(point(`B${i}`, [lon, lat], { people: 1 })));
    await importAll(planner, 'river-sections', sections);
    await importAll(planner, 'households', units);
    await oracle.units('households', units);
  };
  const plain = world('strips', build(false));
  const vague = world('vague_strips', build(true));
  test('rectangles, outer joins and flat ends, a centimetre beside each', () => {
    expect(plain().pairs).toBeGreaterThan(1500);
    expect(plain().membership).toEqual([]);
    expect(plain().figures).toEqual([]);
  });
  test('certain, possible and totals agree', () => {
    expect(vague().certainty).toEqual([]);
    expect(vague().figures).toEqual([]);
  });
});

describe.skipIf(!cluster)('margins', () => {
  // a bent goaf with a hole and a narrow bay, 60 m of margin: depth 120 m over tan beta 2
  const goaf: RawFeature = {
    id: 'G1',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [[113.5, 37.8], [113.52, 37.8], [113.52, 37.815], [113.5105, 37.815], [113.5105, 37.805], [113.5095, 37.805], [113.5095, 37.815], [113.5, 37.815], [113.5, 37.8]],
        [[113.513, 37.803], [113.513, 37.808], [113.517, 37.808], [113.517, 37.803], [113.513, 37.803]],
      ],
    },
    properties: { depth_m: 120, tan_beta: 2 },
  };
  const result = world('margins', async (oracle, planner) => {
    const random = seeded(31);
    const units = Array.from({ length: 4000 }, (_, i) =>
      point(`R${i}`, [113.498 + random() * 0.024, 37.798 + random() * 0.019], { people: 1, position_accuracy_m: [0, 2, 10][i % 3] }));
    const rows = await oracle.database.query<{ lon: number; lat: number }>(`
      SELECT ST_X(p) AS lon, ST_Y(p) AS lat FROM unnest(ARRAY[113.5, 113.52, 113.52, 113.5], ARRAY[37.8, 37.8, 37.815, 37.815], ARRAY[225, 135, 45, 315]) AS c(lon, lat, az),
      generate_series(-40, 40, 5) a, unnest(ARRAY[-0.01, 0.01]) d,
      LATERAL (SELECT ST_Project(ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography, 60 + d, radians(az + a))::geometry AS p) q`);
    rows.rows.forEach(({ lon, lat }, i) => units.push(point(`C${i}`, [lon, lat], { people: 1 })));
    await importAll(planner, 'households', units);
    await importAll(planner, 'subsidence-zones', [goaf]);
    await oracle.units('households', units);
    await oracle.margins([goaf], 60);
  });
  test('within the margin of an edge, a centimetre beside its arcs', () => {
    expect(result().pairs).toBeGreaterThan(1500);
    expect(result().membership).toEqual([]);
  });
  test('certain, possible and totals agree', () => {
    expect(result().certainty).toEqual([]);
    expect(result().figures).toEqual([]);
  });
});
