// Reads a GeoPackage with SQLite alone: a consistent copy of the live file, and its rows as WKB and JSON.
import { DatabaseSync } from 'node:sqlite';

/** Bytes of the envelope by the indicator in bits 1 to 3 of the flags (OGC 12-128r18, 2.1.3). */
const ENVELOPE_BYTES = [0, 32, 48, 48, 64];

export interface SourceRow {
  readonly id: string;
  /** Hexadecimal WKB in EPSG:4326, null where the row has no place. */
  readonly wkb: string | null;
  /** The other columns. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Copies the committed state of a store that another program may be writing to. */
export function copyStore(from: string, to: string): void {
  const database = new DatabaseSync(from, { readOnly: true, timeout: 5000 });
  try {
    database.prepare('VACUUM INTO ?').run(to);
  } finally {
    database.close();
  }
}

/** All rows of one feature table, in the order of their fid; none when the file lacks the table. */
export function readLayer(path: string, table: string, geometryColumn = 'geom'): SourceRow[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const known = database.prepare(`SELECT 1 FROM gpkg_contents WHERE table_name = ? AND data_type = 'features'`).get(table);
    if (!known) return [];
    const rows: SourceRow[] = [];
    for (const row of database.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}" ORDER BY fid`).iterate()) {
      const { fid, id, [geometryColumn]: blob, ...properties } = row;
      rows.push({ id: String(id ?? fid), wkb: blob instanceof Uint8Array ? wkbOf(blob) : null, properties });
    }
    return rows;
  } finally {
    database.close();
  }
}

/** The rules in force: those of the latest version. @throws Error for a store without rules */
export function readRules(path: string): { id: string; parameters?: unknown }[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const row = database.prepare('SELECT rules FROM rule_sets ORDER BY version DESC LIMIT 1').get();
    if (!row) throw new Error('the store has no rules');
    return (JSON.parse(String(row['rules'])) as { rules: { id: string; parameters?: unknown }[] }).rules;
  } finally {
    database.close();
  }
}

/** The WKB inside a GeoPackage blob as hexadecimal; null for an empty geometry. */
export function wkbOf(blob: Uint8Array): string | null {
  const flags = blob[3];
  if (blob[0] !== 0x47 || blob[1] !== 0x50 || flags === undefined) throw new Error('a geometry is no GeoPackage blob');
  if ((flags & 0b1_0000) !== 0) return null;
  const envelope = ENVELOPE_BYTES[(flags >> 1) & 7];
  if (envelope === undefined) throw new Error('a GeoPackage blob has an unknown envelope');
  return Buffer.from(blob.subarray(8 + envelope)).toString('hex');
}
