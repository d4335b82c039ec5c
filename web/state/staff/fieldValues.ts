// From what is typed to the value of a field, checked as the service will check it, and back. Pure.
import type { JsonValue, PropertyValue } from '../../../server/domain/feature.ts';
import type { Field } from '../../../server/domain/field.ts';

/** Why a text is no value of its field: the key of the words for it. */
export type ValueFault =
  | 'not_integer'
  | 'not_number'
  | 'too_little'
  | 'too_much'
  | 'not_date'
  | 'not_month_day'
  | 'not_code'
  | 'not_json'
  | 'too_long';

export type ReadValue = { readonly value: PropertyValue } | { readonly fault: ValueFault };

const LONGEST = 4000;

/** The text that stands in the input of a field for a value. */
export function textOfValue(field: Field, value: PropertyValue | undefined): string {
  if (value === null || value === undefined) return '';
  if (field.type === 'json') return JSON.stringify(value, null, 1);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function readNumber(field: Field, text: string): ReadValue {
  const plain = text.normalize('NFKC').replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain)) return { fault: field.type === 'integer' ? 'not_integer' : 'not_number' };
  const value = Number(plain);
  if (field.type === 'integer' && !Number.isSafeInteger(value)) return { fault: 'not_integer' };
  if (field.min !== undefined && value < field.min) return { fault: 'too_little' };
  if (field.max !== undefined && value > field.max) return { fault: 'too_much' };
  return { value };
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text);
}

/** Reads what was typed; nothing typed is no value. */
export function readValue(field: Field, typed: string): ReadValue {
  const text = typed.trim();
  if (text === '') return { value: null };
  switch (field.type) {
    case 'text':
      return text.length > LONGEST ? { fault: 'too_long' } : { value: text };
    case 'integer':
    case 'number':
      return readNumber(field, text);
    case 'boolean':
      return text === 'true' || text === 'false' ? { value: text === 'true' } : { fault: 'not_code' };
    case 'date':
      return isDay(text) ? { value: text } : { fault: 'not_date' };
    case 'month_day':
      return /^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text) ? { value: text } : { fault: 'not_month_day' };
    case 'code':
      return field.codes?.[text] ? { value: text } : { fault: 'not_code' };
    case 'json':
      try {
        return { value: JSON.parse(text) as JsonValue };
      } catch {
        return { fault: 'not_json' };
      }
  }
}

/** Absent and null are the same; everything else by what it holds. */
export const sameValue = (a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
