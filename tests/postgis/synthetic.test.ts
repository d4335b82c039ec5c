// Made-up polygons and discs that hurt: points on edges and vertices, a centimetre beside a radius, at several latitudes.
import { afterAll, describe, expect, test } from 'vitest';
import { importAll, postgisOrSkip, seeded, type RawFeature } from '../support/postgis.ts';
import { point, world, type LonLat } from './world.ts';

const cluster = await postgisOrSkip();
afterAll(() => cluster?.stop());

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
        units.push(point(`V${i}-${units.length}`, a, { people: 2 }));
        units.push(point(`M${i}-${units.length}`, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], { people: 1, position_accuracy_m: k % 3 }));
        units.push(point(`L${i}-${units.length}`, [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t], { people: 1 }));
      }
    }
  }
  for (let i = 0; i < 3000; i++) {
    units.push(
      point(`R${i}`, [113.49 + random() * 0.12, 37.79 + random() * 0.12], {
        position_accuracy_m: [0, 1, 5, 30, 300][i % 5],
        people: i % 7,
      }),
    );
  }
  // one area of three parts: two overlap, one shares an edge with the first; inside the whole there is no edge
  const box = (west: number, south: number, east: number, north: number): LonLat[][] => [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ];
  zones.push({
    id: 'parts',
    geometry: {
      type: 'MultiPolygon',
      coordinates: [box(113.7, 37.8, 113.71, 37.81), box(113.705, 37.802, 113.72, 37.808), box(113.69, 37.802, 113.7, 37.808)],
    },
  });
  for (let i = 0; i < 200; i++)
    units.push(point(`O${i}`, [113.7 + (random() - 0.5) * 0.0001, 37.803 + random() * 0.004], { people: 1, position_accuracy_m: 10 }));
  for (let i = 0; i < 200; i++)
    units.push(point(`E${i}`, [113.705 + (random() - 0.5) * 0.0001, 37.803 + random() * 0.004], { people: 1, position_accuracy_m: 10 }));
  const result = world(cluster, 'polygons', async (oracle, planner) => {
    await importAll(planner, 'households', units);
    await importAll(planner, 'hazard-areas', zones, { kind: 'low_lying' });
    await oracle.units('households', units);
    await oracle.areas('hazard-areas', zones);
  });
  test('every point on an edge, vertex, hole or inside is counted', () => {
    expect(result().pairs).toBeGreaterThan(units.length / 4);
    expect(result().membership).toEqual([]);
  });
  const ofParts = (line: string) => /households [OE]\d|:parts /.test(line);
  test('certain, possible and totals agree', () => {
    expect(result().certainty.filter((line) => !ofParts(line))).toEqual([]);
  });
  test('parts that overlap or share an edge are one area without an edge inside', () => {
    expect(result().membership.filter(ofParts)).toEqual([]);
    expect(result().certainty.filter(ofParts)).toEqual([]);
    expect(result().figures).toEqual([]);
  });
});

describe.skipIf(!cluster)('discs', () => {
  const centres: LonLat[] = [
    [113.56, 0],
    [0, 0.3],
    [113.5, 38],
    [113.9, 38.2],
    [20, 80],
    [21, 80.1],
    [179.9999, 38],
    [-179.9999, -38.5],
  ];
  const radii = [5, 50, 500, 2000];
  const discs = centres.flatMap((centre, i) => radii.map((radius_m) => point(`D${i}-${radius_m}`, centre, { radius_m })));
  let expected = 0;
  const result = world(cluster, 'discs', async (oracle, planner) => {
    const rows = await oracle.database.query<{ id: string; lon: number; lat: number; inside: boolean }>(
      `SELECT format('%s/%s/%s', t.id, a, d) AS id, ST_X(p) AS lon, ST_Y(p) AS lat, d < 0 AS inside
       FROM unnest($1::text[], $2::float8[], $3::float8[], $4::float8[]) AS t(id, lon, lat, r), generate_series(0, 345, 15) a, unnest(ARRAY[-0.01, 0.01]) d,
       LATERAL (SELECT ST_Project(ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography, r + d, radians(a + 3))::geometry AS p) q`,
      [
        discs.map((d) => d.id),
        ...[0, 1].map((axis) => discs.map((d) => (d.geometry as { coordinates: LonLat }).coordinates[axis])),
        discs.map((d) => d.properties?.['radius_m']),
      ],
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
