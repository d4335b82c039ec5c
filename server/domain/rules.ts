// The rules that turn a hazard into a threatened area, as they stand on the wire and in data/rules.
import type { Words } from './field.ts';
import type { LayerName, ZoneSourceLayer } from './layer.ts';

/** A number, or numbers by a code (a belt by protection class, a limit by grade). */
export type RuleParameter = number | Readonly<Record<string, number>>;

/** What a distance rule looks at: a generic check between two layers. */
export interface ProximityCheck {
  readonly subject: LayerName;
  /** Values of the subject's `kind`; none: every feature. */
  readonly kinds: readonly string[];
  readonly from: LayerName;
  readonly measure: ProximityMeasure;
  /** Only subjects inside the county count. */
  readonly within_county: boolean;
}

/** From where a distance is measured: a river's management line, the edge of its threatened strip, or the shape itself. */
export const PROXIMITY_MEASURES = ['management_line', 'strip_edge', 'geometry'] as const;
export type ProximityMeasure = (typeof PROXIMITY_MEASURES)[number];

export interface Rule extends Words {
  readonly id: string;
  /** File of data/rules that it comes from. */
  readonly group: string;
  /** The layer whose features it turns into counting areas; null for every other rule. */
  readonly layer: ZoneSourceLayer | null;
  readonly formula: string;
  readonly parameters?: Readonly<Record<string, RuleParameter>> | undefined;
  readonly labels?: Readonly<Record<string, Words & { readonly unit: string }>> | undefined;
  readonly texts?: Readonly<Record<string, Words>> | undefined;
  readonly check?: ProximityCheck | undefined;
  readonly standard: string | null;
  readonly edition: string | null;
  readonly source: string;
  readonly verified: boolean;
}

export interface RuleGroup {
  readonly id: string;
  /** Edition of the file that the product ships. */
  readonly version: number;
  readonly title: Words;
}

/** The rules in force. `version` counts the sets that were ever in force in this store. */
export interface RuleSet {
  readonly id: string;
  readonly version: number;
  readonly title: Words;
  /** Some rule that makes areas is not verified against an official text. */
  readonly provisional: boolean;
  readonly groups: readonly RuleGroup[];
  readonly rules: readonly Rule[];
}

/** A set that was in force, and who put it there. */
export interface RuleSetEntry {
  readonly version: number;
  readonly at: string;
  readonly by: string;
  readonly reason: string | null;
  readonly revision: number;
  readonly set: RuleSet;
}

/** The rule of this id. @throws Error when the set lacks it: a rule set is whole or not taken at all. */
export function ruleOf(set: RuleSet, id: string): Rule {
  const found = set.rules.find((candidate) => candidate.id === id);
  if (!found) throw new Error(`the rule set ${set.id} version ${set.version} has no rule ${id}`);
  return found;
}

/** A number among the rule's parameters. @throws Error when it is missing. */
export function parameterOf(of: Rule, name: string): number {
  const value = of.parameters?.[name];
  if (typeof value !== 'number') throw new Error(`rule ${of.id} has no parameter ${name}`);
  return value;
}

/** A table of numbers among the rule's parameters. @throws Error when it is missing. */
export function tableOf(of: Rule, name: string): Readonly<Record<string, number>> {
  const value = of.parameters?.[name];
  if (typeof value !== 'object') throw new Error(`rule ${of.id} has no table ${name}`);
  return value;
}
