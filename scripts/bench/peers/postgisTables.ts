// The bench's world as PostGIS tables, for the peer and for the oracle.
import type { Client } from 'pg';
import type { Geometry } from '../../../server/domain/feature.ts';
import type { CountingShape } from '../../../server/geo/shape.ts';
import { toWkb } from '../../../server/geo/wkb.ts';
import type { World } from '../types.ts';

const BATCH = 50_000;

/** Transverse Mercator centred on the district: lengths right to 1 in 100,000 everywhere in it, better than the official zone. */
export const LOCAL_ZONE = 990_001;

const SYSTEM = `INSERT INTO spatial_ref_sys (srid, proj4text) VALUES
  (${LOCAL_ZONE}, '+proj=tmerc +k=1 +lat_0=37.87 +lon_0=113.56 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs')`;

/** Households have their index as `no`; schools follow them. */
const UNIT = `CREATE TABLE unit AS SELECT no, people, vulnerable, school, lonlat, ST_Transform(lonlat, ${LOCAL_ZONE}) AS geom
  FROM (SELECT no, people, vulnerable, school, ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS lonlat FROM raw) r`;

/** Fills `unit` and `source` (a row a part of each zone, in lon/lat); indexes and clusters the units. */
export async function loadTables(db: Client, world: World): Promise<void> {
  await db.query(SYSTEM);
  await db.query('CREATE UNLOGGED TABLE raw (no int, lon float8, lat float8, people smallint, vulnerable smallint, school boolean)');
  const count = world.lon.length;
  for (let from = 0; from < count; from += BATCH) {
    const slice = (column: Float64Array | Uint8Array) => Array.from(column.subarray(from, from + BATCH));
    await db.query('INSERT INTO raw SELECT ($1::int + n - 1)::int, lon, lat, people, vulnerable, false' + UNNEST, [
      from,
      slice(world.lon),
      slice(world.lat),
      slice(world.people),
      slice(world.vulnerable),
    ]);
  }
  const { lon, lat } = world.schools;
  const none = Array.from(lon, () => 0);
  await db.query('INSERT INTO raw SELECT ($1::int + n - 1)::int, lon, lat, people, vulnerable, true' + UNNEST, [
    count,
    [...lon],
    [...lat],
    none,
    none,
  ]);
  await db.query(UNIT);
  await db.query('DROP TABLE raw; CREATE INDEX unit_geom ON unit USING gist (geom); CLUSTER unit USING unit_geom');
  await db.query('CREATE INDEX unit_lonlat ON unit USING gist (lonlat)');
  await db.query('VACUUM (FREEZE, ANALYZE) unit');
  await db.query('CREATE TABLE source (zone int, kind text, reach float8, parts int, lonlat geometry)');
  for (const [zone, { shape }] of world.zones.entries()) {
    const parts = partsOf(shape);
    for (const part of parts) {
      const values = [zone, shape.kind, reachOf(shape), parts.length, Buffer.from(toWkb(part))];
      await db.query('INSERT INTO source VALUES ($1, $2, $3, $4, ST_GeomFromWKB($5, 4326))', values);
    }
  }
  await db.query('VACUUM ANALYZE source');
}

const UNNEST =
  ' FROM unnest($2::float8[], $3::float8[], $4::smallint[], $5::smallint[]) WITH ORDINALITY AS t(lon, lat, people, vulnerable, n)';

/** Metres: radius of a disc, margin of a line, 0 of a polygon. */
export function reachOf(shape: CountingShape): number {
  if (shape.kind === 'disc') return shape.radius;
  return shape.kind === 'margin' ? shape.margin : 0;
}

/** The point, the line, or each polygon of a zone by itself: parts that overlap are no valid multipolygon. */
export function partsOf(shape: CountingShape): Geometry[] {
  if (shape.kind === 'strip') throw new Error('the bench has no strips');
  if (shape.kind === 'disc') return [{ type: 'Point', coordinates: shape.center }];
  if (shape.geometry.type !== 'MultiPolygon') return [shape.geometry];
  return shape.geometry.coordinates.map((coordinates) => ({ type: 'Polygon', coordinates }));
}
