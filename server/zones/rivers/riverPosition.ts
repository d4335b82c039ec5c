// Where along a river a position lies: section, chainage, bank and distance from the line. Facing downstream, the bank on
// the left hand is the left bank; a line digitised the other way round has its banks the other way round.
import { numberOf, type Position, type Properties } from '../../domain/feature.ts';
import { distanceBetween, geodesicDistance } from '../../geo/ellipsoid.ts';
import { footOn } from '../../geo/segment.ts';

export interface RiverPosition {
  /** Chainage in metres by the section's own counting; from the upstream end where it states none. */
  readonly chainage: number;
  /** The section states no chainage of its own, so its upstream end counts as 0. */
  readonly chainageAssumed: boolean;
  /** Metres from the upstream end along the section. */
  readonly along: number;
  readonly bank: 'left' | 'right' | 'on_line';
  /** Metres from the line. */
  readonly distance: number;
  /** The nearest place of the line. */
  readonly foot: Position;
  /** The nearest place is an end of the section, beyond which the position lies. */
  readonly beyondEnd: boolean;
}

/** Metres: a position this near the line lies on neither bank. */
const ON_LINE = 0.001;

/** @param lines parts of the section in order, each digitised downstream */
export function riverPosition(lines: readonly (readonly Position[])[], properties: Properties, p: Position): RiverPosition | null {
  let best: { along: number; distance: number; side: number; foot: Position; beyondEnd: boolean } | null = null;
  let gone = 0;
  for (const [part, line] of lines.entries()) {
    for (let i = 1; i < line.length; i++) {
      const a = line[i - 1] as Position;
      const b = line[i] as Position;
      const foot = footOn(a, b, p);
      if (!best || foot.distance < best.distance) {
        const first = part === 0 && i === 1 && foot.t < 0;
        const last = part === lines.length - 1 && i === line.length - 1 && foot.t > 1;
        best = {
          along: gone + lengthOf(a, foot.position),
          distance: foot.distance,
          // at a bend the nearest place is the vertex for both segments: the turn there decides, not either segment alone
          side: sideAt(line, i, foot.t, p) ?? foot.side,
          foot: foot.position,
          beyondEnd: first || last,
        };
      }
      gone += lengthOf(a, b);
    }
  }
  if (!best) return null;
  const { side, ...found } = best;
  return {
    ...found,
    ...chainageOf(properties, best.along, gone),
    bank: found.distance <= ON_LINE || side === 0 ? 'on_line' : side > 0 ? 'left' : 'right',
  };
}

/** Beyond a vertex on the outer side of a bend both segments see the position on the same side or disagree; the bend knows. */
function sideAt(line: readonly Position[], i: number, t: number, p: Position): number | null {
  const corner = t >= 1 ? i : t <= 0 ? i - 1 : null;
  if (corner === null || corner === 0 || corner === line.length - 1) return null;
  const [before, vertex, after] = [line[corner - 1], line[corner], line[corner + 1]] as [Position, Position, Position];
  const incoming = footOn(before, vertex, p).side;
  const outgoing = footOn(vertex, after, p).side;
  if (Math.sign(incoming) === Math.sign(outgoing)) return incoming;
  // the outer side of the bend: right of a left turn, left of a right turn
  return footOn(before, vertex, after).side > 0 ? -1 : 1;
}

function lengthOf(a: Position, b: Position): number {
  const short = distanceBetween(a, b);
  return short > 1000 ? geodesicDistance(a, b) : short;
}

/** By proportion between the chainages of the section's ends, so that it agrees with the signs along the river. */
function chainageOf(properties: Properties, along: number, length: number): { chainage: number; chainageAssumed: boolean } {
  const from = numberOf(properties, 'chainage_from_m');
  const to = numberOf(properties, 'chainage_to_m');
  const share = length === 0 ? 0 : along / length;
  const up = properties['chainage_origin'] === 'mouth' ? -1 : 1;
  if (from !== null && to !== null) {
    // the upstream end has the smaller chainage, or the greater one where it counts from the mouth
    const [start, end] = up > 0 ? [Math.min(from, to), Math.max(from, to)] : [Math.max(from, to), Math.min(from, to)];
    return { chainage: start + (end - start) * share, chainageAssumed: false };
  }
  if (from !== null) return { chainage: from + up * along, chainageAssumed: false };
  if (to !== null) return { chainage: to - up * (length - along), chainageAssumed: false };
  return { chainage: along, chainageAssumed: true };
}

/** K12+345 for 12,345 m. */
export function chainageLabel(metres: number): string {
  const whole = Math.round(metres);
  const sign = whole < 0 ? '-' : '';
  const size = Math.abs(whole);
  return `${sign}K${Math.floor(size / 1000)}+${String(size % 1000).padStart(3, '0')}`;
}
