// A cell as the value of a field: text as people write it in, the field's own type out.
import type { Field } from '../domain/field.ts';
import type { JsonValue, PropertyValue } from '../domain/feature.ts';

export type Converted =
  | { value: PropertyValue }
  /** Not in the list of codes: kept aside in `extra`, `value` is what stands for it. */
  | { value: PropertyValue; unknown: string }
  | { fault: string; message: string };

const MAX_TEXT = 4000;

/** Is the cell empty? Blank text, null, undefined and a lone dash are. */
export function isBlank(cell: unknown): boolean {
  return cell === null || cell === undefined || (typeof cell === 'string' && /^[\s\-—–/]*$/.test(cell));
}

/** Converts a cell that is not blank. */
export function convert(field: Field, cell: unknown): Converted {
  switch (field.type) {
    case 'text':
      return toText(cell);
    case 'number':
    case 'integer':
      return toNumber(field, cell);
    case 'boolean':
      return toBoolean(cell);
    case 'date':
      return toDate(cell);
    case 'month_day':
      return toMonthDay(cell);
    case 'code':
      return toCode(field, cell);
    case 'json':
      return toJson(cell);
  }
}

/** A cell as text; objects as JSON. */
function plain(cell: unknown): string {
  if (typeof cell === 'string') return cell;
  return typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
}

export function toText(cell: unknown): Converted {
  const text = plain(cell);
  // NUL and other controls have no business in a name; SQLite would cut the text there
  // oxlint-disable-next-line no-control-regex
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').trim();
  if (clean.length > MAX_TEXT) return { fault: 'too_long', message: `the text has more than ${MAX_TEXT} characters` };
  return { value: clean };
}

/** A number as people write it: full-width digits, thousands separators, a unit behind it. Null when it is none. */
export function parseNumber(cell: unknown): number | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : null;
  if (typeof cell === 'bigint') return Number(cell);
  if (typeof cell !== 'string') return null;
  const text = cell.normalize('NFKC').trim();
  const match = /^([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d+)?)\s*(米|m|m2|m3|m²|m³|户|人|万元|万|度|°|层|年|a|间)?$/.exec(
    text,
  );
  if (!match?.[1] || !/\d/.test(match[1])) return null;
  const value = Number(match[1].replaceAll(',', ''));
  return Number.isFinite(value) ? value : null;
}

function toNumber(field: Field, cell: unknown): Converted {
  const value = parseNumber(cell);
  if (value === null) return { fault: 'not_a_number', message: `${quote(cell)} is not a number` };
  if (field.type === 'integer' && !Number.isSafeInteger(value)) {
    return { fault: 'not_whole', message: `${quote(cell)} is not a whole number` };
  }
  if ((field.min !== undefined && value < field.min) || (field.max !== undefined && value > field.max)) {
    const range = field.max === undefined ? `at least ${field.min}` : `${field.min ?? '…'} to ${field.max}`;
    return { fault: 'out_of_range', message: `${value} is out of range (${range})` };
  }
  return { value };
}

const YES = new Set(['true', '1', 'yes', 'y', '是', '有', '√']);
const NO = new Set(['false', '0', 'no', 'n', '否', '无', '×']);

function toBoolean(cell: unknown): Converted {
  if (typeof cell === 'boolean') return { value: cell };
  const text = plain(cell).normalize('NFKC').trim().toLowerCase();
  if (YES.has(text)) return { value: true };
  if (NO.has(text)) return { value: false };
  return { fault: 'not_a_boolean', message: `${quote(cell)} is neither yes (是) nor no (否)` };
}

function toDate(cell: unknown): Converted {
  const text = plain(cell instanceof Date ? cell.toISOString() : cell)
    .normalize('NFKC')
    .trim();
  const match = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))(?:[T ].*)?$/.exec(text);
  const [, year, m1, d1, m2, d2] = match ?? [];
  const [month, day] = [Number(m1 ?? m2), Number(d1 ?? d2)];
  const date = new Date(Date.UTC(Number(year), month - 1, day));
  if (!match || Number.isNaN(date.getTime()) || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    return { fault: 'not_a_date', message: `${quote(cell)} is not a date (write 2026-05-06)` };
  }
  return { value: date.toISOString().slice(0, 10) };
}

function toMonthDay(cell: unknown): Converted {
  const match = /^(\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain(cell).normalize('NFKC').trim());
  const [month, day] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || month < 1 || month > 12 || day < 1 || day > 31) {
    return { fault: 'not_a_month_day', message: `${quote(cell)} is not a month and day (write 06-15)` };
  }
  return { value: `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` };
}

const word = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();

function toCode(field: Field, cell: unknown): Converted {
  const wanted = word(plain(cell));
  for (const [value, code] of Object.entries(field.codes ?? {})) {
    const names = [value, code.zh, code.en, ...(code.synonyms ?? [])];
    if (names.some((name) => word(name) === wanted || word(name) === wanted.replaceAll(' ', '_'))) return { value };
  }
  return { value: field.codes && 'other' in field.codes ? 'other' : null, unknown: plain(cell).slice(0, 200) };
}

function toJson(cell: unknown): Converted {
  if (typeof cell === 'object') return { value: cell as JsonValue };
  try {
    return { value: JSON.parse(plain(cell)) as JsonValue };
  } catch {
    return { value: plain(cell).slice(0, MAX_TEXT) };
  }
}

function quote(cell: unknown): string {
  return `“${plain(cell).slice(0, 60)}”`;
}
