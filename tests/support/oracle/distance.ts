// Distances by the geodesic alone: the nearest point of a segment that is straight in lon/lat is searched for, not
// computed. Slow, and shares no code with the service.
import geodesic from 'geographiclib-geodesic';
import type { Position } from '../../../server/domain/feature.ts';

export function distance(a: Position, b: Position): number {
  return geodesic.Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0]).s12 ?? Number.NaN;
}

const east = (from: number, to: number): number => ((((to - from + 180) % 360) + 360) % 360) - 180;

export interface Nearest {
  readonly t: number;
  readonly distance: number;
}

/** The point of a segment that is nearest: its parameter in [from, to], and the distance in metres. */
export function nearestOn(a: Position, b: Position, p: Position, from = 0, to = 1): Nearest {
  const off = (t: number) => distance([a[0] + east(a[0], b[0]) * t, a[1] + (b[1] - a[1]) * t], p);
  const STEPS = 16;
  let best = from;
  for (let i = 0; i <= STEPS; i++) {
    const t = from + ((to - from) * i) / STEPS;
    if (off(t) < off(best)) best = t;
  }
  let low = Math.max(from, best - (to - from) / STEPS);
  let high = Math.min(to, best + (to - from) / STEPS);
  const golden = (Math.sqrt(5) - 1) / 2;
  for (let i = 0; i < 60; i++) {
    const step = (high - low) * golden;
    if (off(high - step) <= off(low + step)) high = low + step;
    else low = high - step;
  }
  const t = (low + high) / 2;
  return off(t) < off(best) ? { t, distance: off(t) } : { t: best, distance: off(best) };
}

export function distanceToLine(line: readonly Position[], p: Position): number {
  const [only] = line;
  if (line.length === 1 && only) return distance(only, p);
  return Math.min(...line.slice(1).map((b, i) => nearestOn(line[i] as Position, b, p).distance));
}

/** Which side of a segment a position lies on: > 0 left. In the plane of its middle, which is enough for the sign. */
export function sideOf(a: Position, b: Position, p: Position): number {
  const scale = Math.cos((((a[1] + b[1]) / 2) * Math.PI) / 180);
  return east(a[0], b[0]) * scale * (p[1] - a[1]) - (b[1] - a[1]) * east(a[0], p[0]) * scale;
}
