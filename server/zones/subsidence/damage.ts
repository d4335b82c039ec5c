// Damage grades of buildings by the deformation of the ground under them (domain practice 4.4). Pure.
import { DAMAGE_GRADES, type DamageGrade } from '../../domain/subsidenceDamage.ts';
import { ruleOf, tableOf, type RuleSet } from '../../domain/rules.ts';
import type { Deformation } from './pim.ts';

/** The structure that the table is for. Caves, adobe and the rest need tables of their own, which are not here. */
export function isCovered(structure: string | null): boolean {
  return structure === 'brick_concrete';
}

/**
 * The worst of tilt, curvature and strain; a limit belongs to the milder grade.
 * @returns null without any of the three
 */
export function damageGrade(
  { tilt, curvature, strain }: { tilt: number | null; curvature: number | null; strain: number | null },
  rules: RuleSet,
): DamageGrade | null {
  const rule = ruleOf(rules, 'subsidence-damage');
  const by = (value: number | null, table: string): number => {
    if (value === null) return -1;
    const limits = tableOf(rule, table);
    const within = DAMAGE_GRADES.findIndex((grade) => value <= (limits[grade] ?? Infinity));
    return within;
  };
  const worst = Math.max(by(tilt, 'tilt_mm_per_m'), by(curvature, 'curvature_per_km'), by(strain, 'strain_mm_per_m'));
  return DAMAGE_GRADES[worst] ?? null;
}

/** Each of the three by itself, for a list that shows how the grade came about. */
export function gradesOf(deformation: Deformation, rules: RuleSet): Record<'tilt' | 'curvature' | 'strain', DamageGrade | null> {
  const none = { tilt: null, curvature: null, strain: null };
  return {
    tilt: damageGrade({ ...none, tilt: deformation.tilt }, rules),
    curvature: damageGrade({ ...none, curvature: deformation.curvature }, rules),
    strain: damageGrade({ ...none, strain: deformation.strain }, rules),
  };
}
