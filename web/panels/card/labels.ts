// Words for coded values and fields, taken from the layer definitions: no label is written twice.
import type { PropertyValue } from '../../../server/domain/feature.ts';
import type { Field } from '../../../server/domain/field.ts';
import { fieldsOf, isLayerName, layerOf, type LayerName } from '../../../server/domain/layer.ts';
import { count, day } from '../../i18n/format.ts';
import { say, words } from '../../i18n/t.ts';
import type { Candidate } from '../../state/selection.ts';

/** The word of a coded value; a value unknown here is shown as it is. */
export function codeWord(layer: LayerName, field: string, value: string): string {
  const known = fieldsOf(layer).find((each) => each.name === field)?.codes?.[value];
  return known ? say(known) : value;
}

/** What kind of thing this is: 危险区，已公告; 滑坡，地质灾害; 低洼 … */
export function kindWords({ layer, codes }: Candidate): string {
  const gap = words().product === '险图' ? '，' : ', ';
  const parts: string[] = [];
  if ((layer === 'hazard-areas' || layer === 'reference-areas') && codes['kind']) parts.push(codeWord(layer, 'kind', codes['kind']));
  else parts.push(say(layerOf(layer)));
  if (layer === 'danger-zones') {
    for (const field of ['extent', 'status'] as const) if (codes[field]) parts.push(codeWord(layer, field, codes[field]));
  }
  if (layer === 'hazard-points') {
    for (const field of ['hazard_type', 'register'] as const) if (codes[field]) parts.push(codeWord(layer, field, codes[field]));
  }
  if (layer === 'schools' || layer === 'facilities' || layer === 'subsidence-zones') {
    if (codes['kind']) parts.push(codeWord(layer, 'kind', codes['kind']));
  }
  if (layer === 'shelters' && codes['class']) parts.splice(0, 1, codeWord(layer, 'class', codes['class']));
  return parts.join(gap);
}

export const nameOf = (candidate: Candidate): string => candidate.name ?? `${say(layerOf(candidate.layer))} ${candidate.id}`;

/** A readable name for `layer:id` where nothing better is at hand. */
export function zoneWords(zone: string, name: string | null | undefined): string {
  if (name) return name;
  const at = zone.indexOf(':');
  const layer = zone.slice(0, at);
  return isLayerName(layer) ? `${say(layerOf(layer))} ${zone.slice(at + 1)}` : zone;
}

const UNITS_ZH: Readonly<Record<string, string>> = { m: '米', a: '年', d: '天', 'm²': '平方米', 'm³': '立方米' };
const UNITS_EN: Readonly<Record<string, string>> = { a: 'years', d: 'days', 人: 'people', 万元: '×10,000 yuan' };

/** A unit as it stands after a figure, with the gap before it. */
export function unitWords(unit: string): string {
  if (unit === '' || unit === '°') return unit;
  return ` ${(words().product === '险图' ? UNITS_ZH : UNITS_EN)[unit] ?? unit}`;
}

/** A value as it is read, or null where there is nothing to read. */
export function valueWords(field: Field, value: PropertyValue | undefined): string | null {
  const w = words();
  if (value === null || value === undefined || value === '') return null;
  if (typeof value === 'boolean') return value ? w.yes : w.no;
  if (field.type === 'code' && typeof value === 'string') return field.codes?.[value] ? say(field.codes[value]) : value;
  if (field.type === 'date' && typeof value === 'string') return day(value);
  if (typeof value === 'number') {
    return count(value) + unitWords(field.unit ?? '');
  }
  return typeof value === 'string' ? value : null;
}
