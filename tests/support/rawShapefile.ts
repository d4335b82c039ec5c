// Shapefiles byte by byte (ESRI 1998, dBASE III), so that a test can make them wrong in one place and right in all others.
import { zipSync } from 'fflate';
import { toGbk } from './gb18030.ts';

export type RawShape = { readonly type: 0 } | { readonly type: number; readonly rings: readonly (readonly (readonly number[])[])[] };

export interface RawField {
  readonly name: string;
  readonly kind?: 'C' | 'N' | 'D' | 'L' | 'F';
  readonly width?: number;
}

export interface RawTable {
  readonly fields: readonly RawField[];
  readonly rows: readonly (readonly string[])[];
  readonly encoding?: 'utf-8' | 'gbk' | 'latin1';
  readonly languageByte?: number;
}

const encode = (text: string, encoding: RawTable['encoding']): Uint8Array =>
  encoding === 'gbk' ? toGbk(text) : encoding === 'latin1' ? Uint8Array.from(text, (c) => c.charCodeAt(0)) : new TextEncoder().encode(text);

/** One record a shape; `type` 1 point, 3 line, 5 polygon, 11 and 15 with Z and M. */
export function shpOf(type: number, shapes: readonly RawShape[]): Uint8Array {
  const records = shapes.map((shape, i) => {
    const body = bodyOf(shape);
    const record = new DataView(new ArrayBuffer(8 + body.length));
    record.setInt32(0, i + 1);
    record.setInt32(4, body.length / 2);
    new Uint8Array(record.buffer).set(body, 8);
    return new Uint8Array(record.buffer);
  });
  const length = 100 + records.reduce((sum, one) => sum + one.length, 0);
  const file = new Uint8Array(length);
  const view = new DataView(file.buffer);
  view.setInt32(0, 9994);
  view.setInt32(24, length / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, type, true);
  let at = 100;
  for (const record of records) {
    file.set(record, at);
    at += record.length;
  }
  return file;
}

function bodyOf(shape: RawShape): Uint8Array {
  if (!('rings' in shape)) return new Uint8Array(4);
  const { type, rings } = shape;
  const points = rings.flat();
  const heights = type > 10 ? 16 + 8 * points.length : 0;
  const [first = []] = points;
  if (type === 1 || type === 11) {
    const view = new DataView(new ArrayBuffer(type === 1 ? 20 : 36));
    view.setInt32(0, type, true);
    view.setFloat64(4, first[0] ?? 0, true);
    view.setFloat64(12, first[1] ?? 0, true);
    return new Uint8Array(view.buffer);
  }
  const view = new DataView(new ArrayBuffer(44 + 4 * rings.length + 16 * points.length + 2 * heights));
  view.setInt32(0, type, true);
  view.setInt32(36, rings.length, true);
  view.setInt32(40, points.length, true);
  let start = 0;
  for (const [i, ring] of rings.entries()) {
    view.setInt32(44 + 4 * i, start, true);
    start += ring.length;
  }
  for (const [i, point] of points.entries()) {
    view.setFloat64(44 + 4 * rings.length + 16 * i, point[0] ?? 0, true);
    view.setFloat64(52 + 4 * rings.length + 16 * i, point[1] ?? 0, true);
  }
  return new Uint8Array(view.buffer);
}

export function dbfOf({ fields, rows, encoding = 'utf-8', languageByte = 0 }: RawTable): Uint8Array {
  const headerLength = 33 + 32 * fields.length;
  const recordLength = 1 + fields.reduce((sum, { width = 40 }) => sum + width, 0);
  const file = new Uint8Array(headerLength + recordLength * rows.length + 1).fill(0x20, headerLength);
  const view = new DataView(file.buffer);
  file[0] = 3;
  view.setUint32(4, rows.length, true);
  view.setUint16(8, headerLength, true);
  view.setUint16(10, recordLength, true);
  file[29] = languageByte;
  for (const [i, { name, kind = 'C', width = 40 }] of fields.entries()) {
    file.set(encode(name, encoding).subarray(0, 11), 32 + 32 * i);
    file[43 + 32 * i] = kind.charCodeAt(0);
    file[48 + 32 * i] = width;
  }
  file[headerLength - 1] = 0x0d;
  for (const [r, row] of rows.entries()) {
    let at = headerLength + r * recordLength + 1;
    for (const [i, { width = 40 }] of fields.entries()) {
      file.set(encode(row[i] ?? '', encoding).subarray(0, width), at);
      at += width;
    }
  }
  file[file.length - 1] = 0x1a;
  return file;
}

/** Members by name, zipped. */
export function zipOf(members: Readonly<Record<string, Uint8Array | string>>): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(members).map(([name, content]) => [name, typeof content === 'string' ? new TextEncoder().encode(content) : content]),
    ),
  );
}
