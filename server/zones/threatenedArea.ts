// What the rules make of one hazard: an area that threatens, or the reason why there is none.
import type { JsonValue, Properties } from '../domain/feature.ts';
import type { NotAssessed } from '../domain/figure.ts';
import type { ZoneSourceLayer } from '../domain/layer.ts';
import type { CountingShape } from '../geo/shape.ts';

export interface ThreatenedArea {
  /** `layer:id` of its source. */
  readonly zone: string;
  readonly layer: ZoneSourceLayer;
  readonly sourceId: string;
  readonly rule: string;
  readonly shape: CountingShape;
  /** The inputs that the rule used, as recorded. */
  readonly inputs: Readonly<Record<string, JsonValue>>;
  readonly capsHit: readonly string[];
  readonly radius?: number;
  readonly left?: number;
  readonly right?: number;
  readonly margin?: number;
  /** name, hazard_type, register, state, kind, hazard_id as far as the source has them. */
  readonly attributes: Properties;
}

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
