// The provisional discs: for points of no typed rule, and where a typed rule lacks the dimension that it starts from.
import type { JsonValue } from '../../domain/feature.ts';
import { parameterOf, ruleOf } from '../../domain/rules.ts';
import { disc, sizeOf, type Choice, type TypedPoint } from './choice.ts';

/** @param missing fields that the typed rule would have needed; none where there is no typed rule */
export function pointsWithFallback({ at, properties, rules }: TypedPoint, missing: readonly string[]): Choice {
  const length = sizeOf(properties, 'length_m');
  const width = sizeOf(properties, 'width_m');
  const height = sizeOf(properties, 'height_m');
  const stated = missing.length > 0 ? ({ fallback: 'provisional', missing } as const) : {};
  if (length === null && width === null && height === null) {
    const radius = parameterOf(ruleOf(rules, 'geological-without-dimensions'), 'radius_m');
    return {
      ...disc('geological-without-dimensions', at, radius, `r = ${radius} m`, {}),
      ...stated,
    };
  }
  const rule = ruleOf(rules, 'geological-with-dimensions');
  const cap = parameterOf(rule, 'cap_m');
  const factor = parameterOf(rule, 'height_factor');
  const reach = Math.max(length ?? 0, width ?? 0, factor * (height ?? 0));
  const inputs: Record<string, JsonValue> = { length_m: length, width_m: width, height_m: height };
  const formula = `r = min(${cap}, max(${length ?? '–'}, ${width ?? '–'}, ${factor} × ${height ?? '–'})) = ${Math.min(cap, reach)} m`;
  return {
    ...disc(rule.id, at, Math.min(cap, reach), formula, inputs),
    capsHit: reach > cap ? ['cap_m'] : [],
    ...stated,
  };
}
