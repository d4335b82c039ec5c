// A cell as the value of a field: text as people write it in, the field's own type out.
import type { Field } from '../domain/field.ts';
import { unitFactor } from './units.ts';
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

/** Converts a cell that is not blank. @param headerFactor of the unit in the column's header, for cells without their own */
export function convert(field: Field, cell: unknown, headerFactor = 1): Converted {
  switch (field.type) {
    case 'text':
      return toText(cell);
    case 'number':
    case 'integer':
      return toNumber(field, cell, headerFactor);
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
  if (clean.length > MAX_TEXT)
    return { fault: 'too_long', message: `文字超过 ${MAX_TEXT} 字 The text has more than ${MAX_TEXT} characters` };
  return { value: clean };
}

/** A number as people write it (full-width digits, thousands separators) and the unit behind it; null when it is none. */
export function readNumber(cell: unknown): { value: number; unit: string } | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? { value: cell, unit: '' } : null;
  if (typeof cell === 'bigint') return { value: Number(cell), unit: '' };
  if (typeof cell !== 'string') return null;
  const match = /^([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?(?:[eE][-+]?\d+)?)\s*([^\d\s.,+-][^\s.,+-]{0,7})?$/.exec(
    cell.normalize('NFKC').trim(),
  );
  if (!match?.[1] || !/\d/.test(match[1])) return null;
  const value = Number(match[1].replaceAll(',', ''));
  return Number.isFinite(value) ? { value, unit: match[2] ?? '' } : null;
}

/** A coordinate: degrees or metres, with nothing but their own sign behind it. */
export function readCoordinate(cell: unknown): number | null {
  const read = readNumber(cell);
  return read && ['', '°', '度', 'm', '米'].includes(read.unit) ? read.value : null;
}

function toNumber(field: Field, cell: unknown, headerFactor: number): Converted {
  const read = readNumber(cell);
  if (!read) return { fault: 'not_a_number', message: `${quote(cell)} 不是数字 The cell reads ${quote(cell)}: not a number` };
  const factor = read.unit === '' ? headerFactor : unitFactor(field, read.unit);
  if (factor === null)
    return {
      fault: 'unit_unknown',
      message: `${quote(cell)} 的单位不合本字段（${field.unit ?? '个数'}） The unit of ${quote(cell)} does not fit ${field.unit ?? 'a count'}`,
    };
  // 12 digits: 1.2 times 10,000 is 12,000 and not 11,999.999…
  const value = factor === 1 ? read.value : Number((read.value * factor).toPrecision(12));
  if (field.type === 'integer' && !Number.isSafeInteger(value)) {
    return { fault: 'not_whole', message: `${quote(cell)} 不是整数 The cell reads ${quote(cell)}: not a whole number` };
  }
  if ((field.min !== undefined && value < field.min) || (field.max !== undefined && value > field.max)) {
    const range = field.max === undefined ? `≥ ${field.min}` : `${field.min ?? '…'}–${field.max}`;
    return { fault: 'out_of_range', message: `${value} 超出范围（${range}） The number ${value} is out of range (${range})` };
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
  return { fault: 'not_a_boolean', message: `${quote(cell)} 不是“是”也不是“否” The cell reads ${quote(cell)}: neither yes nor no` };
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
    return {
      fault: 'not_a_date',
      message: `${quote(cell)} 不是日期，应写成 2026-05-06 这种形式 The cell reads ${quote(cell)}: not a date, which would be 2026-05-06`,
    };
  }
  return { value: date.toISOString().slice(0, 10) };
}

function toMonthDay(cell: unknown): Converted {
  const match = /^(\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain(cell).normalize('NFKC').trim());
  const [month, day] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || month < 1 || month > 12 || day < 1 || day > 31) {
    return {
      fault: 'not_a_month_day',
      message: `${quote(cell)} 不是月日，应写成 06-15 这种形式 The cell reads ${quote(cell)}: not a month and day, which would be 06-15`,
    };
  }
  return { value: `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}` };
}

const word = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();
/** 砖混结构 is 砖混, A级 is A, 小型 is 小. */
const stem = (text: string) => word(text).replace(/(?<=.)(结构|等级|级|型|类)$/, '');

function toCode(field: Field, cell: unknown): Converted {
  const wanted = word(plain(cell));
  for (const [value, code] of Object.entries(field.codes ?? {})) {
    const names = [value, code.zh, code.en, ...(code.synonyms ?? [])];
    if (names.some((name) => word(name) === wanted || word(name) === wanted.replaceAll(' ', '_'))) return { value };
  }
  const alike = Object.entries(field.codes ?? {}).filter(([, code]) =>
    [code.zh, code.en, ...(code.synonyms ?? [])].some((name) => stem(name) === stem(wanted)),
  );
  if (alike.length === 1 && alike[0]) return { value: alike[0][0] };
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
