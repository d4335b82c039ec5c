// Plane geometry in metres: x east, y north of the district's centre, in the Gauss-Kruger plane of zone 38.

/** A place in the district's plane, metres. */
export type Place = readonly [x: number, y: number];
/** A polygon's edge, first vertex not repeated. */
export type Ring = readonly Place[];
/** Outer ring and holes. */
export type Area = readonly Ring[];

export const add = (p: Place, q: Place): Place => [p[0] + q[0], p[1] + q[1]];
export const minus = (p: Place, q: Place): Place => [p[0] - q[0], p[1] - q[1]];
export const times = (p: Place, k: number): Place => [p[0] * k, p[1] * k];
export const along = (p: Place, direction: Place, distance: number): Place => [
  p[0] + direction[0] * distance,
  p[1] + direction[1] * distance,
];
export const distance = (p: Place, q: Place): number => Math.hypot(p[0] - q[0], p[1] - q[1]);
/** A quarter turn to the left. */
export const left = (p: Place): Place => [-p[1], p[0]];
export const unit = (p: Place): Place => {
  const length = Math.hypot(p[0], p[1]);
  return length > 0 ? [p[0] / length, p[1] / length] : [1, 0];
};
export const turned = (p: Place, angle: number): Place => [
  p[0] * Math.cos(angle) - p[1] * Math.sin(angle),
  p[0] * Math.sin(angle) + p[1] * Math.cos(angle),
];

/** Consecutive pairs of a line; with `closed`, the last vertex is joined to the first. */
export function* segments(line: readonly Place[], closed = false): Generator<readonly [Place, Place]> {
  let previous = closed ? line.at(-1) : undefined;
  for (const vertex of line) {
    if (previous) yield [previous, vertex];
    previous = vertex;
  }
}

/** Share of the way from a to b at which the point nearest to p lies, 0 to 1. */
export function shareAlong(p: Place, a: Place, b: Place): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const square = dx * dx + dy * dy;
  if (square === 0) return 0;
  const share = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square;
  return share < 0 ? 0 : share > 1 ? 1 : share;
}

function squareToSegment(p: Place, a: Place, b: Place): number {
  const t = shareAlong(p, a, b);
  const dx = p[0] - a[0] - t * (b[0] - a[0]);
  const dy = p[1] - a[1] - t * (b[1] - a[1]);
  return dx * dx + dy * dy;
}

export function distanceToSegment(p: Place, a: Place, b: Place): number {
  return Math.sqrt(squareToSegment(p, a, b));
}

export function distanceToLine(p: Place, line: readonly Place[], closed = false): number {
  let nearest = Infinity;
  // A plain loop: this is asked millions of times, and a generator would cost more than the arithmetic.
  let a = closed ? line.at(-1) : undefined;
  for (const b of line) {
    if (a) nearest = Math.min(nearest, squareToSegment(p, a, b));
    a = b;
  }
  return Math.sqrt(nearest);
}

/** Even-odd rule. */
export function insideRing(p: Place, ring: Ring): boolean {
  let inside = false;
  let a = ring.at(-1);
  for (const b of ring) {
    if (a && a[1] > p[1] !== b[1] > p[1] && p[0] < ((b[0] - a[0]) * (p[1] - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
    a = b;
  }
  return inside;
}

export function insideArea(p: Place, area: Area): boolean {
  return area.filter((ring) => insideRing(p, ring)).length % 2 === 1;
}

/** Signed area in square metres, positive when counter-clockwise. */
export function signedArea(ring: Ring): number {
  let sum = 0;
  for (const [a, b] of segments(ring, true)) sum += a[0] * b[1] - b[0] * a[1];
  return sum / 2;
}

export function centroid(ring: Ring): Place {
  const sum = ring.reduce<Place>((total, p) => add(total, p), [0, 0]);
  return times(sum, 1 / ring.length);
}

export function lengthOf(line: readonly Place[]): number {
  let sum = 0;
  for (const [a, b] of segments(line)) sum += distance(a, b);
  return sum;
}

/** West, south, east, north of some places. */
export function boundsOf(places: Iterable<Place>): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of places) {
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return box;
}
