// The attribute table of a shapefile: dBASE III with fixed-width fields. Nothing is ever cut to fit.
import { encodeGbk } from '../exchange/gbk.ts';

export type DbfEncoding = 'gbk' | 'utf-8';

export type DbfValue = string | number | Date | null | undefined;

/** A column: C text, N number, D date, L true or false. `length` counts bytes in the chosen encoding; D is always 8, L is 1. */
export interface DbfField {
  readonly name: string;
  readonly type: 'C' | 'N' | 'D' | 'L';
  readonly length: number;
  readonly decimals?: number;
}

const NAME_BYTES = 10;
/** Bytes of a text at most. */
export const MAX_TEXT_BYTES = 254;
const MAX_NUMBER_BYTES = 32;
const MAX_RECORD_BYTES = 65_535;
/** What ends the table. */
export const DBF_END = 0x1a;
const HEADER_BYTES = 32;
const DESCRIPTOR_BYTES = 32;
const SPACE = 0x20;
/** Language driver 0x4D says code page 936; UTF-8 has no driver number and is told by the .cpg file. */
const LANGUAGE_DRIVER: Record<DbfEncoding, number> = { gbk: 0x4d, 'utf-8': 0x00 };

const MOST_BYTES: Record<DbfField['type'], number> = { C: MAX_TEXT_BYTES, N: MAX_NUMBER_BYTES, D: 8, L: 1 };

const utf8 = new TextEncoder();

/** Bytes of a text in the encoding of the table. */
export function encodeText(text: string, encoding: DbfEncoding): Uint8Array {
  return encoding === 'gbk' ? encodeGbk(text) : utf8.encode(text);
}

function checkFields(fields: readonly DbfField[], encoding: DbfEncoding): Uint8Array[] {
  if (fields.length === 0) throw new Error('a DBF table needs at least one field');
  const seen = new Set<string>();
  return fields.map((field) => {
    const name = encodeText(field.name, encoding);
    if (name.length === 0) throw new Error('a DBF field needs a name');
    if (name.length > NAME_BYTES) {
      throw new Error(`the field name "${field.name}" takes ${name.length} bytes, a DBF allows ${NAME_BYTES}`);
    }
    // DBF readers ignore case, so "Name" and "NAME" would become one column.
    const key = field.name.toUpperCase();
    if (seen.has(key)) throw new Error(`the field name "${field.name}" stands twice`);
    seen.add(key);
    const most = MOST_BYTES[field.type];
    if (!Number.isInteger(field.length) || field.length < 1 || field.length > most || (field.type === 'D' && field.length !== 8)) {
      throw new Error(`the field "${field.name}" of type ${field.type} cannot be ${field.length} bytes long`);
    }
    const decimals = field.decimals ?? 0;
    if (!Number.isInteger(decimals) || decimals < 0 || decimals > 15 || (decimals > 0 && decimals > field.length - 2)) {
      throw new Error(`the field "${field.name}" cannot have ${decimals} decimals in ${field.length} bytes`);
    }
    return name;
  });
}

function dateText(field: DbfField, value: DbfValue): string {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new Error(`the field "${field.name}" got an invalid date`);
    return value.toISOString().slice(0, 10).replaceAll('-', '');
  }
  const match = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(String(value));
  if (!match) throw new Error(`the field "${field.name}" wants a date as YYYY-MM-DD, not "${String(value)}"`);
  return match.slice(1).join('');
}

function numberText(field: DbfField, value: DbfValue): string {
  const number = typeof value === 'number' ? value : Number(value);
  if (!Number.isFinite(number) || value instanceof Date || value === '') {
    throw new Error(`the field "${field.name}" wants a number, not "${String(value)}"`);
  }
  const text = number.toFixed(field.decimals ?? 0);
  // toFixed turns to exponents from 1e21 on, which no DBF reader takes.
  if (text.includes('e')) throw new Error(`the number ${number} is too large for the field "${field.name}"`);
  return text.padStart(field.length, ' ');
}

/** One value as the bytes of its cell, padded to the field's length. */
function cell(field: DbfField, value: DbfValue, encoding: DbfEncoding): Uint8Array {
  if (value === null || value === undefined) return new Uint8Array(0);
  const text = field.type === 'N' ? numberText(field, value) : field.type === 'D' ? dateText(field, value) : String(value);
  const bytes = encodeText(text, encoding);
  if (bytes.length > field.length) {
    throw new Error(`"${text.trim()}" takes ${bytes.length} bytes, the field "${field.name}" holds ${field.length}`);
  }
  return bytes;
}

/** Bytes of a record, its deletion flag included. */
export function recordBytesOf(fields: readonly DbfField[]): number {
  return 1 + fields.reduce((sum, field) => sum + field.length, 0);
}

/** What stands before the records of a .dbf. @throws Error for fields that the format does not have */
export function dbfHeader(fields: readonly DbfField[], records: number, encoding: DbfEncoding, modified: Date): Uint8Array {
  const names = checkFields(fields, encoding);
  const recordBytes = recordBytesOf(fields);
  if (recordBytes > MAX_RECORD_BYTES) throw new Error(`a DBF row of ${recordBytes} bytes is over the limit of ${MAX_RECORD_BYTES}`);
  const bytes = new Uint8Array(HEADER_BYTES + DESCRIPTOR_BYTES * fields.length + 1);
  const view = new DataView(bytes.buffer);
  bytes[0] = 0x03;
  bytes[1] = modified.getFullYear() - 1900;
  bytes[2] = modified.getMonth() + 1;
  bytes[3] = modified.getDate();
  view.setUint32(4, records, true);
  view.setUint16(8, bytes.length, true);
  view.setUint16(10, recordBytes, true);
  bytes[29] = LANGUAGE_DRIVER[encoding];
  fields.forEach((field, index) => {
    const at = HEADER_BYTES + DESCRIPTOR_BYTES * index;
    bytes.set(names[index] ?? new Uint8Array(0), at);
    bytes[at + 11] = field.type.charCodeAt(0);
    bytes[at + 16] = field.length;
    bytes[at + 17] = field.decimals ?? 0;
  });
  bytes[bytes.length - 1] = 0x0d;
  return bytes;
}

/**
 * A .dbf file. Rows are keyed by field name; null, undefined or a missing key is an empty cell. `modified` is the date in the
 * header. A value that does not fit its field, or a character that the encoding lacks, is an error that names both.
 */
export function writeDbf(
  fields: readonly DbfField[],
  rows: readonly Readonly<Record<string, DbfValue>>[],
  encoding: DbfEncoding,
  modified: Date,
): Uint8Array {
  const header = dbfHeader(fields, rows.length, encoding, modified);
  const headerBytes = header.length;
  const recordBytes = recordBytesOf(fields);
  const bytes = new Uint8Array(headerBytes + recordBytes * rows.length + 1);
  bytes.set(header);
  bytes.fill(SPACE, headerBytes);
  rows.forEach((row, index) => {
    let at = headerBytes + recordBytes * index + 1;
    for (const field of fields) {
      try {
        bytes.set(cell(field, row[field.name], encoding), at);
      } catch (cause) {
        throw new Error(`row ${index + 1}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
      }
      at += field.length;
    }
  });
  bytes[bytes.length - 1] = DBF_END;
  return bytes;
}
