// A feature table of an uploaded GeoPackage, or a table of attributes alone, whose positions then stand in columns. The file is foreign code: it is opened read-only and immutable, with the
// schema untrusted, and only plain tables are read, never views, virtual tables or generated columns.
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { fromBlob } from '../../store/gpkg/blob.ts';
import { unusable } from '../issues.ts';
import type { Source, SourceRow } from '../source.ts';

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

export async function readGeoPackage(path: string, tableAsked: string | null): Promise<Source> {
  const database = open(path);
  const { chosen, others } = chooseTable(database, tableAsked);
  const { table, column, srsId } = chosen;
  const columns = database
    .prepare('SELECT name, pk, hidden FROM pragma_table_xinfo(?)')
    .all(table)
    .filter((info) => info['hidden'] === 0 && info['name'] !== column)
    .map((info) => String(info['name']));
  return {
    encoding: 'utf-8',
    statedCrs: srsId === null ? null : crsOf(database, srsId),
    columns,
    hasGeometry: column !== null,
    notes:
      others.length === 0
        ? []
        : [
            {
              code: 'sheet_chosen',
              message: `只读取表“${table}”，未读：${others.join('、')} Only the table ${table} was read; not read: ${others.join(', ')}`,
            },
          ],
    rows: () => rowsOf(database, table, column, columns),
  };
}

function open(path: string): DatabaseSync {
  try {
    const url = `${pathToFileURL(path).href}?mode=ro&immutable=1`;
    const database = new DatabaseSync(new URL(url), { readOnly: true, allowExtension: false });
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0;');
    const check = database.prepare('PRAGMA quick_check(1)').get();
    if (check?.['quick_check'] !== 'ok') throw new Error('damaged');
    return database;
  } catch {
    throw unusable('geopackage_damaged', 'The GeoPackage cannot be opened: it is damaged or no SQLite file.');
  }
}

interface Table {
  readonly table: string;
  /** Of the geometry; null for a table of attributes alone. */
  readonly column: string | null;
  readonly srsId: number | null;
}

/** The table that was asked for, or the only one with features, or the only one with attributes. */
function chooseTable(database: DatabaseSync, asked: string | null): { chosen: Table; others: readonly string[] } {
  const features = featureTables(database);
  const attributes = attributeTables(database);
  const all = [...features, ...attributes];
  const fitting = asked !== null ? all.filter(({ table }) => table === asked) : features.length > 0 ? features : attributes;
  const [only] = fitting;
  if (fitting.length === 1 && only) {
    return { chosen: only, others: asked === null ? all.filter((one) => one !== only).map(({ table }) => table) : [] };
  }
  if (all.length === 0) throw unusable('no_feature_table', 'The GeoPackage has no table of features or attributes.');
  throw unusable('choose_table', `The GeoPackage has several tables (${all.map(({ table }) => table).join(', ')}). Name one as \`table\`.`);
}

const PLAIN = `JOIN sqlite_schema m ON m.name = t.table_name AND m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY 1`;

function featureTables(database: DatabaseSync): Table[] {
  try {
    return database
      .prepare(`SELECT t.table_name AS t, t.column_name AS c, t.srs_id AS s FROM gpkg_geometry_columns t ${PLAIN}`)
      .all()
      .map((row) => ({ table: String(row['t']), column: String(row['c']), srsId: Number(row['s']) }));
  } catch {
    throw unusable('not_a_geopackage', 'The file is SQLite but no GeoPackage: it has no list of feature tables.');
  }
}

/** Attributes of OGC 12-128r19, and what GDAL called aspatial before. */
function attributeTables(database: DatabaseSync): Table[] {
  try {
    return database
      .prepare(`SELECT t.table_name AS t FROM (SELECT * FROM gpkg_contents WHERE data_type IN ('attributes', 'aspatial')) t ${PLAIN}`)
      .all()
      .map((row) => ({ table: String(row['t']), column: null, srsId: null }));
  } catch {
    return [];
  }
}

function crsOf(database: DatabaseSync, srsId: number): string | null {
  const row = database
    .prepare('SELECT organization AS o, organization_coordsys_id AS c, definition AS d FROM gpkg_spatial_ref_sys WHERE srs_id = ?')
    .get(srsId);
  if (!row) return null;
  const organization = String(row['o']).toUpperCase();
  return organization === 'EPSG' ? `EPSG:${Number(row['c'])}` : String(row['d']);
}

async function* rowsOf(database: DatabaseSync, table: string, column: string | null, columns: readonly string[]): AsyncIterable<SourceRow> {
  const names = [...(column === null ? [] : [column]), ...columns].map(quoted).join(', ');
  const statement = database.prepare(`SELECT ${names} FROM ${quoted(table)}`);
  statement.setReadBigInts(true);
  let row = 0;
  for (const record of statement.iterate()) {
    row++;
    const values = new Map<string, unknown>();
    for (const name of columns) {
      const value = record[name];
      if (value instanceof Uint8Array) continue;
      values.set(name, typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value);
    }
    if (column === null) {
      yield { row, values };
      continue;
    }
    const blob = record[column];
    try {
      yield { row, values, geometry: blob instanceof Uint8Array ? fromBlob(blob) : null };
    } catch (error) {
      yield { row, values, fault: { code: 'geometry_unreadable', message: error instanceof Error ? error.message : 'unreadable' } };
    }
  }
}
