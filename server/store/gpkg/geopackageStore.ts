// The embedded store. One writer; readers open the same file read-only and see every committed revision (WAL).
import { chmodSync, existsSync } from 'node:fs';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { Feature } from '../../domain/feature.ts';
import { fieldsOf, isLayerName, LAYERS, type LayerName } from '../../domain/layer.ts';
import type { RuleSet, RuleSetEntry } from '../../domain/rules.ts';
import type { Bounds } from '../../domain/service.ts';
import { joinBounds } from '../../geo/bounds.ts';
import type {
  ChangeContext,
  Commit,
  Fact,
  FeatureRevision,
  FeatureStore,
  ImportedChange,
  Query,
  StoredFeature,
  Transaction,
} from '../store.ts';
import { boundsOfBlob } from './blob.ts';
import { fromRow, toRow, type Row } from './row.ts';
import { createSchema, historyTable, migrateSchema, quoted, registerGeometryFunctions } from './schema.ts';
import { whereOf } from './sql.ts';

/** Releases with the WAL-reset fault that can lose commits: 3.7.0 to 3.51.2 (3.52.0 was withdrawn). */
export function assertSoundSqlite(version: string): void {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const number = major * 1_000_000 + minor * 1000 + patch;
  const backported = version === '3.50.7' || version === '3.44.6';
  if ((number < 3_051_003 && !backported) || version === '3.52.0') {
    throw new Error(`SQLite ${version} can lose committed writes. Start with the Node.js that npm installs here (npm start).`);
  }
}

/** Opens the store, making it when the file is not there. `readOnly` for every thread but the writer's. */
export function openGeoPackage(path: string, options: { readOnly: boolean }): FeatureStore {
  const isNew = !existsSync(path);
  const database = new DatabaseSync(path, { readOnly: options.readOnly, timeout: 5000 });
  const version = database.prepare('SELECT sqlite_version() AS v').get()?.['v'];
  assertSoundSqlite(String(version));
  if (!options.readOnly) {
    registerGeometryFunctions(database);
    // FULL: an acknowledged write is on the disk, power cut or not
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536;');
    if (isNew) chmodSync(path, 0o600);
    database.exec('BEGIN IMMEDIATE');
    if (isNew) createSchema(database);
    else migrateSchema(database);
    database.exec('COMMIT');
  }
  return new GeoPackageStore(database);
}

class GeoPackageStore implements FeatureStore {
  private readonly database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private queue: Promise<unknown> = Promise.resolve();
  private dataVersion: number;

  constructor(database: DatabaseSync) {
    this.database = database;
    this.dataVersion = this.readDataVersion();
  }

  /** A prepared statement, kept for the next use. Only for statements that are run to their end at once. */
  private sql(text: string): StatementSync {
    let statement = this.statements.get(text);
    if (!statement) {
      statement = this.database.prepare(text);
      this.statements.set(text, statement);
    }
    return statement;
  }

  private readDataVersion(): number {
    return Number(this.database.prepare('PRAGMA data_version').get()?.['data_version']);
  }

  async revision(): Promise<number> {
    return Number(this.sql('SELECT coalesce(max(revision), 0) AS r FROM revisions').get()?.['r']);
  }

  async fact(name: Fact): Promise<string | null> {
    const value = this.sql('SELECT value FROM facts WHERE name = ?').get(name)?.['value'];
    return typeof value === 'string' ? value : null;
  }

  async setFact(name: Fact, value: string): Promise<void> {
    this.sql('DELETE FROM facts WHERE name = ?').run(name);
    this.sql('INSERT INTO facts (name, value) VALUES (?, ?)').run(name, value);
  }

  async get(layer: LayerName, id: string): Promise<StoredFeature | null> {
    const row = this.sql(`SELECT * FROM ${quoted(layer)} WHERE id = ?`).get(id);
    return row ? fromRow(fieldsOf(layer), row) : null;
  }

  async *select(layer: LayerName, query: Query = {}): AsyncIterable<StoredFeature> {
    const where = whereOf(layer, query);
    const limit = query.limit === undefined ? '' : ` LIMIT ${Math.max(0, Math.trunc(query.limit))}`;
    const fields = fieldsOf(layer);
    // prepared anew: an iteration may still be open when the same query comes again
    const statement = this.database.prepare(`SELECT f.* FROM ${quoted(layer)} f ${where.text} ORDER BY f.fid${limit}`);
    for (const row of statement.iterate(...where.values)) yield fromRow(fields, row);
  }

  async count(layer: LayerName, query: Query = {}): Promise<number> {
    const where = whereOf(layer, query);
    const row = this.database.prepare(`SELECT count(*) AS n FROM ${quoted(layer)} f ${where.text}`).get(...where.values);
    return Number(row?.['n']);
  }

  async history(layer: LayerName, id: string): Promise<FeatureRevision[]> {
    const fields = fieldsOf(layer);
    const past = this.database.prepare(`SELECT * FROM ${quoted(historyTable(layer))} WHERE id = ? ORDER BY revision, fid`).all(id) as Row[];
    const current = this.database.prepare(`SELECT * FROM ${quoted(layer)} WHERE id = ?`).get(id);
    const revisions: FeatureRevision[] = [];
    let alive = false;
    for (const row of current ? [...past, current] : past) {
      const feature = fromRow(fields, row);
      revisions.push({ ...feature, ...this.note(feature.revision), operation: alive ? 'changed' : 'created' });
      alive = true;
      if (Number(row['removed'] ?? 0) === 1) {
        revisions.push({ ...feature, ...this.note(Number(row['ended_revision'])), operation: 'removed' });
        alive = false;
      }
    }
    return revisions;
  }

  async removed(layer: LayerName, { id, limit }: { readonly id?: string; readonly limit: number }): Promise<FeatureRevision[]> {
    const [table, past] = [quoted(layer), quoted(historyTable(layer))];
    // by the partial index of removals (schema.ts); rows of history are in the order in which they ended
    const rows = this.database
      .prepare(
        `SELECT h.* FROM ${past} h WHERE h.removed = 1 ${id === undefined ? '' : 'AND h.id = ?'}
         AND NOT EXISTS (SELECT 1 FROM ${table} f WHERE f.id = h.id)
         AND NOT EXISTS (SELECT 1 FROM ${past} later WHERE later.id = h.id AND later.fid > h.fid)
         ORDER BY h.ended_revision DESC, h.fid DESC LIMIT ?`,
      )
      .all(...(id === undefined ? [] : [id]), Math.max(0, Math.trunc(limit))) as Row[];
    const fields = fieldsOf(layer);
    return rows.map((row) => {
      const { id: its, geometry, properties } = fromRow(fields, row);
      return { id: its, geometry, properties, ...this.note(Number(row['ended_revision'])), operation: 'removed' };
    });
  }

  async ruleSets(): Promise<RuleSetEntry[]> {
    return this.sql('SELECT * FROM rule_sets ORDER BY version DESC').all().map(ruleSetEntry);
  }

  async rules(): Promise<RuleSetEntry | null> {
    const row = this.sql('SELECT * FROM rule_sets ORDER BY version DESC LIMIT 1').get();
    return row ? ruleSetEntry(row) : null;
  }

  async importedChanges(importId: string): Promise<ImportedChange[] | null> {
    const row = this.sql('SELECT revision FROM revisions WHERE import_id = ?').get(importId);
    if (!row) return null;
    const revision = Number(row['revision']);
    return LAYERS.filter((layer) => layer.derived !== true).flatMap(({ name }) => this.changesAt(name, revision));
  }

  private changesAt(layer: LayerName, revision: number): ImportedChange[] {
    const fields = fieldsOf(layer);
    const past = quoted(historyTable(layer));
    const before = new Map<string, Feature>();
    for (const row of this.database.prepare(`SELECT * FROM ${past} WHERE ended_revision = ?`).all(revision)) {
      const { id, geometry, properties } = fromRow(fields, row);
      before.set(id, { id, geometry, properties });
    }
    const ids = (sql: string) =>
      this.database
        .prepare(sql)
        .all(revision)
        .map((row) => String(row['id']));
    const untouched = ids(`SELECT id FROM ${quoted(layer)} WHERE revision = ?`);
    const replaced = ids(`SELECT id FROM ${past} WHERE revision = ?`);
    const madeAgain = ids(
      `SELECT h.id FROM ${past} h JOIN ${quoted(layer)} f USING (id) WHERE h.ended_revision = ? AND h.removed AND f.revision > h.ended_revision`,
    );
    const since = new Set([...replaced, ...madeAgain]);
    return [...new Set([...untouched, ...before.keys(), ...since])].map((id) => ({
      layer,
      id,
      before: before.get(id) ?? null,
      changedSince: since.has(id),
    }));
  }

  private note(revision: number): { revision: number; at: string; by: string; reason: string | null } {
    const row = this.sql('SELECT at, by, reason FROM revisions WHERE revision = ?').get(revision);
    return {
      revision,
      at: String(row?.['at'] ?? ''),
      by: String(row?.['by'] ?? ''),
      reason: typeof row?.['reason'] === 'string' ? row['reason'] : null,
    };
  }

  async extent(layer: LayerName): Promise<Bounds | null> {
    const row = this.sql(`SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?`).get(layer);
    if (!row || row['min_x'] === null) return null;
    return [Number(row['min_x']), Number(row['min_y']), Number(row['max_x']), Number(row['max_y'])];
  }

  async lastChange(layer: LayerName): Promise<string | null> {
    const row = this.sql(`SELECT max(updated_at) AS at FROM ${quoted(layer)}`).get();
    return typeof row?.['at'] === 'string' ? row['at'] : null;
  }

  async changedOutside(): Promise<boolean> {
    const now = this.readDataVersion();
    const changed = now !== this.dataVersion;
    this.dataVersion = now;
    return changed;
  }

  async close(): Promise<void> {
    await this.queue.catch(() => undefined);
    this.statements.clear();
    this.database.close();
  }

  transact<T>(context: ChangeContext, work: (transaction: Transaction) => Promise<T>): Promise<Commit<T>> {
    const run = this.queue.then(() => this.runTransaction(context, work));
    this.queue = run.catch(() => undefined);
    return run;
  }

  private async runTransaction<T>(context: ChangeContext, work: (transaction: Transaction) => Promise<T>): Promise<Commit<T>> {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const before = await this.revision();
      const at = new Date().toISOString();
      const changed = new Map<LayerName, Bounds | null>();
      const transaction = new OpenTransaction(this, this.sql.bind(this), before + 1, at, context, changed);
      const result = await work(transaction);
      const isChange = changed.size > 0 || transaction.rulesChanged;
      if (isChange) {
        this.sql('INSERT INTO revisions (revision, at, by, reason, import_id) VALUES (?, ?, ?, ?, ?)').run(
          before + 1,
          at,
          context.by,
          context.reason,
          context.importId ?? null,
        );
        await this.widenContents(changed, at);
      }
      this.database.exec('COMMIT');
      return { revision: isChange ? before + 1 : before, result };
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    }
  }

  /** The extent in gpkg_contents is only ever widened: GDAL takes it as a hint, and it is never too small. */
  private async widenContents(changed: ReadonlyMap<LayerName, Bounds | null>, at: string): Promise<void> {
    for (const [layer, bounds] of changed) {
      const all = joinBounds(await this.extent(layer), bounds);
      this.sql(`UPDATE gpkg_contents SET last_change = ?, min_x = ?, min_y = ?, max_x = ?, max_y = ? WHERE table_name = ?`).run(
        at,
        ...(all ?? [null, null, null, null]),
        layer,
      );
    }
  }
}

class OpenTransaction implements Transaction {
  readonly revision: number;
  rulesChanged = false;
  private readonly store: GeoPackageStore;
  private readonly sql: (text: string) => StatementSync;
  private readonly at: string;
  private readonly context: ChangeContext;
  private readonly changed: Map<LayerName, Bounds | null>;

  constructor(
    store: GeoPackageStore,
    sql: (text: string) => StatementSync,
    revision: number,
    at: string,
    context: ChangeContext,
    changed: Map<LayerName, Bounds | null>,
  ) {
    this.store = store;
    this.sql = sql;
    this.revision = revision;
    this.at = at;
    this.context = context;
    this.changed = changed;
  }

  get(layer: LayerName, id: string): Promise<StoredFeature | null> {
    return this.store.get(layer, id);
  }

  select(layer: LayerName, query?: Query): AsyncIterable<StoredFeature> {
    return this.store.select(layer, query);
  }

  count(layer: LayerName, query?: Query): Promise<number> {
    return this.store.count(layer, query);
  }

  async put(layer: LayerName, feature: Feature): Promise<void> {
    const fields = fieldsOf(layer);
    const properties = {
      ...feature.properties,
      revision: this.revision,
      updated_at: this.at,
      updated_by: this.context.by,
    };
    const values: SQLInputValue[] = toRow(fields, { ...feature, properties });
    const names = ['geom', 'id', ...fields.map((field) => quoted(field.name))];
    if (this.toHistory(layer, feature.id, false)) {
      this.sql(`UPDATE ${quoted(layer)} SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`).run(...values, feature.id);
    } else {
      this.sql(`INSERT INTO ${quoted(layer)} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`).run(...values);
    }
    const blob = values[0];
    this.touch(layer, blob instanceof Uint8Array ? boundsOfBlob(blob) : null);
  }

  async remove(layer: LayerName, id: string): Promise<boolean> {
    if (!this.toHistory(layer, id, true)) return false;
    this.sql(`DELETE FROM ${quoted(layer)} WHERE id = ?`).run(id);
    this.touch(layer, null);
    return true;
  }

  async putRules(set: RuleSet): Promise<void> {
    // the rules that a new store begins with are no change of it
    const begins = this.revision === 1 && (await this.store.rules()) === null;
    this.sql('INSERT INTO rule_sets (version, revision, at, by, reason, rules) VALUES (?, ?, ?, ?, ?, ?)').run(
      set.version,
      begins ? 0 : this.revision,
      this.at,
      this.context.by,
      this.context.reason,
      JSON.stringify(set),
    );
    this.rulesChanged = !begins;
  }

  /** Copies the current row to history; false when there is none. A row made in this very revision leaves no trace. */
  private toHistory(layer: LayerName, id: string, removed: boolean): boolean {
    const columns = ['geom', 'id', ...fieldsOf(layer).map((field) => field.name)].map(quoted).join(', ');
    const copied = this.sql(
      `INSERT INTO ${quoted(historyTable(layer))} (${columns}, ended_revision, removed)
       SELECT ${columns}, ?, ? FROM ${quoted(layer)} WHERE id = ?`,
    ).run(this.revision, removed ? 1 : 0, id);
    return copied.changes !== 0;
  }

  private touch(layer: LayerName, bounds: Bounds | null): void {
    if (!isLayerName(layer)) throw new Error(`no layer ${String(layer)}`);
    this.changed.set(layer, joinBounds(this.changed.get(layer) ?? null, bounds));
  }
}

/** Written by this service alone, so its form is trusted. */
function ruleSetEntry(row: Row): RuleSetEntry {
  return {
    version: Number(row['version']),
    revision: Number(row['revision']),
    at: String(row['at']),
    by: String(row['by']),
    reason: typeof row['reason'] === 'string' ? row['reason'] : null,
    set: JSON.parse(String(row['rules'])) as RuleSet,
  };
}
