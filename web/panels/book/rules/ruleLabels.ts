// Words for the parts of a rule: its short name, the labels of its values, the codes of its tables.
import type { Rule } from '../../../../server/domain/rules.ts';
import { bookWords } from '../../../i18n/book/words.ts';
import { say } from '../../../i18n/t.ts';
import { language } from '../../../state/preferences.ts';
import { fieldOf } from '../../card/inputWords.ts';
import { unitWords } from '../../card/labels.ts';
import type { Leaf } from './leaves.ts';

/** What stands before the colon: the rule's name without its content. */
export const shortName = (rule: Rule): string => say(rule).split(/[：:，,；;]/)[0] ?? rule.id;

/** Tables go by codes of the data model: protection classes, grades. */
const CODED: readonly (readonly [layer: string, field: string])[] = [
  ['threatened-areas', 'grade'],
  ['subsidence-zones', 'protection_class'],
  ['hazard-points', 'hazard_type'],
];

export function codeOfTable(code: string): string {
  if (code === 'general') return bookWords().generalText;
  for (const [layer, field] of CODED) {
    const words = fieldOf(layer, field)?.codes?.[code];
    if (words) return say(words);
  }
  return code;
}

export const unitOf = (rule: Rule, parameter: string): string => unitWords(rule.labels?.[parameter]?.unit ?? '').trimStart();

export function parameterLabel(rule: Rule, parameter: string): string {
  const label = rule.labels?.[parameter];
  return label ? say(label) : parameter;
}

/** The label of a value by its path: 坡脚外上限; 围护带，特级; 滑坡，英文. */
export function leafLabel(rule: Rule, path: string): string {
  const w = bookWords();
  const [part = '', name = '', code] = path.split('/');
  if (part === 'parameters') return code ? w.table(parameterLabel(rule, name), codeOfTable(code)) : parameterLabel(rule, name);
  if (part === 'texts') return w.table(codeOfTable(name), code === 'zh' ? w.inChinese : w.inEnglish);
  if (part === 'zh' || part === 'en') return w.table(w.parts.name, part === 'zh' ? w.inChinese : w.inEnglish);
  const parts: Readonly<Record<string, string>> = w.parts;
  return parts[part] ?? part;
}

export function leafWords(rule: Rule, path: string, value: Leaf): string {
  const w = bookWords();
  if (value === null || value === '') return w.none;
  if (typeof value === 'boolean') return value ? w.yes : w.no;
  if (typeof value === 'string') return value;
  const unit = unitOf(rule, path.split('/')[1] ?? '');
  const figure = new Intl.NumberFormat(language.value, { maximumFractionDigits: 9 }).format(value);
  return unit === '°' ? `${figure}°` : unit ? `${figure} ${unit}` : figure;
}
