// PostGIS as the second opinion of tests: raw features go in, and the server's answer is compared with what they make.
import type { Client as Database } from 'pg';
import { ask } from '../../scripts/verify/answer.ts';
import { INSTALL_LINE, postgisBinaries, startCluster, type Cluster } from '../../scripts/verify/cluster.ts';
import { insertAnswer, runStep, type Disagreement } from '../../scripts/verify/recount.ts';
import type { Client } from './server.ts';

/** A cluster, or null where PostGIS is missing and its tests are to be skipped. In CI its lack is a failure. */
export async function postgisOrSkip(): Promise<Cluster | null> {
  if (postgisBinaries()) return startCluster();
  if (process.env['CI'] === 'true') throw new Error(INSTALL_LINE);
  process.stderr.write(`${INSTALL_LINE} (its tests are skipped)\n`);
  return null;
}

export interface RawFeature {
  readonly id: string;
  /** GeoJSON in lon/lat */
  readonly geometry: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
}

const texts = (features: readonly RawFeature[]) => [
  features.map((f) => f.id),
  features.map((f) => JSON.stringify(f.geometry)),
  features.map((f) => JSON.stringify(f.properties ?? {})),
];
const FEATURES =
  'unnest($1::text[], $2::text[], $3::text[]) AS t(id, g, p), LATERAL (SELECT ST_SetSRID(ST_GeomFromGeoJSON(g), 4326) AS geom) j';

/** A database of its own with the tables of the recount, filled with raw features by rules that a test states itself. */
export class Oracle {
  readonly database: Database;

  private constructor(database: Database) {
    this.database = database;
  }

  static async open(cluster: Cluster, name: string): Promise<Oracle> {
    const database = await cluster.database(name);
    await runStep(database, '1-tables');
    return new Oracle(database);
  }

  /** People, accuracy (position_accuracy_m) and boarders are taken from the properties. */
  async units(kind: 'households' | 'schools', features: readonly RawFeature[]): Promise<void> {
    await this.database.query(
      `INSERT INTO unit (kind, id, geom, is_point, accuracy, people, boarders)
       SELECT '${kind}', id, geom, ST_Dimension(geom) = 0, (p::jsonb->>'position_accuracy_m')::float8, (p::jsonb->>'people')::float8, (p::jsonb->>'boarders')::float8 FROM ${FEATURES}`,
      texts(features),
    );
  }

  /** Other ids for units that were filled in by the row of their file. */
  async renameUnits(pairs: readonly (readonly [from: string, to: string])[]): Promise<void> {
    const { rowCount } = await this.database.query(
      'UPDATE unit SET id = t.b FROM unnest($1::text[], $2::text[]) AS t(a, b) WHERE id = t.a',
      [pairs.map(([a]) => a), pairs.map(([, b]) => b)],
    );
    if (rowCount !== pairs.length) throw new Error(`${rowCount} of ${pairs.length} rows were found`);
  }

  /** Polygons that count as they are. */
  async areas(layer: string, features: readonly RawFeature[]): Promise<void> {
    await this.database.query(
      `INSERT INTO zone (zone, layer, shape, geom) SELECT '${layer}:' || id, '${layer}', 'area', geom FROM ${FEATURES}`,
      texts(features),
    );
  }

  /** Hazard points of the geological register with `radius_m`. */
  async discs(features: readonly RawFeature[]): Promise<void> {
    await this.database.query(
      `INSERT INTO zone (zone, layer, shape, geom, reach, register)
       SELECT 'hazard-points:' || id, 'hazard-points', 'disc', geom, (p::jsonb->>'radius_m')::float8, 'geological' FROM ${FEATURES}`,
      texts(features),
    );
  }

  /** Subsidence zones whose danger line lies `margin` metres off, by the test's own sum. */
  async margins(features: readonly RawFeature[], margin: number): Promise<void> {
    await this.database.query(
      `INSERT INTO zone (zone, layer, shape, geom, reach) SELECT 'subsidence-zones:' || id, 'subsidence-zones', 'margin', geom, $4::float8 FROM ${FEATURES}`,
      [...texts(features), margin],
    );
  }

  /** River sections with `river`, `bank`, `width_left_m` and `width_right_m`. */
  async sections(features: readonly RawFeature[]): Promise<void> {
    await this.database.query(
      `INSERT INTO section SELECT 'river-sections:' || id, p::jsonb->>'river', geom,
         CASE WHEN p::jsonb->>'bank' = 'right' THEN 0 ELSE (p::jsonb->>'width_left_m')::float8 END,
         CASE WHEN p::jsonb->>'bank' = 'left' THEN 0 ELSE (p::jsonb->>'width_right_m')::float8 END FROM ${FEATURES}`,
      texts(features),
    );
  }

  /** Counts, asks the server, and answers what differs, with how many pairs PostGIS found inside. */
  async compare(client: Client): Promise<Comparison> {
    await runStep(this.database, '3-strips');
    await runStep(this.database, '4-pairs');
    await insertAnswer(this.database, await ask((path) => client.json(path)));
    await runStep(this.database, '5-compare');
    const { rows } = await this.database.query<Disagreement>('SELECT * FROM disagreement ORDER BY subject, zone, kind, id');
    const lines = (subjects: readonly string[]) =>
      rows
        .filter((row) => subjects.includes(row.subject))
        .map((row) => [row.subject, row.zone, row.kind, row.id, row.detail].filter(Boolean).join(' '));
    const count = await this.database.query<{ n: number }>('SELECT count(*)::int AS n FROM pair WHERE inside');
    return {
      pairs: count.rows[0]?.n ?? 0,
      membership: lines(['zone', 'pair']),
      certainty: lines(['certain', 'possible', 'certainty']),
      figures: lines(['figure']),
    };
  }
}

export interface Comparison {
  /** Units inside zones, by PostGIS. */
  readonly pairs: number;
  readonly membership: readonly string[];
  readonly certainty: readonly string[];
  readonly figures: readonly string[];
}

/** Uploads a layer and insists that every feature was taken. */
export async function importAll(
  client: Client,
  layer: string,
  features: readonly RawFeature[],
  defaults: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const text = JSON.stringify({
    type: 'FeatureCollection',
    features: features.map(({ id, geometry, properties }) => ({ type: 'Feature', id, geometry, properties: { id, ...properties } })),
  });
  const report = await client.report(`${layer}.geojson`, text, { layer, defaults: JSON.stringify(defaults) });
  if (report.httpStatus !== 201 || report.accepted !== features.length) {
    throw new Error(
      `${layer}: ${report.httpStatus}, ${report.accepted} of ${features.length} taken: ${JSON.stringify(report.issues?.slice(0, 3))}`,
    );
  }
}

/** Numbers in [0, 1) that are the same in every run (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
