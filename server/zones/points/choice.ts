// What a rule is given of a point, and what it answers.
import { numberOf, type Geometry, type JsonValue, type Position, type Properties } from '../../domain/feature.ts';
import type { Words } from '../../domain/field.ts';
import type { RuleSet } from '../../domain/rules.ts';
import type { GeometryKernel } from '../kernel/geos.ts';
import type { ThreatenedArea } from '../threatenedArea.ts';

/** What the rules know of a point beside its own row. */
export interface PointSurroundings {
  /** A hazard extent in force: the body as it was surveyed. */
  readonly body: { readonly zone: string; readonly geometry: Geometry } | null;
  /** The channel that the point names, lon/lat, digitised downstream. */
  readonly channel: readonly Position[] | null;
}

/** A point as a typed rule sees it. */
export interface TypedPoint extends PointSurroundings {
  readonly at: Position;
  readonly properties: Properties;
  readonly rules: RuleSet;
  readonly kernel: GeometryKernel;
}

/** The area that a rule chose. */
export type Chosen = Pick<ThreatenedArea, 'rule' | 'formula' | 'shape' | 'inputs' | 'capsHit' | 'fallback' | 'missing' | 'radius'> & {
  /** Part of the area could not be assessed without these fields. */
  readonly unassessed?: readonly string[];
};

/** Nothing safe can be said without these fields. */
export interface Refused {
  readonly refused: readonly string[];
  readonly why: Words;
}

export type Choice = Chosen | Refused;

/** A dimension in metres; a register's 0 is a size that nobody measured. */
export function sizeOf(properties: Properties, name: 'length_m' | 'width_m' | 'height_m' | 'radius_m'): number | null {
  const size = numberOf(properties, name);
  return size !== null && size > 0 ? size : null;
}

/** A disc about the point. */
export function disc(rule: string, center: Position, radius: number, formula: string, inputs: Record<string, JsonValue>): Chosen {
  return { rule, formula, shape: { kind: 'disc', center, radius }, inputs, capsHit: [], radius };
}
