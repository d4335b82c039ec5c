// Margins and directed areas beside PostGIS: the union of one buffer a segment, which its 1 % simplification leaves alone (the
// buffer of a whole line is offset from a simplified one), in a transverse Mercator centred on the shape by PROJ.
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Geometry, Position } from '../../server/domain/feature.ts';
import { boundsOf } from '../../server/geo/bounds.ts';
import { toWkb } from '../../server/geo/wkb.ts';
import { loadKernel, type GeometryKernel } from '../../server/zones/kernel/geos.ts';
import { outlineOf } from '../../server/zones/kernel/outline.ts';
import { aroundBody, heading } from '../../server/zones/points/directedArea.ts';
import { setDown } from '../support/oracle/offsetGeodesic.ts';
import { AREAS, LINES, logBetween } from '../support/oracle/offsetShapes.ts';
import { postgisOrSkip, seeded } from '../support/postgis.ts';

const cluster = await postgisOrSkip();
afterAll(() => cluster?.stop());

const PLACES: readonly Position[] = [
  [20, 0],
  [105, 26],
  [113.5, 38],
  [25, 60],
  [150, -33],
];

/** The source in its own frame, cut to 0.001° first because its edges are straight in lon/lat; and our outline there. */
const IN_FRAME = `
  WITH raw AS (SELECT ST_Transform(ST_Segmentize(ST_GeomFromWKB($1, 4326), 0.001), $3::text) AS source, ST_Transform(ST_GeomFromWKB($2, 4326), $3::text) AS ours),
  given AS (SELECT CASE WHEN ST_Dimension(source) = 2 THEN ST_MakeValid(source) ELSE source END AS source, ours FROM raw),
  piece AS (SELECT d.geom FROM given, ST_DumpSegments(source) d WHERE ST_Length(d.geom) > 0)`;

/** Metres that ours reaches beyond theirs and theirs beyond ours, and the mean width of what only one of them holds. */
const COMPARED = `
  SELECT (SELECT max(ST_Distance(p.geom, theirs)) FROM ST_DumpPoints(ours) p) AS wide,
    (SELECT max(ST_Distance(p.geom, ours)) FROM ST_DumpPoints(theirs) p) AS narrow,
    ST_Area(ST_SymDifference(ours, theirs)) / ST_Perimeter(ours) AS strip
  FROM given, their`;

const WITH_AREA = `SELECT ST_Union(geom) AS theirs FROM (SELECT geom FROM offset_piece UNION ALL SELECT source FROM given WHERE ST_Dimension(source) = 2) part`;
const MARGIN = `${IN_FRAME},
  offset_piece AS (SELECT ST_Buffer(geom, $4::float8, 'quad_segs=' || $5::int) AS geom FROM piece),
  their AS (${WITH_AREA}) ${COMPARED}`;
/** Each segment with a parallelogram at both of its ends: their hull is all that the moving parallelogram covers. */
const DIRECTED = `${IN_FRAME},
  offset_piece AS (SELECT ST_ConvexHull(ST_Collect(ST_Translate(reach, ST_X(p.geom), ST_Y(p.geom)))) AS geom
    FROM piece, LATERAL ST_DumpPoints(piece.geom) p, (SELECT ST_GeomFromText($4::text) AS reach) r GROUP BY piece.geom),
  their AS (${WITH_AREA.replace('SELECT source', 'SELECT ST_SetSRID(source, 0)')}) ${COMPARED}`;

interface Compared {
  readonly wide: number;
  readonly narrow: number;
  readonly strip: number;
}

/** Metres. */
const CLOSE = 0.02;
const SAGITTA = 0.01;

function faultOf(named: string, { wide, narrow, strip }: Compared): string[] {
  if ([wide, narrow, strip].some((metres) => typeof metres !== 'number')) return [`${named}: PostGIS made nothing`];
  const right = wide < CLOSE && narrow < CLOSE + SAGITTA && strip < SAGITTA;
  return right ? [] : [`${named}: ${wide.toFixed(3)} m too wide, ${narrow.toFixed(3)} m too narrow, a strip of ${strip.toFixed(4)} m`];
}

function frameOf(source: Geometry): string {
  const [west, south, east, north] = boundsOf(source);
  return `+proj=tmerc +lat_0=${(south + north) / 2} +lon_0=${(west + east) / 2} +k=1 +x_0=0 +y_0=0 +ellps=WGS84 +units=m +no_defs`;
}

/** Segments a quarter circle for a sagitta of 2 mm. */
const fine = (margin: number) => Math.max(8, Math.ceil(Math.PI / 4 / Math.acos(1 - 0.002 / Math.max(margin, 0.01))));

describe.skipIf(!cluster)('beside PostGIS', () => {
  let kernel: GeometryKernel;
  let database: Client;
  beforeAll(async () => {
    if (!cluster) return;
    kernel = await loadKernel();
    database = await cluster.database('offsets');
  });
  const wkb = (geometry: Geometry) => Buffer.from(toWkb(geometry));
  const ask = async (query: string, source: Geometry, ours: Geometry, more: readonly unknown[]): Promise<Compared> => {
    const { rows } = await database.query<Compared>(query, [wkb(source), wkb(ours), frameOf(source), ...more]);
    return rows[0] as Compared;
  };
  const made = (seed: number, count: number, kinds: Readonly<Record<string, (typeof AREAS)[string]>>, most: number) => {
    const random = seeded(seed);
    const list = Object.entries(kinds);
    return Array.from({ length: count }, (_, i) => {
      const [kind, make] = list[i % list.length] as (typeof list)[number];
      const [size, reach] = [logBetween(random, 5, 3000), logBetween(random, 0.5, most)];
      const where = PLACES[Math.floor(random() * PLACES.length)] as Position;
      const named = `${i}: ${kind} of ${size.toFixed(1)} m at ${where.join()}, reach ${reach.toFixed(2)} m`;
      return { named, source: setDown(make(random, size), where), reach, bearing: 360 * random() };
    });
  };

  test('margins of 0.5 m to 1.5 km around areas and lines are its margins', { timeout: 120_000 }, async () => {
    const faults: string[] = [];
    for (const { named, source, reach } of made(61, 500, { ...AREAS, ...LINES }, 1500)) {
      const ours = outlineOf({ kind: 'margin', geometry: source, margin: reach }, kernel);
      faults.push(...faultOf(named, await ask(MARGIN, source, ours, [reach, fine(reach)])));
    }
    expect(faults).toEqual([]);
  });

  test('directed areas are the hulls that it makes of each edge', { timeout: 120_000 }, async () => {
    const faults: string[] = [];
    for (const { named, source, reach, bearing } of made(62, 300, AREAS, 500)) {
      const ours = aroundBody(source, bearing, { ahead: reach, back: reach / 5, aside: reach / 3 }, kernel);
      const [x, y] = heading(bearing);
      const corner = (along: number, left: number) => `${along * x - left * y} ${along * y + left * x}`;
      const corners = [corner(reach, -reach / 3), corner(reach, reach / 3), corner(-reach / 5, reach / 3), corner(-reach / 5, -reach / 3)];
      faults.push(...faultOf(named, await ask(DIRECTED, source, ours, [`POLYGON((${[...corners, corners[0]].join()}))`])));
    }
    expect(faults).toEqual([]);
  });
});
