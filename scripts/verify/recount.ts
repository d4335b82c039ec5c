// Recounts a store in PostGIS and lists where the server's answer differs. Shares no code with the server: the steps are
// the SQL files beside this one, fed with the source layers of the GeoPackage.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from 'pg';
import type { ServerAnswer } from './answer.ts';
import { readLayer, readRules, type SourceRow } from './geopackage.ts';

const SQL = join(import.meta.dirname, 'sql');
const SOURCE_LAYERS = [
  'hazard-points',
  'danger-zones',
  'hazard-areas',
  'subsidence-zones',
  'river-sections',
  'households',
  'schools',
  'townships',
] as const;
const BATCH = 5000;

export interface Disagreement {
  /** zone, pair, certain, possible, certainty or figure */
  readonly subject: string;
  readonly zone: string | null;
  readonly kind: string | null;
  readonly id: string | null;
  readonly detail: string;
}

export interface LayerCount {
  readonly layer: string;
  readonly zones: number;
  /** Households and schools in them, by the recount. */
  readonly pairs: number;
  readonly disagreements: number;
}

export interface Outcome {
  readonly layers: readonly LayerCount[];
  readonly disagreements: number;
  readonly first: readonly Disagreement[];
  /** Pairs whose distance to an edge lies within 2 cm of the accuracy: certain or possible as the server says. */
  readonly tolerated: number;
  readonly figures: number;
}

/** Runs one of the SQL files. */
export async function runStep(
  client: Client,
  name: '1-tables' | '2-points' | '2-areas' | '3-strips' | '4-pairs' | '5-compare',
): Promise<void> {
  await client.query(await readFile(join(SQL, `${name}.sql`), 'utf8'));
}

/** Rows into `source`. */
export async function insertRows(client: Client, layer: string, rows: readonly SourceRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += BATCH) {
    const batch = rows.slice(at, at + BATCH);
    await client.query(
      `INSERT INTO source (layer, id, geom, p) SELECT $1, id, ST_GeomFromWKB(decode(wkb, 'hex'), 4326), p::jsonb
       FROM unnest($2::text[], $3::text[], $4::text[]) AS t(id, wkb, p)`,
      [layer, batch.map((row) => row.id), batch.map((row) => row.wkb), batch.map((row) => JSON.stringify(row.properties))],
    );
  }
}

/** The server's lists and figures into `answer`, `answer_zone` and `answer_figure`. */
export async function insertAnswer(client: Client, answer: ServerAnswer): Promise<void> {
  await client.query(`CREATE TABLE answer (list text, kind text, id text, zone text, certainty text);
    CREATE TABLE answer_zone (zone text); CREATE TABLE answer_figure (base text, at text, block text, key text, name text, value numeric)`);
  const columns = <T, K extends keyof T>(rows: readonly T[], ...names: K[]) => names.map((name) => rows.map((row) => row[name]));
  for (let at = 0; at < answer.pairs.length; at += BATCH * 4) {
    const batch = answer.pairs.slice(at, at + BATCH * 4);
    await client.query(
      'INSERT INTO answer SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])',
      columns(batch, 'list', 'kind', 'id', 'zone', 'certainty'),
    );
  }
  await client.query('INSERT INTO answer_zone SELECT * FROM unnest($1::text[])', [answer.zones]);
  for (let at = 0; at < answer.figures.length; at += BATCH * 4) {
    const batch = answer.figures.slice(at, at + BATCH * 4);
    await client.query(
      'INSERT INTO answer_figure SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::numeric[])',
      columns(batch, 'base', 'at', 'block', 'key', 'name', 'value'),
    );
  }
  await client.query('CREATE INDEX ON answer (list, zone, kind, id); ANALYZE answer; ANALYZE answer_figure');
}

/** @param path the GeoPackage, which nothing may write to meanwhile */
export async function recount(client: Client, path: string, answer: ServerAnswer): Promise<Outcome> {
  await runStep(client, '1-tables');
  for (const rule of readRules(path))
    await client.query('INSERT INTO rule VALUES ($1, $2)', [rule.id, JSON.stringify(rule.parameters ?? {})]);
  for (const layer of SOURCE_LAYERS) await insertRows(client, layer, readLayer(path, layer));
  await client.query('ANALYZE source');
  await runStep(client, '2-points');
  await runStep(client, '2-areas');
  await runStep(client, '3-strips');
  await runStep(client, '4-pairs');
  await insertAnswer(client, answer);
  await runStep(client, '5-compare');
  return outcomeOf(client);
}

async function outcomeOf(client: Client): Promise<Outcome> {
  const layers = await client.query<LayerCount>(`
    SELECT z.layer, count(*)::int AS zones, coalesce(sum(p.n), 0)::int AS pairs, coalesce(sum(d.n), 0)::int AS disagreements
    FROM (SELECT zone, split_part(zone, ':', 1) AS layer FROM zone UNION SELECT zone, split_part(zone, ':', 1) FROM answer_zone) z
    LEFT JOIN (SELECT zone, count(*) AS n FROM pair WHERE inside GROUP BY 1) p USING (zone)
    LEFT JOIN (SELECT zone, count(*) AS n FROM disagreement GROUP BY 1) d USING (zone)
    GROUP BY 1 ORDER BY 1`);
  const counts = await client.query<{ disagreements: number; tolerated: number; figures: number }>(
    `SELECT (SELECT count(*)::int FROM disagreement) AS disagreements, (SELECT count(*)::int FROM tolerated) AS tolerated, (SELECT count(*)::int FROM answer_figure) AS figures`,
  );
  const first = await client.query<Disagreement>(`SELECT subject, zone, kind, id, detail FROM disagreement
    ORDER BY array_position(ARRAY['zone', 'pair', 'certain', 'possible', 'certainty', 'figure'], subject), zone, kind, id LIMIT 20`);
  const { disagreements = 0, tolerated = 0, figures = 0 } = counts.rows[0] ?? {};
  return { layers: layers.rows, disagreements, tolerated, figures, first: first.rows };
}
