// Isolated collapse pits: the rim, and beyond it the pit's depth or a least distance, whichever is more.
import { numberOf, type JsonValue } from '../../../domain/feature.ts';
import { ruleOf } from '../../../domain/rules.ts';
import { figure } from '../../threatenedArea.ts';
import { sizeOf, type Choice, type TypedPoint } from '../choice.ts';
import { pointsWithFallback } from '../provisional.ts';
import { pitMargin } from '../reach.ts';

export function byPit(point: TypedPoint): Choice {
  const { properties, rules, at, body } = point;
  const rule = ruleOf(rules, 'pit');
  const length = sizeOf(properties, 'length_m');
  const width = sizeOf(properties, 'width_m');
  const depth = numberOf(properties, 'depth_m');
  if (!body && length === null && width === null) return pointsWithFallback(point, ['length_m']);
  const margin = pitMargin(depth, rule);
  const rim = Math.max(length ?? 0, width ?? 0) / 2;
  const inputs: Record<string, JsonValue> = {
    length_m: length,
    width_m: width,
    depth_m: depth,
    rim_margin_m: margin,
    ...(body ? { body: body.zone } : {}),
  };
  const beyond = `max(${pitMargin(0, rule)}, ${depth ?? '?'}) = ${figure(margin)} m`;
  const common = { rule: rule.id, inputs, capsHit: [], ...(depth === null ? { missing: ['depth_m'], unassessed: ['depth_m'] } : {}) };
  if (body) return { ...common, formula: `rim as drawn + ${beyond}`, shape: { kind: 'margin', geometry: body.geometry, margin } };
  return {
    ...common,
    formula: `rim ${figure(rim)} + ${beyond}`,
    shape: { kind: 'disc', center: at, radius: rim + margin },
    radius: rim + margin,
  };
}
