// A feature table of an uploaded GeoPackage. The file is foreign code: it is opened read-only and immutable, with the
// schema untrusted, and only plain tables are read, never views, virtual tables or generated columns.
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { fromBlob } from '../../store/gpkg/blob.ts';
import { unusable } from '../issues.ts';
import type { Source, SourceRow } from '../source.ts';

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

export async function readGeoPackage(path: string, tableAsked: string | null): Promise<Source> {
  const database = open(path);
  const { table, column, srsId } = featureTable(database, tableAsked);
  const columns = database
    .prepare('SELECT name, pk, hidden FROM pragma_table_xinfo(?)')
    .all(table)
    .filter((info) => info['hidden'] === 0 && info['name'] !== column)
    .map((info) => String(info['name']));
  return {
    encoding: 'utf-8',
    statedCrs: crsOf(database, srsId),
    columns,
    hasGeometry: true,
    notes: [],
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

function featureTable(database: DatabaseSync, asked: string | null): { table: string; column: string; srsId: number } {
  let tables: { table: string; column: string; srsId: number }[];
  try {
    tables = database
      .prepare(
        `SELECT g.table_name AS t, g.column_name AS c, g.srs_id AS s FROM gpkg_geometry_columns g
         JOIN sqlite_schema m ON m.name = g.table_name AND m.type = 'table' AND m.sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY 1`,
      )
      .all()
      .map((row) => ({ table: String(row['t']), column: String(row['c']), srsId: Number(row['s']) }));
  } catch {
    throw unusable('not_a_geopackage', 'The file is SQLite but no GeoPackage: it has no feature tables.');
  }
  const found = asked === null ? tables : tables.filter((one) => one.table === asked);
  if (found.length === 1 && found[0]) return found[0];
  const names = tables.map((one) => one.table).join(', ');
  if (tables.length === 0) throw unusable('no_feature_table', 'The GeoPackage has no feature table.');
  throw unusable('choose_table', `The GeoPackage has several feature tables (${names}). Name one as \`table\`.`);
}

function crsOf(database: DatabaseSync, srsId: number): string | null {
  const row = database
    .prepare('SELECT organization AS o, organization_coordsys_id AS c, definition AS d FROM gpkg_spatial_ref_sys WHERE srs_id = ?')
    .get(srsId);
  if (!row) return null;
  const organization = String(row['o']).toUpperCase();
  return organization === 'EPSG' ? `EPSG:${Number(row['c'])}` : String(row['d']);
}

async function* rowsOf(database: DatabaseSync, table: string, column: string, columns: readonly string[]): AsyncIterable<SourceRow> {
  const names = [column, ...columns].map(quoted).join(', ');
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
    const blob = record[column];
    try {
      yield { row, values, geometry: blob instanceof Uint8Array ? fromBlob(blob) : null };
    } catch (error) {
      yield { row, values, fault: { code: 'geometry_unreadable', message: error instanceof Error ? error.message : 'unreadable' } };
    }
  }
  database.close();
}
