// Margins of a goaf: the danger line (ground that breaks buildings) and the influence line (10 mm of subsidence). By the
// angles of movement or of the boundary through loose ground and rock, and by the probability integral; in a dipping seam
// each direction has its own. Domain practice 4.3. Lengths in metres, angles in degrees, pure.
import { numberOf, textOf, type JsonValue, type Properties } from '../../domain/feature.ts';
import { parameterOf, ruleOf, tableOf, type RuleSet } from '../../domain/rules.ts';
import { figure, type Fallback } from '../threatenedArea.ts';
import { subsidenceOf, tiltDistance } from './pim.ts';

const cot = (degrees: number) => 1 / Math.tan((degrees * Math.PI) / 180);

/** A margin in metres by direction. `rock` is the part by the angles below the loose ground, where dip matters. */
export interface Margin {
  /** By the angles: along strike, down the dip and up the dip, loose ground left out; null where no angle is known. */
  readonly rock: { readonly strike: number; readonly down: number; readonly up: number } | null;
  /** Added to `rock` in every direction: h·cot φ. */
  readonly loose: number;
  /** At least so much in every direction: the tilt limit, or the radius of major influence. */
  readonly least: number;
  /** Guard belt, beyond all that. */
  readonly belt: number;
  /** Bearing of the dip in degrees; null: the same margin in every direction. */
  readonly dipDirection: number | null;
  readonly formula: string;
  readonly inputs: Readonly<Record<string, JsonValue>>;
  readonly fallback?: Fallback;
  readonly missing?: readonly string[];
}

/** Fields without which no margin can be said. */
export interface NoMargin {
  readonly missing: readonly string[];
  readonly inputs: Readonly<Record<string, JsonValue>>;
}

/** The widest of the margins: the margin itself where it is uniform. */
export function widestMargin({ rock, loose, least, belt }: Margin): number {
  return Math.max(rock ? loose + Math.max(rock.strike, rock.down, rock.up) : 0, least) + belt;
}

const LINES = {
  danger: { strike: 'movement_angle_deg', down: 'movement_angle_down_deg', up: 'movement_angle_up_deg' },
  influence: { strike: 'boundary_angle_deg', down: 'boundary_angle_down_deg', up: 'boundary_angle_up_deg' },
} as const;

/** @param repeated another seam was mined above or below, which lessens the angles */
export function dangerMargin(properties: Properties, rules: RuleSet, repeated = false): Margin | NoMargin {
  const rule = ruleOf(rules, 'subsidence-danger-line');
  const protection = textOf(properties, 'protection_class');
  const belt = protection === null ? 0 : (tableOf(rule, 'belt_m')[protection] ?? 0);
  const { sinking } = seamOf(properties);
  const byTilt = sinking ? tiltDistance(sinking, parameterOf(rule, 'tilt_limit_mm_per_m')) : null;
  return marginBy(properties, rules, 'danger', { least: byTilt, belt, repeated });
}

/** The influence line is the wider of the boundary angle's and the radius of major influence. */
export function influenceMargin(properties: Properties, rules: RuleSet, repeated = false): Margin | NoMargin {
  return marginBy(properties, rules, 'influence', { least: seamOf(properties).radius, belt: 0, repeated });
}

/** The seam as the probability integral wants it, as far as its figures are known. */
export function seamOf(properties: Properties) {
  const depth = numberOf(properties, 'depth_m');
  const tanBeta = numberOf(properties, 'tan_beta');
  const thickness = numberOf(properties, 'thickness_m');
  const subsidenceFactor = numberOf(properties, 'subsidence_factor');
  const known = depth !== null && depth > 0 && tanBeta !== null && tanBeta > 0;
  const sinking =
    known && thickness !== null && subsidenceFactor !== null
      ? subsidenceOf({
          thickness,
          subsidenceFactor,
          displacementFactor: numberOf(properties, 'displacement_factor'),
          depth,
          tanBeta,
          dip: numberOf(properties, 'dip_deg') ?? 0,
        })
      : null;
  return { radius: known ? depth / tanBeta : null, sinking };
}

function marginBy(
  properties: Properties,
  rules: RuleSet,
  line: keyof typeof LINES,
  { least, belt, repeated }: { least: number | null; belt: number; repeated: boolean },
): Margin | NoMargin {
  const rule = ruleOf(rules, 'subsidence-danger-line');
  const depth = numberOf(properties, 'depth_m');
  if (depth === null) return { missing: ['depth_m'], inputs: {} };
  const reduction = repeated ? parameterOf(rule, 'repeated_mining_deg') : 0;
  const angle = (name: string) => {
    const given = numberOf(properties, name);
    return given === null || given <= 0 ? null : Math.max(1, given - reduction);
  };
  const names = LINES[line];
  const [strike, down, up] = [angle(names.strike), angle(names.down), angle(names.up)];
  const loose = Math.min(numberOf(properties, 'loose_m') ?? 0, depth);
  const looseAngle = numberOf(properties, 'loose_angle_deg') ?? parameterOf(rule, 'loose_angle_deg');
  const dip = numberOf(properties, 'dip_deg') ?? 0;
  const { radius } = seamOf(properties);
  const inputs: Record<string, JsonValue> = {
    depth_m: depth,
    loose_m: loose,
    loose_angle_deg: looseAngle,
    dip_deg: numberOf(properties, 'dip_deg'),
    [names.strike]: numberOf(properties, names.strike),
    tan_beta: numberOf(properties, 'tan_beta'),
    radius_of_influence_m: radius,
    ...(line === 'danger' ? { by_tilt_m: least, belt_m: belt } : {}),
    ...(repeated ? { repeated_mining_deg: reduction } : {}),
  };
  const rock = (by: number) => (depth - loose) * cot(by);
  const looseReach = loose > 0 ? loose * cot(looseAngle) : 0;
  const level = dip <= parameterOf(rule, 'uniform_up_to_dip_deg');
  if (level) {
    const only = strike ?? down ?? up;
    // with neither an angle nor the tilt known, the radius of major influence stands for the margin
    const floor = least ?? (only === null ? radius : 0);
    if (floor === null) return { missing: [names.strike], inputs };
    const reach = only === null ? null : rock(only);
    return {
      rock: reach === null ? null : { strike: reach, down: reach, up: reach },
      loose: looseReach,
      least: floor,
      belt,
      dipDirection: null,
      formula: formulaOf(
        reach === null
          ? null
          : `${figure(loose)}·cot ${looseAngle}° + ${figure(depth - loose)}·cot ${only}° = ${figure(looseReach + reach)}`,
        floor,
        belt,
        line,
      ),
      inputs: { ...inputs, assumption: 'uniform', ...(reach === null ? {} : { by_angle_m: looseReach + reach }) },
    };
  }
  // in a dipping seam the margin down the dip is wider than along the strike, by angles of its own
  const missing = [strike === null ? names.strike : '', down === null ? names.down : '', up === null ? names.up : ''].filter(Boolean);
  if (strike === null || down === null || up === null) return { missing, inputs };
  const direction = numberOf(properties, 'dip_direction_deg');
  const by = { strike: rock(strike), down: rock(down), up: rock(up) };
  const floor = least ?? 0;
  const angles = `${figure(loose)}·cot ${looseAngle}° + ${figure(depth - loose)}·cot {${down}°↓ ${up}°↑ ${strike}°} = ${figure(looseReach + by.down)}↓ ${figure(looseReach + by.up)}↑ ${figure(looseReach + by.strike)}`;
  const common = { loose: looseReach, least: floor, belt, formula: formulaOf(angles, floor, belt, line) };
  const said = {
    ...inputs,
    [names.down]: down,
    [names.up]: up,
    by_angle_down_m: looseReach + by.down,
    by_angle_up_m: looseReach + by.up,
    by_angle_m: looseReach + by.strike,
  };
  if (direction === null) {
    const most = Math.max(by.strike, by.down, by.up);
    return {
      ...common,
      rock: { strike: most, down: most, up: most },
      dipDirection: null,
      inputs: { ...said, assumption: 'widest_everywhere' },
      fallback: 'uniform',
      missing: ['dip_direction_deg'],
    };
  }
  return { ...common, rock: by, dipDirection: direction, inputs: { ...said, dip_direction_deg: direction, assumption: 'directional' } };
}

function formulaOf(byAngle: string | null, least: number, belt: number, line: keyof typeof LINES): string {
  const other = least > 0 ? `${line === 'danger' && byAngle !== null ? 'x(i) ' : 'r '}${figure(least)}` : null;
  const parts = [byAngle, other].filter((part) => part !== null);
  const margin = parts.length > 1 ? `max(${parts.join(', ')})` : (parts[0] ?? '0');
  return `${margin}${belt > 0 ? ` + ${belt}` : ''} m`;
}
