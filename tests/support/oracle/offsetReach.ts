// The Minkowski sum with a convex polygon by its definition: a place is reached when some place of the source lies
// within the reach of it. Each edge is asked on its own; nothing is cut, united or hulled.
import type { Geometry, Position } from '../../../server/domain/feature.ts';
import { ringsOf } from './offsetPlane.ts';

/** A convex polygon as half planes: unit normals outwards, and how far along each it extends. */
export type HalfPlanes = readonly { readonly x: number; readonly y: number; readonly extent: number }[];

/** @param corners counterclockwise; of two, the segment between them */
export function halfPlanes(corners: readonly Position[]): HalfPlanes {
  const sides = corners.map((a, i): Position => {
    const b = corners[(i + 1) % corners.length] as Position;
    return [b[0] - a[0], b[1] - a[1]];
  });
  // a segment has ends as well as two sides
  if (corners.length === 2) sides.push(...sides.map(([x, y]): Position => [-y, x]));
  return sides.flatMap(([dx, dy]) => {
    const length = Math.hypot(dx, dy);
    if (length === 0) return [];
    const [x, y] = [dy / length, -dx / length];
    return [{ x, y, extent: Math.max(...corners.map((q) => x * q[0] + y * q[1])) }];
  });
}

/**
 * Metres by which a place lies beyond the reach of an edge; below 0 within it. The excess over a half plane is linear
 * along the edge, so the greatest over all of them is convex there, and its least value is found by golden section.
 */
function excessOverEdge(a: Position, b: Position, p: Position, reach: HalfPlanes): number {
  const excess = (t: number) => {
    const [x, y] = [p[0] - a[0] - (b[0] - a[0]) * t, p[1] - a[1] - (b[1] - a[1]) * t];
    let most = -Infinity;
    for (const plane of reach) most = Math.max(most, plane.x * x + plane.y * y - plane.extent);
    return most;
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
  let [low, high] = [0, 1];
  let [one, two] = [1 - golden, golden];
  let [atOne, atTwo] = [excess(one), excess(two)];
  while ((high - low) * length > 1e-5) {
    if (atOne <= atTwo) {
      [high, two, atTwo] = [two, one, atOne];
      one = high - (high - low) * golden;
      atOne = excess(one);
    } else {
      [low, one, atOne] = [one, two, atTwo];
      two = low + (high - low) * golden;
      atTwo = excess(two);
    }
  }
  return Math.min(atOne, atTwo, excess(0), excess(1));
}

/** Metres beyond the reach of a source's lines or rings; below 0 within it. The inside of an area is not looked at. */
export function excessOver(source: Geometry, p: Position, reach: HalfPlanes): number {
  const farthest = Math.max(...reach.map(({ extent }) => extent)) * 3 + 10;
  let least = Infinity;
  for (const chain of chainsIn(source)) {
    for (let i = chain.length > 1 ? 1 : 0; i < chain.length; i++) {
      const [a, b] = [chain[Math.max(0, i - 1)] as Position, chain[i] as Position];
      if (Math.min(a[0], b[0]) - p[0] > farthest || p[0] - Math.max(a[0], b[0]) > farthest) continue;
      if (Math.min(a[1], b[1]) - p[1] > farthest || p[1] - Math.max(a[1], b[1]) > farthest) continue;
      least = Math.min(least, excessOverEdge(a, b, p, reach));
    }
  }
  return least;
}

export function chainsIn(source: Geometry): readonly (readonly Position[])[] {
  switch (source.type) {
    case 'Point':
      return [[source.coordinates]];
    case 'LineString':
      return [source.coordinates];
    case 'MultiLineString':
      return source.coordinates;
    default:
      return ringsOf(source);
  }
}
