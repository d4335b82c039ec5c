// The inputs of a rule as a reader sees them: label, value, unit. What is a field of the source is named by the field.
import type { JsonValue } from '../../../server/domain/feature.ts';
import type { Field } from '../../../server/domain/field.ts';
import { fieldsOf, isLayerName, type LayerName } from '../../../server/domain/layer.ts';
import { cardWords } from '../../i18n/card/words.ts';
import { language } from '../../state/preferences.ts';
import { say } from '../../i18n/t.ts';
import { unitWords, valueWords, zoneWords } from './labels.ts';

export interface InputRow {
  readonly key: string;
  readonly label: string;
  readonly value: string;
}

/** Told elsewhere on the card: as facts of the source, as what was replaced, as warnings; or a drawing of the area itself. */
const TOLD_ELSEWHERE = new Set([
  'shape',
  'replaces',
  'reason',
  'status',
  'document_no',
  'basis',
  'register',
  'kind',
  'below_least_height',
  'below_least_slope',
  'fallback',
]);

/** Units by the ending of a name, where no field tells it. */
const UNIT_OF_ENDING: readonly (readonly [string, string])[] = [
  ['_m3', 'm³'],
  ['_deg', '°'],
  ['_m', 'm'],
  ['_a', 'a'],
];

export function fieldOf(layer: string, name: string): Field | null {
  return isLayerName(layer) ? (fieldsOf(layer).find((field) => field.name === name) ?? null) : null;
}

/** Fields by their names in words: 坡向、宽度. */
export const fieldNames = (layer: string, names: readonly string[]): string =>
  names.map((name) => labelOf(layer, name)).join(cardWords().list);

/** A figure as a rule uses it: small ones to the hundredth, others to the tenth. */
export function figureWords(value: number): string {
  const digits = Math.abs(value) < 10 ? 2 : Math.abs(value) < 1000 ? 1 : 0;
  return new Intl.NumberFormat(language.value, { maximumFractionDigits: digits }).format(value);
}

export const metresWords = (value: number): string => figureWords(value) + unitWords('m');

function labelOf(layer: string, name: string): string {
  const field = fieldOf(layer, name);
  if (field) return say(field);
  const own: Readonly<Record<string, string>> = cardWords().inputNames;
  return own[name] ?? name;
}

function valueOf(layer: string, name: string, value: JsonValue): string {
  const field = fieldOf(layer, name);
  if (typeof value === 'number') {
    const unit = field?.unit ?? UNIT_OF_ENDING.find(([ending]) => name.endsWith(ending))?.[1] ?? '';
    return figureWords(value) + unitWords(unit);
  }
  if (typeof value === 'string') {
    const known: Readonly<Record<string, string>> = cardWords().inputValues;
    if (name === 'body') return zoneWords(value, null);
    return known[value] ?? (field ? valueWords(field, value) : null) ?? value;
  }
  if (Array.isArray(value))
    return value.map((one: JsonValue) => (typeof one === 'string' ? zoneWords(one, null) : JSON.stringify(one))).join(cardWords().list);
  return JSON.stringify(value);
}

/**
 * @param layer the layer of the source, whose fields name most inputs
 * @param missing fields that are said to be missing already
 */
export function inputRows(layer: LayerName | string, inputs: Readonly<Record<string, JsonValue>>, missing: readonly string[]): InputRow[] {
  return Object.entries(inputs)
    .filter(([name, value]) => !TOLD_ELSEWHERE.has(name) && !(value === null && missing.includes(name)))
    .map(([name, value]) => ({
      key: name,
      label: labelOf(layer, name),
      value: value === null ? cardWords().notGiven : valueOf(layer, name, value),
    }));
}
