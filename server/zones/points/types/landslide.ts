// Landslides: the body, a run-out downslope as long as the body, and a spread on both flanks. The point stands for the
// middle of the body, unless the body was drawn as a hazard extent.
import { numberOf, type Geometry, type JsonValue } from '../../../domain/feature.ts';
import { parameterOf, ruleOf } from '../../../domain/rules.ts';
import { figure } from '../../threatenedArea.ts';
import { undirected } from '../allRound.ts';
import { aroundBlock, aroundBody, extentAlong, type Reach } from '../directedArea.ts';
import { sizeOf, type Choice, type TypedPoint } from '../choice.ts';
import { pointsWithFallback } from '../provisional.ts';
import { lateralSpread, runOut, travelReach } from '../reach.ts';

export function byLandslide(point: TypedPoint): Choice {
  const { properties, rules, at, body, kernel } = point;
  const rule = ruleOf(rules, 'landslide');
  const bearing = numberOf(properties, 'aspect_deg');
  const drawn = body ? (bearing === null ? widest(body.geometry) : extentAlong(body.geometry, bearing)) : null;
  const length = drawn?.along ?? sizeOf(properties, 'length_m');
  if (length === null) return pointsWithFallback(point, ['length_m']);
  const width = drawn?.across ?? sizeOf(properties, 'width_m');
  const slide = runOut(length, rule);
  // a body of which the width is not known is taken to be as wide as long
  const spread = lateralSpread(width ?? length, rule);
  const reach: Reach = { ahead: slide.metres, back: 0, aside: spread };
  const inputs: Record<string, JsonValue> = {
    length_m: length,
    width_m: width,
    aspect_deg: bearing,
    runout_m: slide.metres,
    spread_m: spread,
    ...travelCheck(point, length, width, length + slide.metres),
    ...(body ? { body: body.zone } : {}),
  };
  const cap = parameterOf(rule, 'runout_cap_m');
  const formula = `body ${figure(length)} × ${width === null ? '?' : figure(width)}; run-out min(${cap}, ${parameterOf(rule, 'runout_factor')} × ${figure(length)}) = ${figure(slide.metres)}; flanks + ${figure(spread)} m`;
  const capsHit = slide.capped ? ['runout_cap_m'] : [];
  const missing = [bearing === null ? 'aspect_deg' : '', width === null ? 'width_m' : ''].filter(Boolean);
  const said = { formula, inputs, capsHit, missing };
  if (bearing !== null && body)
    return { rule: rule.id, ...said, shape: { kind: 'area', geometry: aroundBody(body.geometry, bearing, reach, kernel) } };
  if (bearing !== null && width !== null) {
    const geometry = aroundBlock({ center: at, along: length, across: width }, bearing, reach, kernel);
    return { rule: rule.id, ...said, shape: { kind: 'area', geometry } };
  }
  return undirected(rule.id, { at, body: body?.geometry ?? null, size: { along: length, across: width ?? length }, reach }, said);
}

/** A body whose way down is not known, taken to be as long and as wide as it could be: the diagonal of its box. */
function widest(body: Geometry): { along: number; across: number } {
  const { along, across } = extentAlong(body, 0);
  const diagonal = Math.hypot(along, across);
  return { along: diagonal, across: diagonal };
}

/** The travel from crown to tip by the rule beside the one by the travel angle, where height and volume are known. */
function travelCheck({ properties, rules }: TypedPoint, length: number, width: number | null, travel: number): Record<string, JsonValue> {
  const height = sizeOf(properties, 'height_m');
  const depth = numberOf(properties, 'depth_m');
  const stated = numberOf(properties, 'volume_m3');
  const volume = stated ?? (width !== null && depth !== null ? length * width * depth : null);
  if (height === null || height <= 0 || volume === null || volume <= 0) return {};
  const reach = travelReach(height, volume, ruleOf(rules, 'landslide'));
  return {
    height_m: height,
    volume_m3: volume,
    travel_m: travel,
    travel_angle_m: reach,
    travel_check: travel >= reach ? 'within' : 'beyond',
  };
}
