// Rows that passed, waiting in a file of their own until the writer takes them in one transaction. Memory stays
// bounded however many rows there are, and a crash leaves nothing but a file that the next start removes.
import { DatabaseSync } from 'node:sqlite';
import type { Feature, Geometry, Properties } from '../domain/feature.ts';
import type { PossibleDuplicate } from '../domain/importReport.ts';
import { fromWkb, toWkb } from '../geo/wkb.ts';

export interface StagedRow {
  readonly row: number;
  readonly feature: Feature;
}

export interface RejectedRow {
  readonly row: number;
  readonly reasons: string;
  /** Column → cell, as the file had it. */
  readonly cells: Readonly<Record<string, string>>;
  readonly line?: number;
}

/** What was put right in a row: the codes, and the geometry as the file has it. */
export interface Mended {
  readonly codes: readonly string[];
  readonly before: unknown;
}

/** A row that passed, on its way into the staging file. */
export interface AcceptedRow extends StagedRow {
  /** Kept only where the row may still be refused. */
  readonly cells?: Readonly<Record<string, string>>;
  readonly mended?: Mended;
}

export interface StagingWriter {
  /** The row that has this id already, or null. */
  rowOf(id: string): number | null;
  accept(row: AcceptedRow): void;
  reject(row: RejectedRow): void;
}

export class Staging {
  private readonly database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.database = database;
  }

  static create(path: string): Staging {
    const database = new DatabaseSync(path);
    // not durable on purpose: the file is worthless after a crash
    database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
      CREATE TABLE accepted (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, geometry BLOB, properties TEXT NOT NULL, cells TEXT, mended TEXT);
      CREATE TABLE rejected (row INTEGER NOT NULL, reasons TEXT NOT NULL, cells TEXT NOT NULL, line INTEGER);
      CREATE TABLE named (key TEXT NOT NULL, row INTEGER NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL);
      BEGIN;`);
    return new Staging(database);
  }

  static open(path: string): Staging {
    return new Staging(new DatabaseSync(path));
  }

  /** Statements for a run of rows. */
  writer(): StagingWriter {
    const accepted = this.database.prepare('INSERT INTO accepted VALUES (?, ?, ?, ?, ?, ?)');
    const rejected = this.database.prepare('INSERT INTO rejected VALUES (?, ?, ?, ?)');
    const twin = this.database.prepare('SELECT row FROM accepted WHERE id = ?');
    const named = this.database.prepare('INSERT INTO named VALUES (?, ?, ?, ?)');
    return {
      rowOf: (id) => {
        const found = twin.get(id)?.['row'];
        return found === undefined ? null : Number(found);
      },
      accept: ({ row, feature, cells, mended }) => {
        const { id, geometry, properties } = feature;
        accepted.run(
          row,
          id,
          geometry ? toWkb(geometry) : null,
          JSON.stringify(properties),
          cells ? JSON.stringify(cells) : null,
          mended ? JSON.stringify(mended) : null,
        );
        const name = properties['name'];
        if (geometry?.type === 'Point' && typeof name === 'string' && name !== '')
          named.run(`${name} ${geometry.coordinates.join(' ')}`, row, id, name);
      },
      reject: ({ row, reasons, cells, line }) => {
        rejected.run(row, reasons, JSON.stringify(cells), line ?? null);
      },
    };
  }

  /** Rows beyond the first of those that have the same position. */
  stacked(): number {
    const row = this.database
      .prepare('SELECT count(geometry) - count(DISTINCT geometry) AS n FROM accepted WHERE length(geometry) = 21')
      .get();
    return Number(row?.['n'] ?? 0);
  }

  /** Rows of the same name at the same place. */
  sameNameAndPlace(most: number): PossibleDuplicate[] {
    const groups = this.database
      .prepare('SELECT key, name FROM named GROUP BY key HAVING count(*) > 1 ORDER BY min(row) LIMIT ?')
      .all(most);
    const rows = this.database.prepare('SELECT row, id FROM named WHERE key = ? ORDER BY row LIMIT 20');
    return groups.map((group) => ({
      name: String(group['name']),
      rows: rows.all(String(group['key'])).map((row) => ({ row: Number(row['row']), id: String(row['id']) })),
    }));
  }

  /** Rows without a position. */
  *unplaced(): Generator<StagedRow> {
    for (const record of this.database.prepare('SELECT * FROM accepted WHERE geometry IS NULL ORDER BY row').iterate())
      yield stagedRow(record);
  }

  /** Gives a row a position after all. */
  place(row: number, geometry: Geometry, properties: Properties): void {
    this.database
      .prepare('UPDATE accepted SET geometry = ?, properties = ? WHERE row = ?')
      .run(toWkb(geometry), JSON.stringify(properties), row);
  }

  /** How a row that passed stood in its file, to be handed back with the reason why it was not taken after all. */
  cellsOf(row: number): Readonly<Record<string, string>> {
    const cells = this.database.prepare('SELECT cells FROM accepted WHERE row = ?').get(row)?.['cells'];
    return typeof cells === 'string' ? (JSON.parse(cells) as Record<string, string>) : {};
  }

  /** Rows that were put right, first ones first, with how they were before. */
  *mended(most: number): Generator<StagedRow & { readonly mended: Mended }> {
    for (const record of this.database.prepare('SELECT * FROM accepted WHERE mended IS NOT NULL ORDER BY row LIMIT ?').iterate(most)) {
      yield { ...stagedRow(record), mended: JSON.parse(String(record['mended'])) as Mended };
    }
  }

  finish(): void {
    this.database.exec('COMMIT');
  }

  *accepted(most = -1): Generator<StagedRow> {
    for (const record of this.database.prepare('SELECT * FROM accepted ORDER BY row LIMIT ?').iterate(most)) yield stagedRow(record);
  }

  /** Ids in batches, to ask the store which of them it has. */
  *ids(batch: number): Generator<{ row: number; id: string }[]> {
    let list: { row: number; id: string }[] = [];
    for (const record of this.database.prepare('SELECT row, id FROM accepted ORDER BY row').iterate()) {
      list.push({ row: Number(record['row']), id: String(record['id']) });
      if (list.length === batch) {
        yield list;
        list = [];
      }
    }
    if (list.length > 0) yield list;
  }

  *rejected(): Generator<RejectedRow> {
    for (const record of this.database.prepare('SELECT * FROM rejected ORDER BY row').iterate()) {
      yield {
        row: Number(record['row']),
        reasons: String(record['reasons']),
        cells: JSON.parse(String(record['cells'])) as Record<string, string>,
      };
    }
  }

  close(): void {
    this.database.close();
  }
}

function stagedRow(record: Record<string, unknown>): StagedRow {
  const blob = record['geometry'];
  return {
    row: Number(record['row']),
    feature: {
      id: String(record['id']),
      geometry: blob instanceof Uint8Array ? fromWkb(blob) : null,
      properties: JSON.parse(String(record['properties'])) as Properties,
    },
  };
}
