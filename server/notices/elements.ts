// The elements of a notice: what the register says in words, and 未注明 with an entry in the list where it says nothing.
import { textOf, type Properties } from '../domain/feature.ts';
import { fieldsOf, type LayerName } from '../domain/layer.ts';
import type { Run } from './noticeModel.ts';

export const NOT_GIVEN = '「未注明」';

/** Collects what is missing while the texts are made, each once and in order. */
export class Elements {
  private readonly found = new Map<string, string>();

  get missing(): string[] {
    return [...this.found].map(([what, remedy]) => `${what}：${remedy}`);
  }

  /** Lists an element as missing. `remedy` says where it is filled in. */
  lacks(what: string, remedy: string): Run {
    if (!this.found.has(what)) this.found.set(what, remedy);
    return { text: NOT_GIVEN, missing: true };
  }

  /** The value, or the mark. */
  of(value: string | null, what: string, remedy: string): Run {
    return value === null ? this.lacks(what, remedy) : { text: value };
  }

  /** A field of a feature in words; its label and name are what is missing when it is empty. */
  field(layer: LayerName, properties: Properties, name: string, label = labelOf(layer, name)): Run {
    return this.of(wordOf(layer, properties, name), label, `请填写${LAYER_ZH[layer] ?? layer}字段 ${name}`);
  }
}

const LAYER_ZH: Partial<Record<LayerName, string>> = { 'danger-zones': '危险区', 'hazard-points': '隐患点' };

function labelOf(layer: LayerName, name: string): string {
  return fieldsOf(layer).find((field) => field.name === name)?.zh ?? name;
}

/** A field's value as a reader wants it: codes as their words, dates in Chinese, texts trimmed; null when empty. */
export function wordOf(layer: LayerName, properties: Properties, name: string): string | null {
  const field = fieldsOf(layer).find((candidate) => candidate.name === name);
  const value = textOf(properties, name)?.trim() ?? '';
  if (value === '') return null;
  if (field?.type === 'date') return chineseDate(value);
  return field?.codes?.[value]?.zh ?? legible(value);
}

/** Text that a page and an XML file can carry: one line, no control characters, no half surrogates. */
export function legible(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\u2028\u2029]+/g, ' ')
    .replace(/[\p{Cc}\uFFFE\uFFFF]/gu, '')
    .trim();
}

/** 2026-07-03 → 2026年7月3日: GB/T 9704-2012 (7.3.5.4) wants Arabic figures without leading zeros. Other text stays. */
export function chineseDate(date: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date);
  return match ? `${match[1]}年${Number(match[2])}月${Number(match[3])}日` : legible(date);
}
