// PostGIS as its experts would set it up for this work. Tuned, each step measured at a million households:
// - geometry in a transverse Mercator of the district, GiST, CLUSTER by the index, VACUUM (FREEZE, ANALYZE), jit off,
//   512 MB of work_mem so that no hash or sort goes to disk;
// - discs by ST_DWithin (4 times as fast as by buffers); margins buffered beforehand with 32 segments a quarter circle,
//   overlapping parts united, and all cut by ST_Subdivide to 96 vertices (twice as fast as whole; 16 to 512 tried), so
//   that boxes fit and nothing is read from TOAST;
// - figures by zone and once-counted totals from one pass over the pairs by GROUPING SETS, without a second join (a
//   materialized list, DISTINCT, a temporary table and arrays by unit are 7 to 40 % slower);
// - two workers with parallel costs at zero, which makes the planner use them at every size;
// - drawn polygons by a prepared statement with plan_cache_mode=force_custom_plan on lon/lat, whole, or cut by
//   ST_Subdivide to 128 vertices where there are more than 256;
// - tiles from points in Web Mercator with their own clustered index, unclipped (points need none), 64 of 4,096 units beyond the edge.
import type { Client } from 'pg';
import { toWkb } from '../../../server/geo/wkb.ts';
import { repeat, timed } from '../measure.ts';
import { pairKey, pairKeys } from '../pairs.ts';
import type { PairKeys, PeerDrawn, PeerReference, PeerResult, Plan, Polygon, Totals, World, ZoneCount } from '../types.ts';
import { LOCAL_ZONE } from './postgisTables.ts';

const AREAS = `
  CREATE TABLE disc AS SELECT zone, reach, ST_Transform(lonlat, ${LOCAL_ZONE}) AS geom FROM source WHERE kind = 'disc';
  CREATE TABLE line AS SELECT zone, reach, ST_Transform(ST_Segmentize(lonlat, 0.0018), ${LOCAL_ZONE}) AS geom FROM source WHERE kind = 'margin';
  CREATE TABLE piece AS SELECT zone, ST_Subdivide(geom, 96) AS geom FROM (
    SELECT zone, ST_Buffer(geom, reach, 'quad_segs=32') AS geom FROM line
    UNION ALL SELECT zone, ST_Union(ST_Transform(lonlat, ${LOCAL_ZONE})) FROM source WHERE kind = 'area' GROUP BY zone) whole;
  CREATE TABLE line_piece AS SELECT zone, reach, ST_Subdivide(geom, 12) AS geom FROM line;
  ALTER TABLE disc SET (parallel_workers = 2);
  ALTER TABLE piece SET (parallel_workers = 2)`;

const COLUMNS = 'zone, no, people, vulnerable, school';
const IN_DISCS = `SELECT ${COLUMNS} FROM disc z JOIN unit u ON ST_DWithin(z.geom, u.geom, reach)`;
const BY_AREAS = `${IN_DISCS} UNION ALL SELECT ${COLUMNS} FROM piece z JOIN unit u ON ST_Intersects(z.geom, u.geom)`;
const BY_DISTANCES = `${IN_DISCS}
  UNION ALL SELECT DISTINCT ${COLUMNS} FROM line_piece z JOIN unit u ON ST_DWithin(z.geom, u.geom, reach)
  UNION ALL SELECT ${COLUMNS} FROM source z JOIN unit u ON ST_Intersects(z.lonlat, u.lonlat) WHERE kind = 'area' AND parts = 1
  UNION ALL SELECT DISTINCT ${COLUMNS} FROM source z JOIN unit u ON ST_Intersects(z.lonlat, u.lonlat) WHERE kind = 'area' AND parts > 1`;

/** One pass groups by zone and by unit; the groups by unit then make the row without a zone. */
const figures = (pairs: string) => `
  SELECT zone, (CASE WHEN zone IS NULL THEN count(*) FILTER (WHERE NOT school) ELSE sum(households) END)::int AS households,
    (CASE WHEN zone IS NULL THEN sum(one) ELSE sum(people) END)::int AS people,
    sum(vulnerable)::int AS vulnerable, (count(*) FILTER (WHERE school))::int AS schools
  FROM (SELECT zone, no, count(*) FILTER (WHERE NOT school) AS households, sum(people) AS people, max(people) AS one,
      max(vulnerable) AS vulnerable, bool_or(school) AS school
    FROM (${pairs}) pair GROUP BY GROUPING SETS ((zone), (no))) grouped
  GROUP BY zone`;

interface FigureRow extends Totals {
  readonly zone: number | null;
}

const AREAS_CAUSE = 'buffers are polygons inside the true margin, and the projection moves edges that positions lie on';

const WAYS = [
  {
    way: 'areas, serial',
    pairs: BY_AREAS,
    workers: 0,
    cause: AREAS_CAUSE,
  },
  { way: 'areas, two workers', pairs: BY_AREAS, workers: 2, cause: AREAS_CAUSE },
  { way: 'distances, serial', pairs: BY_DISTANCES, workers: 0, cause: 'lengths of the projection are not those of the ellipsoid' },
] as const;

/** @param db with the tables of `loadTables` */
export async function runPostgis(db: Client, world: World, plan: Plan): Promise<PeerResult> {
  await db.query(`SET jit = off; SET work_mem = '512MB'; SET plan_cache_mode = force_custom_plan; SET max_parallel_workers_per_gather = 0`);
  const [areas] = await timed(() => db.query(AREAS));
  for (const table of ['disc', 'piece', 'line_piece']) await db.query(`VACUUM (FREEZE, ANALYZE) ${table}`);
  const reference: PeerReference[] = [];
  for (const way of WAYS) reference.push(await referenceJob(db, world, plan.runs, way));
  const drawn = [
    await drawnJob(db, plan, 'whole', () => false),
    await drawnJob(db, plan, 'cut above 256 vertices', (polygon) => (polygon.coordinates[0]?.length ?? 0) > 256),
  ];
  const tiles = await tilesJob(db, plan);
  return {
    peer: 'PostGIS',
    versions: await versionsOf(db),
    preparation: [{ what: 'areas (buffers, unions, subdivision)', ms: areas }],
    reference,
    drawn,
    tiles,
    notes: [
      'work_mem 512 MB, jit off, tables in memory, one connection over TCP on the same machine',
      'its index keeps boxes in single precision (1 m in Web Mercator), so tiles hold a few more households',
    ],
  };
}

async function versionsOf(db: Client): Promise<Record<string, string>> {
  const { rows } = await db.query<{ server: string; postgis: string; geos: string; proj: string }>(
    `SELECT current_setting('server_version') AS server, postgis_lib_version() AS postgis, postgis_geos_version() AS geos, postgis_proj_version() AS proj`,
  );
  const { server = '', postgis = '', geos = '', proj = '' } = rows[0] ?? {};
  return { PostgreSQL: server, PostGIS: postgis, GEOS: geos, PROJ: proj.split(' ')[0] ?? proj };
}

async function referenceJob(db: Client, world: World, runs: number, way: (typeof WAYS)[number]): Promise<PeerReference> {
  const costs = way.workers > 0 ? '0' : 'DEFAULT';
  await db.query(`SET max_parallel_workers_per_gather = ${way.workers}; SET parallel_setup_cost = ${costs}; SET parallel_tuple_cost = ${costs};
    SET min_parallel_table_scan_size = ${costs}; SET min_parallel_index_scan_size = ${costs}`);
  const { ms, answer } = await repeat(runs, () => db.query<FigureRow>(figures(way.pairs)));
  const pairs = way.workers > 0 ? null : await pairsOf(db, world, way.pairs);
  await db.query('SET max_parallel_workers_per_gather = 0');
  return { way: way.way, ms, ...figuresOf(world, answer.rows), pairs, cause: way.cause };
}

function figuresOf(world: World, rows: readonly FigureRow[]): { byZone: ZoneCount[]; totals: Totals } {
  const byZone = world.zones.map(({ name }) => ({ name, households: 0, people: 0 }));
  let totals: Totals = { households: 0, people: 0, vulnerable: 0, schools: 0 };
  for (const { zone, households, people, vulnerable, schools } of rows) {
    const row = zone === null ? undefined : byZone[zone];
    if (row) Object.assign(row, { households, people });
    else totals = { households, people, vulnerable, schools };
  }
  return { byZone, totals };
}

/** The pairs of a query with `zone`, `no` and `school`, not timed. */
export async function pairsOf(db: Client, world: World, pairs: string): Promise<PairKeys> {
  const { rows } = await db.query<{ zone: number; list: string }>(
    `SELECT zone, string_agg(no::text, ' ') AS list FROM (${pairs}) pair WHERE NOT school GROUP BY zone`,
  );
  const lists = rows.map(({ zone, list }) => Float64Array.from(list.split(' '), (no) => pairKey(world, zone, Number(no))));
  const keys = new Float64Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    keys.set(list, at);
    at += list.length;
  }
  return pairKeys(keys);
}

const DRAWN = {
  whole: `SELECT count(*)::int AS households, sum(people) AS people, sum(vulnerable) AS vulnerable
    FROM unit WHERE ST_Intersects(ST_GeomFromWKB($1, 4326), lonlat) AND NOT school`,
  cut: `SELECT count(*)::int AS households, sum(people) AS people, sum(vulnerable) AS vulnerable
    FROM ST_Subdivide(ST_GeomFromWKB($1, 4326), 128) AS piece JOIN unit ON ST_Intersects(piece, lonlat) AND NOT school`,
};

async function drawnJob(db: Client, plan: Plan, way: string, isCut: (polygon: Polygon) => boolean): Promise<PeerDrawn> {
  const ask = async (polygon: Polygon) => {
    const name = isCut(polygon) ? 'cut' : 'whole';
    const values = [Buffer.from(toWkb(polygon))];
    const { rows } = await db.query<{ households: number }>({ name: `drawn-${name}`, text: DRAWN[name], values });
    return rows[0]?.households ?? 0;
  };
  for (const polygon of plan.drawn.slice(0, 20)) await ask(polygon);
  const answers: [number, number][] = [];
  for (const polygon of plan.drawn) answers.push(await timed(() => ask(polygon)));
  return { way, ms: answers.map(([ms]) => ms), figures: answers.map(([, figure]) => figure) };
}

const MERCATOR = `CREATE TABLE mercator AS SELECT no, people, ST_Transform(lonlat, 3857) AS geom FROM unit WHERE NOT school;
  CREATE INDEX mercator_geom ON mercator USING gist (geom); CLUSTER mercator USING mercator_geom`;
const TILE = `SELECT ST_AsMVT(t, 'households', 4096, 'geom', 'no') AS tile, count(*)::int AS count FROM (
  SELECT no, people, ST_AsMVTGeom(geom, ST_TileEnvelope($1, $2, $3), 4096, 64, false) AS geom
  FROM mercator WHERE geom && ST_TileEnvelope($1, $2, $3, margin => 64.0 / 4096)) t`;

async function tilesJob(db: Client, plan: Plan): Promise<PeerResult['tiles']> {
  await db.query(MERCATOR);
  await db.query('VACUUM (FREEZE, ANALYZE) mercator');
  const ask = ({ z, x, y }: Plan['tiles'][number]) =>
    db.query<{ tile: Buffer; count: number }>({ name: 'tile', text: TILE, values: [z, x, y] });
  for (const tile of plan.tiles.slice(0, 20)) await ask(tile);
  const ms: number[] = [];
  let count = 0;
  for (const tile of plan.tiles) {
    const [time, { rows }] = await timed(() => ask(tile));
    ms.push(time);
    count += rows[0]?.count ?? 0;
  }
  return { ms, count };
}
