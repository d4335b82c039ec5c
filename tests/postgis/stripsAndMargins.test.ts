// Made-up river strips and subsidence margins that hurt: sharp bends, shared ends, a centimetre beside each bank and arc.
import { afterAll, describe, expect, test } from 'vitest';
import { importAll, type Oracle, postgisOrSkip, seeded, type RawFeature } from '../support/postgis.ts';
import type { Client } from '../support/server.ts';
import { point, world, type LonLat } from './world.ts';

const cluster = await postgisOrSkip();
afterAll(() => cluster?.stop());

describe.skipIf(!cluster)('river strips', () => {
  const river = (
    id: string,
    name: string,
    bank: string,
    left: number | null,
    right: number | null,
    line: readonly LonLat[],
  ): RawFeature => ({
    id,
    geometry: { type: 'LineString', coordinates: line },
    properties: {
      river: name,
      bank,
      ...(left === null ? {} : { width_left_m: left }),
      ...(right === null ? {} : { width_right_m: right }),
    },
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
  /** Every second vertex and both ends twice. */
  const doubled = (line: readonly LonLat[]): LonLat[] => line.flatMap((vertex, i) => (i % 2 === 0 ? [vertex, vertex] : [vertex]));
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
    river('W1', '壬河', 'both', 50, 20, doubled(winding(10, [113.68, 37.8], 50))),
    river('T1', '癸河', 'both', 40, 25, winding(12, [113.68, 37.86], 50)),
    river('T2', '癸河', 'both', 45, 30, [[113.665, 37.852], winding(12, [113.68, 37.86], 50)[4] as LonLat]),
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
        const [w, h] = [0.00012 * stretch, 0.0001];
        // now and then a house of about 10 m by 11 m
        if (!accuracy && i % 10 === 0)
          units.push({
            id: `${s}-house${i}`,
            geometry: { type: 'Polygon', coordinates: [[at, [at[0] + w, at[1]], [at[0] + w, at[1] + h], [at[0], at[1] + h], at]] },
            properties: { people: 1 },
          });
        units.push(point(`${s}-${i}`, at, { people: 1, ...(accuracy ? { position_accuracy_m: [0, 1, 4][i % 3] } : {}) }));
      }
    });
    await oracle.sections(sections);
    // a centimetre to either side of each bank, at the middle of each segment, and of each flat end
    await oracle.database.query(
      'CREATE TABLE segment AS SELECT left_m, right_m, d.geom, frame_of(d.geom) AS frame FROM section, ST_DumpSegments(section.geom) d',
    );
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
  const plain = world(cluster, 'strips', build(false));
  const vague = world(cluster, 'vague_strips', build(true));
  test('rectangles, outer joins and flat ends, a centimetre beside each', () => {
    expect(plain().pairs).toBeGreaterThan(1500);
    expect(plain().membership.filter((line) => !/sections:[HWT]/.test(line))).toEqual([]);
  });
  test('a bend of more than 90 degrees has the width of its outer side all around', () => {
    expect(plain().membership.filter((line) => line.includes('sections:H'))).toEqual([]);
  });
  test('a vertex that is written twice changes nothing', () => {
    expect(plain().membership.filter((line) => line.includes('sections:W'))).toEqual([]);
  });
  test('an end on a vertex in the middle of another section of the river joins it', () => {
    expect(plain().membership.filter((line) => line.includes('sections:T'))).toEqual([]);
  });
  test('certain and possible agree', () => {
    expect(vague().certainty.filter((line) => /sections:[SN]/.test(line))).toEqual([]);
  });
  test('totals agree', () => {
    expect(plain().figures).toEqual([]);
    expect(vague().figures).toEqual([]);
  });
});

describe.skipIf(!cluster)('margins', () => {
  // a bent goaf with a hole and a bay 111 m wide, 60 m of margin: depth 120 m over tan beta 2
  const goaf: RawFeature = {
    id: 'G1',
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [113.5, 37.8],
          [113.52, 37.8],
          [113.52, 37.815],
          [113.51063, 37.815],
          [113.51063, 37.805],
          [113.50937, 37.805],
          [113.50937, 37.815],
          [113.5, 37.815],
          [113.5, 37.8],
        ],
        [
          [113.513, 37.803],
          [113.513, 37.808],
          [113.517, 37.808],
          [113.517, 37.803],
          [113.513, 37.803],
        ],
      ],
    },
    properties: { depth_m: 120, tan_beta: 2 },
  };
  const result = world(cluster, 'margins', async (oracle, planner) => {
    const random = seeded(31);
    const units = Array.from({ length: 4000 }, (_, i) =>
      point(`R${i}`, [113.498 + random() * 0.024, 37.798 + random() * 0.019], { people: 1, position_accuracy_m: [0, 2, 10][i % 3] }),
    );
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
  test('certain and possible agree, in the bay too, where the margins of both sides meet and leave no edge', () => {
    expect(result().certainty).toEqual([]);
    expect(result().figures).toEqual([]);
  });
});
