// Debris flows: a fan from its apex, which the point stands for, down its channel. A circle around the apex would be wrong
// whatever its radius, so there is no fallback: without a channel or a direction the point is not assessed.
import { numberOf, textOf, type JsonValue } from '../../../domain/feature.ts';
import { ruleOf } from '../../../domain/rules.ts';
import { figure } from '../../threatenedArea.ts';
import { fanAlongBearing, fanAlongChannel, nearestOn, type Fan } from '../debrisFan.ts';
import { sizeOf, type Choice, type TypedPoint } from '../choice.ts';
import { lateralSpread } from '../reach.ts';

/** Metres: an apex farther than this from the channel that it names belongs to another one. */
const ON_CHANNEL = 200;

export function byDebrisFan({ properties, rules, at, body, channel, kernel }: TypedPoint): Choice {
  const rule = ruleOf(rules, 'debris-flow-fan');
  if (body) {
    // a surveyed fan is the whole fan
    return {
      rule: rule.id,
      formula: 'fan as drawn',
      shape: { kind: 'area', geometry: body.geometry },
      inputs: { body: body.zone },
      capsHit: [],
    };
  }
  const length = sizeOf(properties, 'length_m');
  const width = sizeOf(properties, 'width_m');
  const bearing = numberOf(properties, 'aspect_deg');
  const off = channel ? nearestOn(channel, at).distance : null;
  const usable = channel !== null && off !== null && off <= ON_CHANNEL ? channel : null;
  const missing = [
    length === null ? 'length_m' : '',
    width === null ? 'width_m' : '',
    usable || bearing !== null ? '' : 'channel_id',
  ].filter(Boolean);
  if (length === null || width === null || length === 0 || (!usable && bearing === null)) {
    const named = textOf(properties, 'channel_id');
    const far = off !== null && off > ON_CHANNEL;
    return {
      refused: missing.length > 0 ? missing : ['length_m'],
      why: {
        zh: far
          ? `泥石流扇顶距所填沟道 ${named ?? ''} ${Math.round(off)} 米，不在其上`
          : '泥石流没有安全的圆形默认范围，须有扇顶以下的沟道或流向和扇的长宽',
        en: far
          ? `the apex lies ${Math.round(off)} m off the channel ${named ?? ''} that it names`
          : 'a debris flow has no safe circular default; it takes the channel or the direction below the apex and the size of the fan',
      },
    };
  }
  const fan: Fan = { length, width, spread: lateralSpread(width, rule) };
  const inputs: Record<string, JsonValue> = { length_m: length, width_m: width, spread_m: fan.spread };
  const formula = `fan ${figure(length)} m long, half width ${figure(width)} / 2 · s / ${figure(length)} + ${figure(fan.spread)} m`;
  const geometry = usable ? fanAlongChannel(at, usable, fan, kernel) : fanAlongBearing(at, bearing ?? 0, fan, kernel);
  return {
    rule: rule.id,
    formula,
    shape: { kind: 'area', geometry },
    inputs: usable
      ? { ...inputs, channel_id: textOf(properties, 'channel_id') }
      : { ...inputs, aspect_deg: bearing, axis: 'straight_along_aspect' },
    capsHit: [],
    ...(usable ? {} : { missing: ['channel_id'] }),
  };
}
