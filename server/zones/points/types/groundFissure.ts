// Ground fissures: a band along the trace, wider on the hanging wall, which lies on the side that the fissure dips to
// (its aspect). The point stands for the middle of the trace.
import { numberOf, type JsonValue } from '../../../domain/feature.ts';
import { parameterOf, ruleOf } from '../../../domain/rules.ts';
import { undirected } from '../allRound.ts';
import { aroundBlock, aroundBody, type Reach } from '../directedArea.ts';
import { sizeOf, type Choice, type TypedPoint } from '../choice.ts';
import { pointsWithFallback } from '../provisional.ts';

export function byFissure(point: TypedPoint): Choice {
  const { properties, rules, at, body, kernel } = point;
  const rule = ruleOf(rules, 'ground-fissure');
  const length = sizeOf(properties, 'length_m');
  if (length === null && !body) return pointsWithFallback(point, ['length_m']);
  const bearing = numberOf(properties, 'aspect_deg');
  const reach: Reach = { ahead: parameterOf(rule, 'hanging_wall_m'), back: parameterOf(rule, 'foot_wall_m'), aside: 0 };
  const inputs: Record<string, JsonValue> = {
    length_m: length,
    aspect_deg: bearing,
    hanging_wall_m: reach.ahead,
    foot_wall_m: reach.back,
    ...(body ? { body: body.zone } : {}),
  };
  const formula = `hanging wall ${reach.ahead} m, foot wall ${reach.back} m${length === null ? '' : `, trace ${length} m`}`;
  const said = { formula, inputs, capsHit: [], missing: bearing === null ? ['aspect_deg'] : [] };
  if (bearing !== null && body)
    return { rule: rule.id, ...said, shape: { kind: 'area', geometry: aroundBody(body.geometry, bearing, reach, kernel) } };
  if (bearing !== null && length !== null)
    return {
      rule: rule.id,
      ...said,
      shape: { kind: 'area', geometry: aroundBlock({ center: at, along: 0, across: length }, bearing, reach, kernel) },
    };
  return undirected(rule.id, { at, body: body?.geometry ?? null, size: { along: 0, across: length ?? 0 }, reach }, said);
}
