// Steep (cut) slopes and rockfall: the face, a setback behind its crest, twice its height beyond its toe. The point
// stands for the middle of the face, unless the face was drawn as a hazard extent.
import { numberOf, type JsonValue } from '../../../domain/feature.ts';
import { parameterOf, ruleOf } from '../../../domain/rules.ts';
import { undirected } from '../allRound.ts';
import { aroundBlock, aroundBody, type Reach } from '../directedArea.ts';
import { sizeOf, type Choice, type TypedPoint } from '../choice.ts';
import { pointsWithFallback } from '../provisional.ts';
import { slopeReach } from '../reach.ts';
import { figure } from '../../threatenedArea.ts';

/** Is the ground steep enough for this rule? A slope that nobody measured is taken to be. */
export function isSteepSlope({ properties, rules }: TypedPoint): boolean {
  const slope = numberOf(properties, 'slope_deg');
  return slope === null || slope >= parameterOf(ruleOf(rules, 'cut-slope'), 'least_slope_deg');
}

export function byCutSlope(point: TypedPoint): Choice {
  const { properties, rules, at, body, kernel } = point;
  const rule = ruleOf(rules, 'cut-slope');
  const height = sizeOf(properties, 'height_m');
  if (height === null) return pointsWithFallback(point, ['height_m']);
  const stated = numberOf(properties, 'slope_deg');
  const given = stated !== null && stated > 0 ? stated : null;
  // the gentlest slope that the rule applies to has the widest face
  const slope = given ?? parameterOf(rule, 'least_slope_deg');
  const { face, setback, toe, shadow } = slopeReach(height, slope, rule);
  const bearing = numberOf(properties, 'aspect_deg');
  const across = sizeOf(properties, 'width_m') ?? sizeOf(properties, 'length_m');
  const reach: Reach = { ahead: toe.metres, back: setback, aside: 0 };
  const cap = parameterOf(rule, 'toe_cap_m');
  const factor = parameterOf(rule, 'toe_factor');
  const inputs: Record<string, JsonValue> = {
    height_m: height,
    slope_deg: given,
    aspect_deg: bearing,
    width_m: across,
    face_m: face,
    setback_m: setback,
    toe_m: toe.metres,
    shadow_reach_m: shadow,
    // the cap may lie short of where blocks can roll
    shadow_check: shadow <= toe.metres ? 'within' : 'beyond',
    // the criteria of the rule's source: below them it is applied all the same, and says so
    ...(height < parameterOf(rule, 'least_height_m') ? { below_least_height: true } : {}),
    ...(slope < parameterOf(rule, 'least_slope_deg') ? { below_least_slope: true } : {}),
    ...(body ? { body: body.zone } : {}),
    ...(given === null ? { assumed_slope_deg: slope } : {}),
  };
  const capsHit = toe.capped ? ['toe_cap_m'] : [];
  const formula = `${body ? 'face as drawn' : `face ${height} / tan ${slope}° = ${figure(face)}`}; crest + ${setback}; toe + min(${cap}, ${factor} × ${height}) = ${figure(toe.metres)} m`;
  const missing = [
    bearing === null ? 'aspect_deg' : '',
    across === null && !body ? 'width_m' : '',
    given === null && !body ? 'slope_deg' : '',
  ].filter(Boolean);
  const said = { formula, inputs, capsHit, missing };
  if (bearing !== null && body)
    return { rule: rule.id, ...said, shape: { kind: 'area', geometry: aroundBody(body.geometry, bearing, reach, kernel) } };
  if (bearing !== null && across !== null) {
    const geometry = aroundBlock({ center: at, along: face, across }, bearing, reach, kernel);
    return { rule: rule.id, ...said, shape: { kind: 'area', geometry } };
  }
  // a face whose width is not known is taken as wide as it reaches
  const size = { along: face, across: across ?? face + 2 * toe.metres };
  return undirected(rule.id, { at, body: body?.geometry ?? null, size, reach }, said);
}
