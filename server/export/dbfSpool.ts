// The attribute table of a large shapefile. How wide a column must be is known only behind the last row, so the cells wait in
// a file of their own until then. What a .dbf cannot hold is shortened or left out, counted, and handed to whoever keeps it.
import { closeSync, openSync, readSync } from 'node:fs';
import type { FieldType } from '../domain/field.ts';
import type { PropertyValue } from '../domain/feature.ts';
import { Problem } from '../domain/problem.ts';
import { DBF_END, dbfHeader, MAX_TEXT_BYTES, recordBytesOf, type DbfField } from './dbf.ts';
import { FileSink, type ByteSink } from './fileSink.ts';
import { writeGbk } from '../exchange/gbk.ts';
import type { Losses } from './losses.ts';

export interface SpooledColumn {
  /** Name in the table, at most 10 bytes. */
  readonly name: string;
  /** Name of the field, under which losses are counted. */
  readonly field: string;
  readonly type: FieldType;
}

/** A text that the table could not hold whole. */
export interface Overlong {
  readonly id: string;
  readonly column: SpooledColumn;
  readonly text: string;
}

/** GDAL's own width for a double: 17 digits, sign, point and exponent. */
const NUMBER_BYTES = 24;
const MOST_DECIMALS = 15;
/** Widths below which later edits would be cut. */
const LEAST: Readonly<Record<'C' | 'N', number>> = { C: 16, N: 10 };
/** Readers hold offsets in signed 32-bit numbers of bytes. */
const MOST_BYTES = 2 ** 31 - 1;
const NONE = 0xffff;
const SPACE = 0x20;
/** A day as type D holds it. Dates before 1900 are read back as empty by some, the importer here among them. */
const DAY = /^(19|[2-9]\d)\d\d-\d\d-\d\d$/;

/** What a column's cells need, learnt as they come. */
interface Need {
  longest: number;
  /** Digits and sign before the point, and digits behind it, of numbers without an exponent. */
  whole: number;
  decimals: number;
  /** Something that type D does not hold. */
  notDay: boolean;
}

export class DbfSpool {
  rows = 0;
  private readonly path: string;
  private readonly columns: readonly SpooledColumn[];
  private readonly losses: Losses;
  private readonly keep: (overlong: Overlong) => void;
  private readonly sink: FileSink;
  private readonly needs: Need[];
  private readonly record: Buffer;

  /** @param path of the waiting cells; the caller removes the file */
  constructor(path: string, columns: readonly SpooledColumn[], losses: Losses, keep: (overlong: Overlong) => void) {
    this.path = path;
    this.columns = columns;
    this.losses = losses;
    this.keep = keep;
    this.sink = new FileSink(path);
    this.needs = columns.map(() => ({ longest: 0, whole: 0, decimals: 0, notDay: false }));
    this.record = Buffer.allocUnsafe(columns.length * (2 + MAX_TEXT_BYTES));
  }

  /** Takes a row; `values` stand in the order of the columns. */
  add(id: string, values: readonly (PropertyValue | undefined)[]): void {
    let at = 0;
    for (const [i, column] of this.columns.entries()) {
      const length = this.put(id, column, this.needs[i] as Need, values[i] ?? null, at + 2);
      this.record.writeUInt16LE(length, at);
      at += 2 + (length === NONE ? 0 : length);
    }
    this.sink.write(this.record.subarray(0, at));
    this.rows++;
  }

  /** Writes one cell into the record; answers its bytes, or NONE for an empty one. */
  private put(id: string, column: SpooledColumn, need: Need, value: PropertyValue, at: number): number {
    if (value === null) return NONE;
    const text = textOf(column.type, value);
    if (text === '') {
      this.losses.add(column.field, 'empty_text');
      return NONE;
    }
    if (column.type === 'number' || column.type === 'integer') learnNumber(need, text);
    if (column.type === 'date' && !DAY.test(text)) need.notDay = true;
    if (text.endsWith(' ')) this.losses.add(column.field, 'trailing_space');
    const written = writeGbk(text, this.record, at, MAX_TEXT_BYTES);
    if (written.cut) this.keep({ id, column, text });
    // half a JSON text is none
    if (written.cut && column.type === 'json') {
      this.losses.add(column.field, 'value_left_out');
      return NONE;
    }
    if (written.cut) this.losses.add(column.field, 'text_cut');
    if (written.replaced > 0) this.losses.add(column.field, 'character_replaced');
    need.longest = Math.max(need.longest, written.length);
    return written.length;
  }

  /** Writes the table. @throws Problem 422 where it would be larger than readers can open */
  writeTo(sink: ByteSink, modified: Date): void {
    this.sink.end();
    const fields = this.columns.map((column, i) => fieldOf(column, this.needs[i] as Need));
    const header = dbfHeader(fields, this.rows, 'gbk', modified);
    const recordBytes = recordBytesOf(fields);
    assertFits(header.length + recordBytes * this.rows);
    sink.write(header);
    const record = Buffer.alloc(recordBytes);
    const cells = new CellReader(this.path);
    for (let row = 0; row < this.rows; row++) {
      record.fill(SPACE);
      let at = 1;
      for (const field of fields) {
        cells.next(record, at, field);
        at += field.length;
      }
      sink.write(record);
    }
    cells.close();
    sink.write(Uint8Array.of(DBF_END));
  }
}

/** @throws Problem 422 for more bytes than a part of a shapefile may have */
export function assertFits(bytes: number): void {
  if (bytes <= MOST_BYTES) return;
  throw new Problem(
    422,
    'shapefile_too_large',
    'Shapefile 每个部分至多 2 GB，本图层装不下；请导出 gpkg A part of a shapefile holds at most 2 GB, and this layer needs more: export as gpkg.',
  );
}

function textOf(type: FieldType, value: Exclude<PropertyValue, null>): string {
  switch (type) {
    case 'json':
      return JSON.stringify(value);
    case 'boolean':
      return value === true ? 'T' : 'F';
    case 'number':
    case 'integer':
      return typeof value === 'number' ? numberText(value) : '';
    default:
      return typeof value === 'string' ? value : JSON.stringify(value);
  }
}

/** A number with all its digits: plain where that is short, else with an exponent. It always fits NUMBER_BYTES. */
export function numberText(value: number): string {
  const text = String(value);
  if (text.includes('e')) return text;
  const decimals = text.length - 1 - text.indexOf('.');
  return text.length > NUMBER_BYTES || (text.includes('.') && decimals > MOST_DECIMALS) ? value.toExponential() : text;
}

function learnNumber(need: Need, text: string): void {
  if (text.includes('e')) return;
  const point = text.indexOf('.');
  need.whole = Math.max(need.whole, point < 0 ? text.length : point);
  if (point >= 0) need.decimals = Math.max(need.decimals, text.length - 1 - point);
}

function fieldOf({ name, type }: SpooledColumn, need: Need): DbfField {
  switch (type) {
    case 'boolean':
      return { name, type: 'L', length: 1 };
    case 'date':
      return need.notDay ? { name, type: 'C', length: Math.max(need.longest, LEAST.C) } : { name, type: 'D', length: 8 };
    case 'integer':
      return { name, type: 'N', length: Math.max(need.longest, LEAST.N) };
    case 'number': {
      // without decimals readers would take the column for whole numbers
      const decimals = Math.max(1, need.decimals);
      const length = Math.min(NUMBER_BYTES, Math.max(need.longest, need.whole + 1 + decimals, LEAST.N));
      return { name, type: 'N', length, decimals: Math.min(decimals, length - 2) };
    }
    default:
      return { name, type: 'C', length: Math.max(need.longest, LEAST.C) };
  }
}

/** Reads the waiting cells back in order. */
class CellReader {
  private readonly file: number;
  private bytes = Buffer.allocUnsafe(1024 * 1024);
  private at = 0;
  private end = 0;

  constructor(path: string) {
    this.file = openSync(path, 'r');
  }

  /** Puts the next cell into a record of blanks, as its field wants it. */
  next(record: Buffer, at: number, field: DbfField): void {
    this.need(2);
    const length = this.bytes.readUInt16LE(this.at);
    this.at += 2;
    if (length === NONE) return; // blanks are no value in every type; `?` of type L is read as a text by GDAL
    this.need(length);
    const cell = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    if (field.type === 'N') record.write(aligned(cell.toString('latin1'), field), at, 'latin1');
    else if (field.type === 'D') record.write(cell.toString('latin1').replaceAll('-', ''), at, 'latin1');
    else record.set(cell, at);
  }

  private need(bytes: number): void {
    if (this.end - this.at >= bytes) return;
    this.bytes.copy(this.bytes, 0, this.at, this.end);
    this.end -= this.at;
    this.at = 0;
    this.end += readSync(this.file, this.bytes, this.end, this.bytes.length - this.end, null);
    if (this.end < bytes) throw new Error('the waiting cells end early');
  }

  close(): void {
    closeSync(this.file);
  }
}

/** A number to the right of its cell, with the decimals that its column states where they fit. */
function aligned(text: string, { length, decimals = 0 }: DbfField): string {
  if (decimals === 0 || text.includes('e')) return text.padStart(length);
  const point = text.indexOf('.');
  const missing = decimals - (point < 0 ? 0 : text.length - 1 - point);
  const whole = `${text}${point < 0 ? '.' : ''}${'0'.repeat(missing)}`;
  return (whole.length <= length ? whole : text).padStart(length);
}
