// The tables of the embedded store: a GeoPackage 1.3 that GDAL and QGIS open as it is.
//
// Version 1.3 rather than 1.4 because GDAL 3.6 and QGIS 3.22, which Debian 12 ships, warn on 1.4. The 1.3 R-tree
// triggers do not stand an UPSERT, so this store never uses one.
import type { DatabaseSync } from 'node:sqlite';
import type { Field, FieldType } from '../../domain/field.ts';
import { fieldsOf, LAYERS, type LayerDefinition, type LayerName } from '../../domain/layer.ts';
import { boundsOfBlob } from './blob.ts';

export const SCHEMA_VERSION = 4;

const SQL_TYPES: Readonly<Record<FieldType, string>> = {
  text: 'TEXT',
  integer: 'INTEGER',
  number: 'REAL',
  boolean: 'BOOLEAN',
  date: 'DATE',
  month_day: 'TEXT',
  code: 'TEXT',
  json: 'TEXT',
};

/** A name as SQL wants it. Names come from the catalogue of layers only, never from a request. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function historyTable(layer: LayerName): string {
  return `${layer}_history`;
}

/** The column type of a field, of those that GeoPackage 1.3 names. */
export function sqlTypeOf(field: Field): string {
  return field.name === 'updated_at' ? 'DATETIME' : SQL_TYPES[field.type];
}

/** Finds what was removed, the latest first, however long the history of the layer is. */
function indexRemovals(database: DatabaseSync, layer: LayerName): void {
  const history = historyTable(layer);
  database.exec(`CREATE INDEX IF NOT EXISTS ${quoted(`${history}_removed`)} ON ${quoted(history)} (ended_revision, fid) WHERE removed = 1`);
}

function columnsOf(layer: LayerName): string {
  return fieldsOf(layer)
    .map((field) => `${quoted(field.name)} ${sqlTypeOf(field)}`)
    .join(', ');
}

/** The functions that the R-tree triggers call; every connection that writes must have them. */
export function registerGeometryFunctions(database: DatabaseSync): void {
  const side = (index: 0 | 1 | 2 | 3) => (blob: unknown) => (blob instanceof Uint8Array ? (boundsOfBlob(blob)?.[index] ?? null) : null);
  const options = { deterministic: true };
  database.function('ST_MinX', options, side(0));
  database.function('ST_MinY', options, side(1));
  database.function('ST_MaxX', options, side(2));
  database.function('ST_MaxY', options, side(3));
  database.function('ST_IsEmpty', options, (blob) => (blob instanceof Uint8Array ? (boundsOfBlob(blob) === null ? 1 : 0) : null));
}

/** Makes the tables of an empty file. */
export function createSchema(database: DatabaseSync): void {
  createStandardTables(database);
  database.exec(STORE_TABLES);
  for (const layer of LAYERS) createLayer(database, layer);
  createAttributes(database, 'revisions', 'Every change: who, when, why');
  createAttributes(database, 'facts', 'Facts about the store as a whole');
  createRuleSets(database);
  database.prepare(`INSERT INTO facts (name, value) VALUES ('schema_version', ?)`).run(String(SCHEMA_VERSION));
}

/** Marks an empty file as a GeoPackage 1.3 and makes the tables that the standard wants in every one. */
export function createStandardTables(database: DatabaseSync): void {
  database.exec(STANDARD_TABLES);
  database.exec(`PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;`);
}

/** A table of features as the standard's own tables name it. Its columns `fid` and `geom` are there already. */
export interface FeatureTable {
  readonly table: string;
  readonly description: string;
  /** A row of gpkg_spatial_ref_sys. */
  readonly srsId: number;
  /** GEOMETRY where the table mixes types. */
  readonly geometryType: string;
}

/** Enters a feature table, and the R-tree that {@link rtreeOf} gives it, in the standard's tables. */
export function registerFeatures(database: DatabaseSync, { table, description, srsId, geometryType }: FeatureTable): void {
  database
    .prepare(`INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) VALUES (?, 'features', ?, ?, ?)`)
    .run(table, table, description, srsId);
  database.prepare(`INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)`).run(table, geometryType, srsId);
  database
    .prepare(
      `INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')`,
    )
    .run(table);
}

/** Registers a table without geometry. */
function createAttributes(database: DatabaseSync, table: string, description: string): void {
  database
    .prepare(`INSERT INTO gpkg_contents (table_name, data_type, identifier, description) VALUES (?, 'attributes', ?, ?)`)
    .run(table, table, description);
}

function createRuleSets(database: DatabaseSync): void {
  database.exec(`CREATE TABLE rule_sets (version INTEGER PRIMARY KEY, revision INTEGER NOT NULL, at DATETIME NOT NULL, by TEXT NOT NULL,
    reason TEXT, rules TEXT NOT NULL)`);
  createAttributes(database, 'rule_sets', 'Every set of rules that was in force');
}

/**
 * Brings an older file up to the catalogue: tables and columns that it lacks are added, nothing is taken away.
 * @throws Error for a file that a newer release wrote
 */
export function migrateSchema(database: DatabaseSync): void {
  const found = Number(database.prepare(`SELECT value FROM facts WHERE name = 'schema_version'`).get()?.['value']);
  if (found === SCHEMA_VERSION) return;
  if (found > SCHEMA_VERSION)
    throw new Error(`The store is of a newer release (schema ${found}, this one knows ${SCHEMA_VERSION}). Start that release.`);
  const columns = (table: string) =>
    new Set(
      database
        .prepare('SELECT name FROM pragma_table_info(?)')
        .all(table)
        .map((row) => String(row['name'])),
    );
  for (const layer of LAYERS) {
    if (columns(layer.name).size === 0) {
      createLayer(database, layer);
      continue;
    }
    for (const table of [layer.name, historyTable(layer.name)]) {
      const present = columns(table);
      for (const field of fieldsOf(layer.name)) {
        if (!present.has(field.name)) database.exec(`ALTER TABLE ${quoted(table)} ADD COLUMN ${quoted(field.name)} ${sqlTypeOf(field)}`);
      }
    }
    indexRemovals(database, layer.name);
  }
  if (columns('rule_sets').size === 0) createRuleSets(database);
  database.prepare(`UPDATE facts SET value = ? WHERE name = 'schema_version'`).run(String(SCHEMA_VERSION));
}

function createLayer(database: DatabaseSync, layer: LayerDefinition): void {
  const table = quoted(layer.name);
  const columns = columnsOf(layer.name);
  database.exec(`
    CREATE TABLE ${table} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom GEOMETRY, id TEXT NOT NULL UNIQUE, ${columns});
    CREATE TABLE ${quoted(historyTable(layer.name))} (
      fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom BLOB, id TEXT NOT NULL, ${columns},
      ended_revision INTEGER NOT NULL, removed BOOLEAN NOT NULL);
    CREATE INDEX ${quoted(`${layer.name}_history_id`)} ON ${quoted(historyTable(layer.name))} (id, revision);`);
  indexRemovals(database, layer.name);
  registerFeatures(database, {
    table: layer.name,
    description: `${layer.zh} ${layer.en}`,
    srsId: 4326,
    geometryType: 'GEOMETRY',
  });
  createAttributes(database, historyTable(layer.name), `${layer.zh}: earlier and removed revisions`);
  database.exec(rtreeOf(layer.name));
}

/** The R-tree of a feature table and the triggers that keep it (GeoPackage 1.3, annex F.3). */
export function rtreeOf(table: string): string {
  return rtreeTable(table) + rtreeTriggers(table);
}

/** The R-tree alone, to be filled before its triggers are made. */
export function rtreeTable(table: string): string {
  return `CREATE VIRTUAL TABLE ${quoted(`rtree_${table}_geom`)} USING rtree(id, minx, maxx, miny, maxy);`;
}

/** The triggers by which the R-tree follows its table. */
export function rtreeTriggers(table: string): string {
  const t = quoted(table);
  const r = quoted(`rtree_${table}_geom`);
  const name = (suffix: string) => quoted(`rtree_${table}_geom_${suffix}`);
  const box = 'ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)';
  const filled = '(NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))';
  const empty = '(NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))';
  return `
    CREATE TRIGGER ${name('insert')} AFTER INSERT ON ${t} WHEN ${filled}
      BEGIN INSERT OR REPLACE INTO ${r} VALUES (NEW.fid, ${box}); END;
    CREATE TRIGGER ${name('update1')} AFTER UPDATE OF geom ON ${t} WHEN OLD.fid = NEW.fid AND ${filled}
      BEGIN INSERT OR REPLACE INTO ${r} VALUES (NEW.fid, ${box}); END;
    CREATE TRIGGER ${name('update2')} AFTER UPDATE OF geom ON ${t} WHEN OLD.fid = NEW.fid AND ${empty}
      BEGIN DELETE FROM ${r} WHERE id = OLD.fid; END;
    CREATE TRIGGER ${name('update3')} AFTER UPDATE ON ${t} WHEN OLD.fid != NEW.fid AND ${filled}
      BEGIN DELETE FROM ${r} WHERE id = OLD.fid; INSERT OR REPLACE INTO ${r} VALUES (NEW.fid, ${box}); END;
    CREATE TRIGGER ${name('update4')} AFTER UPDATE ON ${t} WHEN OLD.fid != NEW.fid AND ${empty}
      BEGIN DELETE FROM ${r} WHERE id IN (OLD.fid, NEW.fid); END;
    CREATE TRIGGER ${name('delete')} AFTER DELETE ON ${t} WHEN OLD.geom NOT NULL
      BEGIN DELETE FROM ${r} WHERE id = OLD.fid; END;`;
}

const WGS84_WKT =
  'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]';

const STANDARD_TABLES = `
  CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
  INSERT INTO gpkg_spatial_ref_sys VALUES
    ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL),
    ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
    ('WGS 84 geodetic', 4326, 'EPSG', 4326, '${WGS84_WKT}', 'longitude/latitude in degrees');
  CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
    description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
    min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
  CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
    srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
  CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
    scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));`;

const STORE_TABLES = `
  CREATE TABLE revisions (revision INTEGER PRIMARY KEY, at DATETIME NOT NULL, by TEXT NOT NULL, reason TEXT, import_id TEXT);
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);`;
