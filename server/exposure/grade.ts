// 险情等级 and 灾情等级: two counts against the limits of the rules, the higher of the two; a limit belongs to the grade above
// it (以上 is inclusive). One hazard has a grade; a township or a county, which is a sum of many, has none.
import { ruleOf, tableOf, type RuleSet } from '../domain/rules.ts';
import type { CountedZone, Exposure } from './exposure.ts';
import { figureOf, measuresOf } from './figures.ts';

export const GRADES = ['very_large', 'large', 'medium', 'small'] as const;
export type Grade = (typeof GRADES)[number];

const YUAN_PER_WAN = 10_000;

/** Least people and least yuan of each grade but the lowest, highest grade first. */
export interface GradeLimits {
  readonly steps: readonly { readonly grade: Grade; readonly people: number; readonly yuan: number }[];
}

function limitsOf(rules: RuleSet, id: string, people: string, wan: string): GradeLimits {
  const rule = ruleOf(rules, id);
  const [byPeople, byWan] = [tableOf(rule, people), tableOf(rule, wan)];
  const steps = GRADES.slice(0, -1).map((grade) => ({
    grade,
    people: byPeople[grade] ?? Infinity,
    yuan: (byWan[grade] ?? Infinity) * YUAN_PER_WAN,
  }));
  return { steps };
}

/** Limits of the danger grade: people to be moved, property at risk. */
export function dangerLimits(rules: RuleSet): GradeLimits {
  return limitsOf(rules, 'danger-grade', 'people', 'property_wan');
}

/** Limits of the loss grade: deaths and missing, direct loss. */
export function lossLimits(rules: RuleSet): GradeLimits {
  return limitsOf(rules, 'loss-grade', 'deaths', 'loss_wan');
}

/**
 * The grade by people and by money in yuan; null when neither is known. Sums of money are taken to the cent, so that a
 * limit that is met exactly is not missed by the last digit of a double.
 */
export function gradeBy(limits: GradeLimits, people: number | null, yuan: number | null): Grade | null {
  if (people === null && yuan === null) return null;
  const cents = Math.round((yuan ?? 0) * 100);
  const hit = limits.steps.find((step) => (people ?? 0) >= step.people || cents >= Math.round(step.yuan * 100));
  return hit?.grade ?? 'small';
}

/** The danger grade of a zone is of all its resident people and property, whatever else is filtered. */
export function gradeOf(exposure: Exposure, { sums }: CountedZone): Grade | null {
  if (!exposure.dangerLimits) return null;
  const { people, property } = figureOf(sums, measuresOf(exposure.census, 'resident', 'night'));
  return gradeBy(exposure.dangerLimits, people, property);
}
