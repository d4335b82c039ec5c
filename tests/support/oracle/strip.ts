// The strip along a line by its own words: rectangles left and right of each segment, rounded on the outer side of
// bends, and at its end where that is round.
import type { Position } from '../../../server/domain/feature.ts';
import { distance, nearestOn, sideOf } from './distance.ts';

/** Null where any part of the rule is nearer to its limit than `slack` metres. */
export function inStrip(
  line: readonly Position[],
  left: number,
  right: number,
  round: boolean,
  p: Position,
  slack: number,
): boolean | null {
  let doubtful = false;
  for (let i = 1; i < line.length; i++) {
    const [a, b] = [line[i - 1] as Position, line[i] as Position];
    const length = distance(a, b);
    if (length < 0.1) return null;
    const over = Math.max(0.2, slack / length);
    const foot = nearestOn(a, b, p, -over, 1 + over);
    const width = sideOf(a, b, p) >= 0 ? left : right;
    const room = Math.min(foot.t * length, (1 - foot.t) * length, width - foot.distance);
    if (foot.distance < slack) doubtful ||= room > -slack;
    else if (room > slack) return true;
    else if (room > -slack) doubtful = true;
  }
  for (let i = 1; i < line.length - (round ? 0 : 1); i++) {
    const vertex = line[i] as Position;
    const off = distance(vertex, p);
    if (off > Math.max(left, right) + slack) continue;
    const from = line[i - 1] as Position;
    const to = line[i + 1] ?? from;
    // along each segment's direction: past the end of one, before the start of the other
    const ahead = project(from, vertex, vertex, p);
    const behind = project(vertex, to, vertex, p);
    if (Math.abs(ahead) < slack || Math.abs(behind) < slack) doubtful = true;
    if (ahead < 0 || behind > 0) continue;
    const bend = sideOf(from, vertex, to);
    if (i < line.length - 1 && Math.abs(bend) < 1e-12) return null;
    const width = i === line.length - 1 ? (sideOf(from, vertex, p) >= 0 ? left : right) : bend > 0 ? right : left;
    if (Math.abs(off - width) < slack || (i === line.length - 1 && Math.abs(sideOf(from, vertex, p)) < 1e-12)) doubtful = true;
    else if (off < width) return true;
  }
  return doubtful ? null : false;
}

/** Metres of p beyond `origin` along the direction from a to b. */
function project(a: Position, b: Position, origin: Position, p: Position): number {
  const scale = Math.cos((origin[1] * Math.PI) / 180);
  const short = (x: number) => ((((x + 180) % 360) + 360) % 360) - 180;
  const [dx, dy] = [short(b[0] - a[0]) * scale, b[1] - a[1]];
  return ((dx * short(p[0] - origin[0]) * scale + dy * (p[1] - origin[1])) / Math.hypot(dx, dy)) * 111_320;
}
