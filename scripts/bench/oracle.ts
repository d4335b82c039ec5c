// What is right: polygons by PostGIS's planar covers in lon/lat, part by part; discs and margins by its geography on the
// spheroid, lines cut to 0.001 degrees (111 m at most: a great circle leaves the straight line in lon/lat by 0.2 mm there).
// Where that lies close to the limit, the distance is measured here with the geodesic. Close is 3 mm, and up to 1 m beyond
// the limit of a line: there PostGIS 3.3 may take an end of an edge for the nearest place on it, and was found to tell up
// to 0.26 m too much, never more than 0.2 mm too little. Shares no code with the engine.
import geodesic from 'geographiclib-geodesic';
import type { Client } from 'pg';
import type { Position } from '../../server/domain/feature.ts';
import type { CountingShape } from '../../server/geo/shape.ts';
import { onceCounted, pairKey, pairKeys, zoneCounts } from './pairs.ts';
import type { PairKeys, Totals, World, ZoneCount } from './types.ts';

/** Metres around a limit in which the geodesic decides. */
const DOUBT = 0.003;
const DOUBT_BEYOND_LINE = 1;
/** Metres: the geodesic itself is right to some nanometres. */
const UNDECIDABLE = 1e-8;

export interface Oracle {
  readonly pairs: PairKeys;
  readonly byZone: readonly ZoneCount[];
  readonly totals: Totals;
  /** Pairs close to their limit, decided by the geodesic; and those that even it cannot decide. */
  readonly rechecked: number;
  readonly undecidable: number;
  readonly ms: number;
}

const TABLES = `
  CREATE TABLE exact_unit AS SELECT no, lonlat::geography AS geog FROM unit;
  CREATE INDEX exact_unit_geog ON exact_unit USING gist (geog);
  CREATE TABLE exact_zone AS
    SELECT zone, reach, CASE WHEN kind = 'margin' THEN ${DOUBT_BEYOND_LINE} ELSE ${DOUBT} END AS doubt, ST_Segmentize(lonlat, 0.001)::geography AS geog
    FROM source WHERE kind <> 'area'`;

const WITHIN = `SELECT zone, string_agg(no::text, ' ') FILTER (WHERE sure) AS sure, string_agg(no::text, ' ') FILTER (WHERE NOT sure) AS doubtful
  FROM (SELECT zone, no, ST_DWithin(u.geog, z.geog, reach - ${DOUBT}) AS sure
    FROM exact_zone z JOIN exact_unit u ON ST_DWithin(u.geog, z.geog, reach + doubt)) pair GROUP BY zone`;
const COVERED = `SELECT zone, string_agg(no::text, ' ') AS sure, NULL AS doubtful
  FROM (SELECT DISTINCT zone, no FROM source z JOIN unit u ON ST_Covers(z.lonlat, u.lonlat) WHERE kind = 'area') pair GROUP BY zone`;

/** @param db with the tables of `loadTables` */
export async function askOracle(db: Client, world: World): Promise<Oracle> {
  const began = performance.now();
  await db.query(TABLES);
  await db.query('VACUUM ANALYZE exact_unit');
  await db.query('VACUUM ANALYZE exact_zone');
  const households = world.lon.length;
  const keys: number[] = [];
  const schools = new Set<number>();
  let [rechecked, undecidable] = [0, 0];
  const take = (zone: number, unit: number) => {
    if (unit < households) keys.push(pairKey(world, zone, unit));
    else schools.add(unit);
  };
  for (const query of [WITHIN, COVERED]) {
    const { rows } = await db.query<{ zone: number; sure: string | null; doubtful: string | null }>(query);
    for (const { zone, sure, doubtful } of rows) {
      for (const unit of numbersOf(sure)) take(zone, unit);
      for (const unit of numbersOf(doubtful)) {
        const excess = excessOf(world.zones[zone]?.shape, positionOf(world, unit));
        rechecked++;
        if (Math.abs(excess) < UNDECIDABLE) undecidable++;
        if (excess <= 0) take(zone, unit);
      }
    }
  }
  const pairs = pairKeys(Float64Array.from(keys));
  const byZone = zoneCounts(world, pairs);
  return { pairs, byZone, totals: onceCounted(world, pairs, schools.size), rechecked, undecidable, ms: performance.now() - began };
}

function numbersOf(list: string | null): number[] {
  return list === null ? [] : list.split(' ').map(Number);
}

function positionOf({ lon, lat, schools }: World, unit: number): Position {
  const school = unit - lon.length;
  const [x, y] = school < 0 ? [lon[unit], lat[unit]] : [schools.lon[school], schools.lat[school]];
  if (x === undefined || y === undefined) throw new Error(`there is no unit ${unit}`);
  return [x, y];
}

/** Metres by which a position lies beyond the limit of a disc or of the margin of a line. */
function excessOf(shape: CountingShape | undefined, position: Position): number {
  if (shape?.kind === 'disc') return distance(shape.center, position) - shape.radius;
  if (shape?.kind !== 'margin' || shape.geometry.type !== 'LineString') throw new Error('only discs and margins of lines have a limit');
  const line = shape.geometry.coordinates;
  const nearest = line.slice(1).map((end, i) => segmentDistance(line[i] as Position, end, position, shape.margin + 10));
  return Math.min(...nearest) - shape.margin;
}

function distance(a: Position, b: Position): number {
  return geodesic.Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0]).s12 ?? Number.NaN;
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Do two ends lie beyond `degrees` of a value, both on one side? */
function isBeyond(a: number, b: number, value: number, degrees: number): boolean {
  return Math.min(a, b) - value > degrees || value - Math.max(a, b) > degrees;
}

/** Metres to a segment that is straight in lon/lat, by golden section over the geodesic; Infinity where surely beyond `care`. */
function segmentDistance(a: Position, b: Position, position: Position, care: number): number {
  const degrees = care / 110_500;
  if (isBeyond(a[1], b[1], position[1], degrees)) return Infinity;
  if (isBeyond(a[0], b[0], position[0], degrees / Math.cos((position[1] * Math.PI) / 180))) return Infinity;
  const length = distance(a, b);
  const at = (t: number) => distance([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t], position);
  let [low, high] = [0, 1];
  while ((high - low) * length > 1e-6) {
    const step = (high - low) * GOLDEN;
    if (at(high - step) <= at(low + step)) high = low + step;
    else low = high - step;
  }
  return Math.min(at(0), at(1), at((low + high) / 2));
}
