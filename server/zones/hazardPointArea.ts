// Threatened area of a hidden-hazard point by the provisional default rules (a disc), or by its surveyed radius.
import { numberOf, textOf, zoneName, type JsonValue, type Properties } from '../domain/feature.ts';
import type { StoredFeature } from '../store/store.ts';
import { parameterOf, ruleOf, type RuleSet } from './ruleSet.ts';
import { gap, NO_AREA, type Derived } from './threatenedArea.ts';

/** States in which a point counts; a point without a state is taken as registered (the import warns). */
const COUNTING_STATES = new Set(['registered', 'under_treatment', 'removal_proposed', 'removal_published']);

/** Does this point threaten anyone by the register, before any danger zone is looked at? */
export function pointCounts(properties: Properties): boolean {
  if (textOf(properties, 'hazard_type') === 'high_cut_slope') return false;
  return COUNTING_STATES.has(textOf(properties, 'state') ?? 'registered');
}

/**
 * The default area of a point.
 * @param replaced a confirmed or announced risk extent stands for the point, so it has no area of its own
 */
export function hazardPointArea(point: StoredFeature, replaced: boolean, rules: RuleSet): Derived {
  const { geometry, properties } = point;
  if (replaced || !pointCounts(properties) || geometry?.type !== 'Point') return NO_AREA;
  const zone = zoneName('hazard-points', point.id);
  const register = textOf(properties, 'register') ?? 'geological';
  const choice = radiusOf(properties, register, rules);
  if (!choice) {
    return gap(
      zone,
      'no_default_area',
      `隐患点 ${point.id}：学校登记没有默认范围，请填写影响半径或划定风险范围`,
      `Hazard point ${point.id}: the school register has no default area; give radius_m or draw a risk extent`,
    );
  }
  return {
    area: {
      zone,
      layer: 'hazard-points',
      sourceId: point.id,
      rule: choice.rule,
      shape: { kind: 'disc', center: geometry.coordinates, radius: choice.radius },
      inputs: choice.inputs,
      capsHit: choice.capsHit,
      radius: choice.radius,
      attributes: {
        name: textOf(properties, 'name') ?? textOf(properties, 'code'),
        hazard_type: textOf(properties, 'hazard_type'),
        register,
        state: textOf(properties, 'state') ?? 'registered',
      },
    },
    gaps: [],
  };
}

interface Choice {
  rule: string;
  radius: number;
  inputs: Record<string, JsonValue>;
  capsHit: string[];
}

function radiusOf(properties: Properties, register: string, rules: RuleSet): Choice | null {
  const surveyed = numberOf(properties, 'radius_m');
  if (surveyed !== null) {
    return { rule: 'surveyed-radius', radius: surveyed, inputs: { radius_m: surveyed }, capsHit: [] };
  }
  if (register === 'school') return null;
  if (register === 'flood') {
    const radius = parameterOf(ruleOf(rules, 'flood-register'), 'radius_m');
    return { rule: 'flood-register', radius, inputs: { register }, capsHit: [] };
  }
  const length = numberOf(properties, 'length_m');
  const width = numberOf(properties, 'width_m');
  const height = numberOf(properties, 'height_m');
  if (length === null && width === null && height === null) {
    const radius = parameterOf(ruleOf(rules, 'geological-without-dimensions'), 'radius_m');
    return { rule: 'geological-without-dimensions', radius, inputs: { register }, capsHit: [] };
  }
  const rule = ruleOf(rules, 'geological-with-dimensions');
  const cap = parameterOf(rule, 'cap_m');
  const reach = Math.max(length ?? 0, width ?? 0, parameterOf(rule, 'height_factor') * (height ?? 0));
  return {
    rule: rule.id,
    radius: Math.min(cap, reach),
    inputs: { register, length_m: length, width_m: width, height_m: height },
    capsHit: reach > cap ? ['cap_m'] : [],
  };
}
