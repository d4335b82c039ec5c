// Rows that passed, waiting in a file of their own until the writer takes them in one transaction. Memory stays
// bounded however many rows there are, and a crash leaves nothing but a file that the next start removes.
import { DatabaseSync } from 'node:sqlite';
import type { Feature, Properties } from '../domain/feature.ts';
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
      CREATE TABLE accepted (row INTEGER PRIMARY KEY, id TEXT NOT NULL, geometry BLOB, properties TEXT NOT NULL);
      CREATE INDEX accepted_id ON accepted (id);
      CREATE TABLE rejected (row INTEGER NOT NULL, reasons TEXT NOT NULL, cells TEXT NOT NULL);
      BEGIN;`);
    return new Staging(database);
  }

  static open(path: string): Staging {
    return new Staging(new DatabaseSync(path));
  }

  /** Statements for a run of rows. */
  writer(): { accept(row: number, feature: Feature): void; reject(row: RejectedRow): void } {
    const accepted = this.database.prepare('INSERT INTO accepted VALUES (?, ?, ?, ?)');
    const rejected = this.database.prepare('INSERT INTO rejected VALUES (?, ?, ?)');
    return {
      accept: (row, feature) => {
        accepted.run(row, feature.id, feature.geometry ? toWkb(feature.geometry) : null, JSON.stringify(feature.properties));
      },
      reject: ({ row, reasons, cells }) => {
        rejected.run(row, reasons, JSON.stringify(cells));
      },
    };
  }

  finish(): void {
    this.database.exec('COMMIT');
  }

  *accepted(): Generator<StagedRow> {
    for (const record of this.database.prepare('SELECT * FROM accepted ORDER BY row').iterate()) {
      const blob = record['geometry'];
      yield {
        row: Number(record['row']),
        feature: {
          id: String(record['id']),
          geometry: blob instanceof Uint8Array ? fromWkb(blob) : null,
          properties: JSON.parse(String(record['properties'])) as Properties,
        },
      };
    }
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
