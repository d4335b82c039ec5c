// Real places and real hazard areas, every pair against PostGIS. The files are not part of the product: without them nothing is run.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readLayer } from '../../scripts/verify/geopackage.ts';
import { importAll, Oracle, postgisOrSkip, type RawFeature } from '../support/postgis.ts';
import { Client, startServer } from '../support/server.ts';

const REAL = resolve(import.meta.dirname, '../../../shared/data/real');
const present = existsSync(REAL);
const cluster = present ? await postgisOrSkip() : null;
afterAll(() => cluster?.stop());

const HOUSES = join(REAL, 'sansalvador-flood-houses/houses.csv');
const FLOOD = join(REAL, 'sansalvador-flood-houses/flood100yr_zones.geojson');
const FACILITIES = join(REAL, 'kyrgyz-mudflow-health/health_facilities.geojson');
const MUDFLOWS = join(REAL, 'kyrgyz-mudflow-health/mudflow_zones.geojson');
const BUILDINGS = join(REAL, 'jakarta-buildings/jakarta_building.gpkg');

function geojson(path: string, idOf: (properties: Record<string, unknown>, index: number) => unknown): RawFeature[] {
  const { features } = JSON.parse(readFileSync(path, 'utf8')) as { features: { geometry: unknown; properties: Record<string, unknown> }[] };
  return features.map(({ geometry, properties }, i) => ({ id: String(idOf(properties, i)), geometry }));
}

test.skipIf(!cluster)('12,472 houses against 2,243 flood zones that share edges', { timeout: 180_000 }, async () => {
  if (!cluster) return;
  const server = await startServer();
  try {
    const planner = await Client.as(server, 'planner');
    const houses = readFileSync(HOUSES, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line): RawFeature => {
        const [id = '', , , lon, lat] = line.split(',');
        return { id, geometry: { type: 'Point', coordinates: [Number(lon), Number(lat)] }, properties: { people: 3 } };
      });
    expect(houses).toHaveLength(12_472);
    const zones = geojson(FLOOD, (properties) => properties['zone_id']);
    expect(zones).toHaveLength(2243);
    const taken = await planner.uploadFile(HOUSES, { layer: 'households', mapping: '{"id":"house_id"}', defaults: '{"people":3}' });
    expect([taken.httpStatus, taken.accepted]).toEqual([201, 12_472]);
    const flood = await planner.uploadFile(FLOOD, {
      layer: 'hazard-areas',
      mapping: '{"id":"zone_id"}',
      defaults: '{"kind":"flood_extent"}',
    });
    expect([flood.httpStatus, flood.accepted]).toEqual([201, 2243]);

    const oracle = await Oracle.open(cluster, 'sansalvador');
    await oracle.units('households', houses);
    await oracle.areas('hazard-areas', zones);
    const result = await oracle.compare(planner);
    expect(result.pairs).toBeGreaterThan(1000);
    expect(result.membership).toEqual([]);
    expect(result.certainty).toEqual([]);
    expect(result.figures).toEqual([]);
    const { rows } = await oracle.database.query<{ shared: number }>(
      `SELECT count(*)::int AS shared FROM (SELECT id FROM pair WHERE inside GROUP BY id HAVING count(*) > 1) twice`,
    );
    expect(rows[0]?.shared, 'houses on an edge that two zones share').toBeGreaterThan(0);
  } finally {
    await server.stop();
  }
});

test.skipIf(!cluster)('1,078 health facilities against 221 mudflow zones', { timeout: 180_000 }, async () => {
  if (!cluster) return;
  const server = await startServer();
  try {
    const planner = await Client.as(server, 'planner');
    const facilities = geojson(FACILITIES, (properties) => properties['osm_id']);
    const zones = geojson(MUDFLOWS, (_, i) => `M${i + 1}`);
    expect([facilities.length, zones.length]).toEqual([1078, 221]);
    const taken = await planner.uploadFile(FACILITIES, { layer: 'schools', mapping: '{"id":"osm_id"}' });
    expect([taken.httpStatus, taken.accepted]).toEqual([201, 1078]);
    await importAll(planner, 'hazard-areas', zones, { kind: 'susceptible_area' });

    const oracle = await Oracle.open(cluster, 'kyrgyz');
    await oracle.units('schools', facilities);
    await oracle.areas('hazard-areas', zones);
    const result = await oracle.compare(planner);
    expect(result.pairs).toBeGreaterThan(100);
    expect(result.membership).toEqual([]);
    expect(result.certainty).toEqual([]);
    expect(result.figures).toEqual([]);
  } finally {
    await server.stop();
  }
});

/** The ids that the service made for rows without one: [the file's row from 1, id]. */
async function idsByRow(client: Client): Promise<[string, string][]> {
  const ids: [string, string][] = [];
  let path: string | undefined = '/ogc/collections/households/items?limit=1000';
  while (path !== undefined) {
    const page: { features: { id: string; properties: { source: string } }[]; links: { rel: string; href: string }[] } =
      await client.json(path);
    for (const { id, properties } of page.features) ids.push([properties.source.split('#')[1] ?? '', id]);
    const next: string | undefined = page.links.find((link) => link.rel === 'next')?.href;
    path = next === undefined ? undefined : next.replace(client.url, '');
  }
  return ids;
}

test.skipIf(!cluster)('7,689 building footprints against areas, discs and margins', { timeout: 180_000 }, async () => {
  if (!cluster) return;
  const server = await startServer();
  try {
    const planner = await Client.as(server, 'planner');
    const oracle = await Oracle.open(cluster, 'jakarta');
    const rows = readLayer(BUILDINGS, 'clipped_jakarta_building');
    expect(rows).toHaveLength(7689);
    await oracle.database.query(
      `INSERT INTO unit (kind, id, geom, is_point, people) SELECT 'households', id, ST_GeomFromWKB(decode(wkb, 'hex'), 4326), false, 4 FROM unnest($1::text[], $2::text[]) AS t(id, wkb)`,
      [rows.map((row) => row.id), rows.map((row) => row.wkb)],
    );
    const taken = await planner.uploadFile(BUILDINGS, { layer: 'households', defaults: '{"people":4}' });
    expect([taken.httpStatus, taken.accepted], JSON.stringify(taken.issues?.slice(0, 2))).toEqual([201, 7689]);

    const read = async (sql: string): Promise<RawFeature[]> => {
      const found = await oracle.database.query<{ id: string; g: string }>(sql);
      return found.rows.map(({ id, g }) => ({ id, geometry: JSON.parse(g) as unknown }));
    };
    // a slanted quadrilateral; a frame around a hole that whole buildings stand in; a square that only touches a corner; a triangle
    // that shares an edge with a building
    const areas = await read(`
      WITH corner AS (SELECT p.geom AS v FROM unit, ST_DumpPoints(unit.geom) p WHERE id = '100' ORDER BY ST_X(p.geom) DESC LIMIT 1),
      edge AS (SELECT ST_PointN(r, 1) AS a, ST_PointN(r, 2) AS b, ST_Centroid(u.geom) AS c FROM unit u, LATERAL (SELECT ST_ExteriorRing(ST_GeometryN(u.geom, 1)) AS r) e WHERE id = '200')
      SELECT 'slanted' AS id, '{"type":"Polygon","coordinates":[[[106.85,-6.19],[106.91,-6.18],[106.9,-6.13],[106.86,-6.14],[106.85,-6.19]]]}' AS g
      UNION ALL SELECT 'frame', '{"type":"Polygon","coordinates":[[[106.82,-6.2],[106.87,-6.2],[106.87,-6.15],[106.82,-6.15],[106.82,-6.2]],[[106.83,-6.19],[106.83,-6.16],[106.86,-6.16],[106.86,-6.19],[106.83,-6.19]]]}'
      UNION ALL SELECT 'corner', ST_AsGeoJSON(ST_MakeEnvelope(ST_X(v), ST_Y(v), ST_X(v) + 0.0005, ST_Y(v) + 0.0005), 17) FROM corner
      UNION ALL SELECT 'edge', ST_AsGeoJSON(ST_MakePolygon(ST_MakeLine(ARRAY[a, b, ST_SetSRID(ST_MakePoint(3 * ST_X(a) - 2 * ST_X(c), 3 * ST_Y(a) - 2 * ST_Y(c)), 4326), a])), 17) FROM edge`);
    expect(areas).toHaveLength(4);
    const discs = (await read(`SELECT 'D' || id AS id, ST_AsGeoJSON(ST_Centroid(geom), 17) AS g FROM unit WHERE id::int % 400 = 0`)).map(
      (disc, i) => ({
        ...disc,
        properties: { radius_m: [3, 15, 50, 250][i % 4] },
      }),
    );
    // major influence radius: depth over tan beta, with nothing else known
    const margins = await read(`SELECT 'M' || id AS id, ST_AsGeoJSON(ST_GeometryN(geom, 1), 17) AS g FROM unit WHERE id::int % 1500 = 0`);
    await importAll(planner, 'hazard-areas', areas, { kind: 'low_lying' });
    await importAll(planner, 'hazard-points', discs, { state: 'registered', register: 'geological' });
    await importAll(planner, 'subsidence-zones', margins, { depth_m: 120, tan_beta: 2 });
    await oracle.renameUnits(await idsByRow(planner));
    await oracle.areas('hazard-areas', areas);
    await oracle.discs(discs);
    await oracle.margins(margins, 60);
    const result = await oracle.compare(planner);
    expect(result.pairs).toBeGreaterThan(1000);
    expect(result.membership).toEqual([]);
    expect(result.certainty).toEqual([]);
    expect(result.figures).toEqual([]);
  } finally {
    await server.stop();
  }
});
