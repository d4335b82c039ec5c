// A proposal for a hazard point with figures that the register does not have: a channel that was drawn for it, a body, other
// dimensions. What a planner tries out before anything is stored.
import { numberOf, type Geometry, type JsonValue, type Position, type Properties } from '../../domain/feature.ts';
import { parameterOf, ruleOf, type RuleSet } from '../../domain/rules.ts';
import { distanceBetween } from '../../geo/ellipsoid.ts';
import { nearestOn } from './debrisFan.ts';
import { fanEnd, fanSize } from './reach.ts';

/** What a planner states beside the register. */
export interface Supposed {
  /** Fields of the point, in place of the register's. */
  readonly properties: Properties;
  /** Lon, lat and, where it is known, the height of the bed in metres; digitised downstream. */
  readonly channel: readonly (readonly number[])[] | null;
  /** The body as drawn. */
  readonly body: Geometry | null;
  /** Figures of the catchment, for a fan whose size nobody measured: km², 10⁴ m³, km. */
  readonly catchment: { readonly area_km2: number; readonly volume_wan_m3: number; readonly distance_km: number } | null;
}

/**
 * Length and width of a fan that follow from its channel's heights and from its catchment, where they are not stated.
 * @returns the fields to add, and how they came about
 */
export function fanFigures(
  apex: Position,
  stated: Properties,
  { channel, catchment }: Supposed,
  rules: RuleSet,
): { properties: Properties; said: Record<string, JsonValue> } {
  const properties: Record<string, JsonValue> = {};
  const said: Record<string, JsonValue> = {};
  const profile = channel ? profileFrom(apex, channel) : null;
  const end = profile ? fanEnd(profile, parameterOf(ruleOf(rules, 'debris-flow-fan'), 'bed_slope_deg')) : null;
  const size = catchment
    ? fanSize(catchment.area_km2, catchment.volume_wan_m3, catchment.distance_km, ruleOf(rules, 'debris-flow-fan-size'))
    : null;
  if (numberOf(stated, 'length_m') === null && end !== null && end > 0) {
    properties['length_m'] = end;
    said['length_from'] = 'bed_slope';
  } else if (numberOf(stated, 'length_m') === null && size) {
    properties['length_m'] = size.length;
    said['length_from'] = 'regression';
  }
  if (numberOf(stated, 'width_m') === null && size) {
    properties['width_m'] = size.width;
    said['width_from'] = 'regression';
  }
  return { properties, said };
}

/** Distance from the apex and height of the bed at each vertex below it; null where the channel has no heights. */
function profileFrom(apex: Position, channel: readonly (readonly number[])[]): [number, number][] | null {
  if (channel.length < 2 || channel.some((vertex) => typeof vertex[2] !== 'number' || !Number.isFinite(vertex[2]))) return null;
  const line = channel.map(([lon, lat]): Position => [lon as number, lat as number]);
  const start = nearestOn(line, apex);
  const before = start.index - 1;
  const share =
    distanceBetween(line[before] as Position, start.position) /
    (distanceBetween(line[before] as Position, line[start.index] as Position) || 1);
  const heightAt = (i: number) => channel[i]?.[2] as number;
  const profile: [number, number][] = [[0, heightAt(before) + (heightAt(start.index) - heightAt(before)) * share]];
  let [gone, at] = [0, start.position];
  for (let i = start.index; i < line.length; i++) {
    gone += distanceBetween(at, line[i] as Position);
    at = line[i] as Position;
    profile.push([gone, heightAt(i)]);
  }
  return profile;
}
