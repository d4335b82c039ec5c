// The lines of one sheet of a workbook.
import { unusable } from '../issues.ts';
import type { NumberedLine } from './table.ts';
import { walkXml, walkXmlBySlices } from './xml.ts';

export interface SheetFile {
  readonly bytes: Uint8Array;
  readonly strings: readonly string[];
  readonly dateStyles: ReadonlySet<number>;
  /** Days count from 1904, as old Macintosh workbooks have it. */
  readonly date1904: boolean;
}

/** Columns and rows of a sheet at most (ECMA-376). */
const MOST_COLUMNS = 16_384;
const MOST_ROWS = 1_048_576;
/** Columns that are read: a ledger has no more, and a lone cell at XFD1 must not make every line this long. */
const READ_COLUMNS = 1000;

/** The lines with a cell, from the top; what the sheet says of its own size is not believed. */
export function* readSheet(sheet: SheetFile): Generator<NumberedLine> {
  const merged = mergedDown(sheet.bytes);
  const ready: NumberedLine[] = [];
  let cells: unknown[] = [];
  let line = 0;
  let column = -1;
  let type = 'n';
  let style = 0;
  let value: string[] = [];
  let reading = false;
  let phonetic = false;
  const walk = walkXmlBySlices(sheet.bytes, 'The sheet', {
    open: (name, attributes) => {
      switch (name) {
        case 'row':
          line = Number(attributes['r'] ?? line + 1);
          if (!(line >= 1 && line <= MOST_ROWS))
            throw unusable('sheet_malformed', 'A row of the sheet has no number that a sheet can have.');
          cells = [];
          column = -1;
          break;
        case 'c':
          column = attributes['r'] ? columnOf(attributes['r']) : column + 1;
          if (!(column >= 0 && column < MOST_COLUMNS))
            throw unusable('sheet_malformed', 'A cell of the sheet has no column that a sheet can have.');
          type = attributes['t'] ?? 'n';
          style = Number(attributes['s'] ?? 0);
          value = [];
          break;
        case 'rPh':
          phonetic = true;
          break;
        case 'v':
        case 't':
          reading = !phonetic;
          break;
      }
    },
    text: (text) => {
      if (reading) value.push(text);
    },
    close: (name) => {
      switch (name) {
        case 'v':
        case 't':
          reading = false;
          break;
        case 'rPh':
          phonetic = false;
          break;
        case 'c':
          if (column < READ_COLUMNS && value.length > 0) {
            while (cells.length < column) cells.push('');
            cells[column] = valueOf(value.join(''), type, style, sheet);
          }
          break;
        case 'row':
          if (cells.length > 0 || merged.has(line)) ready.push({ line, cells });
          break;
      }
    },
  });
  const above = new Map<string, unknown>();
  while (walk.next().done !== true) yield* filled(ready.splice(0), merged, above);
  yield* filled(ready, merged, above);
}

function valueOf(text: string, type: string, style: number, { strings, dateStyles, date1904 }: SheetFile): unknown {
  switch (type) {
    case 's':
      return strings[Number(text)] ?? '';
    case 'b':
      return text === '1';
    case 'str':
    case 'inlineStr':
    case 'd':
    case 'e':
      return text;
    default: {
      const number = Number(text);
      if (!Number.isFinite(number)) return text;
      if (dateStyles.has(style)) return dateOf(number, date1904) ?? number;
      // 18 digits of an identity: the digits, not the nearest double
      return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
    }
  }
}

/** Day 1 is 1900-01-01; the 29 February 1900 that Excel counts never was. */
function dateOf(serial: number, date1904: boolean): string | null {
  const days = Math.floor(date1904 ? serial + 1462 : serial);
  if (days < 1 || days > 2_958_465) return null;
  return new Date(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * 86_400_000).toISOString().slice(0, 10);
}

/** `BC12` → 54, from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/i.exec(reference)?.[0]?.toUpperCase() ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

/** By line: the columns whose cells are merged with the one above. */
function mergedDown(bytes: Uint8Array): ReadonlyMap<number, readonly number[]> {
  const merged = new Map<number, number[]>();
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = whole.lastIndexOf('<mergeCells');
  const end = whole.indexOf('</mergeCells>', Math.max(0, start));
  if (start < 0 || end < 0) return merged;
  let count = 0;
  walkXml(whole.subarray(start, end + 13), 'The sheet’s merged cells', {
    open: (name, { ref = '' }) => {
      const [from = '', to = ''] = ref.split(':');
      if (name !== 'mergeCell' || to === '') return;
      const [top, bottom] = [Number(/\d+/.exec(from)?.[0]), Number(/\d+/.exec(to)?.[0])];
      const column = columnOf(from);
      for (let line = top + 1; line <= bottom && line <= MOST_ROWS; line++) {
        if (++count > MOST_ROWS) throw unusable('sheet_malformed', 'The sheet has more merged cells than can be.');
        merged.set(line, [...(merged.get(line) ?? []), column]);
      }
    },
  });
  return merged;
}

/** Merged cells get the value of the first of them, as `below` the header wants it. */
function* filled(
  lines: readonly NumberedLine[],
  merged: ReadonlyMap<number, readonly number[]>,
  above: Map<string, unknown>,
): Generator<NumberedLine> {
  for (const { line, cells } of lines) {
    const columns = merged.get(line);
    if (!columns) {
      yield { line, cells };
      remember(cells, above);
      continue;
    }
    const down = [...cells];
    for (const column of columns) {
      while (down.length <= column) down.push('');
      if (down[column] === '' || down[column] === undefined) down[column] = above.get(String(column)) ?? '';
    }
    yield { line, cells, filled: down };
    remember(down, above);
  }
}

function remember(cells: readonly unknown[], above: Map<string, unknown>): void {
  cells.forEach((cell, i) => above.set(String(i), cell));
}
