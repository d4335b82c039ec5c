// What the rules make of one hazard: an area that threatens, or the reason why there is none.
import type { JsonValue, Properties } from '../domain/feature.ts';
import type { NotAssessed } from '../domain/figure.ts';
import { fieldsOf, type LayerName, type ZoneSourceLayer } from '../domain/layer.ts';
import type { CountingShape } from '../geo/shape.ts';

export interface ThreatenedArea {
  /** `layer:id` of its source. */
  readonly zone: string;
  readonly layer: ZoneSourceLayer;
  readonly sourceId: string;
  readonly rule: string;
  /** The rule's formula with this hazard's numbers in it. */
  readonly formula: string;
  readonly shape: CountingShape;
  /** The inputs that the rule used, and what followed from them, as recorded. */
  readonly inputs: Readonly<Record<string, JsonValue>>;
  readonly capsHit: readonly string[];
  /** Why the area is not what its rule would make of complete data. */
  readonly fallback?: Fallback;
  /** Fields of the source that would make it so. */
  readonly missing?: readonly string[];
  readonly radius?: number;
  readonly left?: number;
  readonly right?: number;
  readonly margin?: number;
  /** name, hazard_type, register, state, kind, hazard_id as far as the source has them. */
  readonly attributes: Properties;
}

/** `all_round`: the same reach whichever way is down; `provisional`: a disc by the provisional rules; `uniform`: the widest margin everywhere. */
export type Fallback = 'all_round' | 'provisional' | 'uniform';

/** `area` null: the source does not count (a draft, a removed point …). `gaps`: what could not be assessed. */
export interface Derived {
  readonly area: ThreatenedArea | null;
  readonly gaps: readonly NotAssessed[];
}

export const NO_AREA: Derived = { area: null, gaps: [] };

/** A gap of one zone, in both languages. */
export function gap(zone: string, code: string, zh: string, en: string): Derived {
  return { area: null, gaps: [{ zone, code, zh, en }] };
}

/** Fields by their words in both languages, with the name that a file or a client gives them. */
export function fieldWords(layer: LayerName, names: readonly string[]): { zh: string; en: string } {
  const found = names.map((name) => fieldsOf(layer).find((field) => field.name === name) ?? { name, zh: name, en: name });
  return {
    zh: found.map(({ name, zh }) => `${zh}（${name}）`).join('、'),
    en: found.map(({ name, en }) => `${en.toLowerCase()} (${name})`).join(', '),
  };
}

/** A number as formulae show it: at most one decimal. */
export function figure(value: number): string {
  return String(Math.round(value * 10) / 10);
}
