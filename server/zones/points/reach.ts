// How far a point hazard reaches, by the rules of data/rules/hazard-points.json. Lengths in metres, angles in degrees, pure.
// Sources stand with the rules; symbols as in domain practice: H height, L length downslope, W width, V volume.
import { parameterOf, type Rule } from '../../domain/rules.ts';

const RADIANS = Math.PI / 180;

/** A length that a rule limits, and whether the limit was met. */
export interface Capped {
  readonly metres: number;
  readonly capped: boolean;
}

export interface SlopeReach {
  /** Horizontal width of the slope's face: H / tan(slope). */
  readonly face: number;
  /** Behind the crest. */
  readonly setback: number;
  /** Beyond the toe: a multiple of H up to a cap. */
  readonly toe: Capped;
  /** Check only: where a line from the crest at the shadow angle meets the ground, H / tan(angle). */
  readonly shadow: number;
}

/** Steep (cut) slope or rockfall of a height, at a slope of at least the rule's least. */
export function slopeReach(height: number, slope: number, rule: Rule): SlopeReach {
  const cap = parameterOf(rule, 'toe_cap_m');
  const toe = parameterOf(rule, 'toe_factor') * height;
  return {
    face: slope >= 90 ? 0 : height / Math.tan(slope * RADIANS),
    setback: parameterOf(rule, 'setback_m'),
    toe: { metres: Math.min(cap, toe), capped: toe > cap },
    shadow: height / Math.tan(parameterOf(rule, 'shadow_angle_deg') * RADIANS),
  };
}

/** Run-out of a landslide beyond its toe: as far again as the body is long, up to a cap. */
export function runOut(length: number, rule: Rule): Capped {
  const cap = parameterOf(rule, 'runout_cap_m');
  const reach = parameterOf(rule, 'runout_factor') * length;
  return { metres: Math.min(cap, reach), capped: reach > cap };
}

/** Lateral spread on each flank of a slide or a fan: a share of the width, at least so much. */
export function lateralSpread(width: number, rule: Rule): number {
  return Math.max(parameterOf(rule, 'spread_least_m'), parameterOf(rule, 'spread_share') * width);
}

/**
 * Upper check of a landslide's travel: the distance from crown to tip by the travel angle, log10(H / L) = −a · log10 V − b.
 * @param height drop in metres, @param volume m³, above 0
 */
export function travelReach(height: number, volume: number, rule: Rule): number {
  return height * 10 ** (parameterOf(rule, 'travel_slope') * Math.log10(volume) + parameterOf(rule, 'travel_intercept'));
}

/** Beyond the rim of an isolated pit: its depth, at least so much. A depth that is not known adds nothing. */
export function pitMargin(depth: number | null, rule: Rule): number {
  return Math.max(parameterOf(rule, 'rim_least_m'), parameterOf(rule, 'depth_factor') * (depth ?? 0));
}

/** Half the width of a debris fan at a distance from its apex. */
export function fanHalfWidth(distance: number, length: number, width: number, spread: number): number {
  return (width / 2) * (distance / length) + spread;
}

/**
 * Size of a debris fan by regression, an aid to drawing.
 * @param area catchment in km², @param volume in 10⁴ m³, @param distance in km
 * @returns length and width in metres
 */
export function fanSize(area: number, volume: number, distance: number, rule: Rule): { length: number; width: number } {
  const p = (name: string) => parameterOf(rule, name);
  return {
    length: 1000 * (p('length_constant') + p('length_area') * area + p('length_volume') * volume),
    width: 1000 * (p('width_constant') + p('width_distance') * distance + p('width_volume') * volume),
  };
}

/**
 * Where along a channel its bed slope falls to a limit for good.
 * @param profile distance from the apex and height of the bed, both in metres, downstream
 * @returns distance in metres, or null where the bed stays steeper to its end
 */
export function fanEnd(profile: readonly (readonly [distance: number, height: number])[], limitDegrees: number): number | null {
  const limit = Math.tan(limitDegrees * RADIANS);
  let end: number | null = null;
  for (let i = profile.length - 1; i > 0; i--) {
    const [from, high] = profile[i - 1] as readonly [number, number];
    const [to, low] = profile[i] as readonly [number, number];
    if (to > from && (high - low) / (to - from) > limit) break;
    end = from;
  }
  return end;
}
