// A point beside a segment that is straight in lon/lat: how far along, how far off, on which side.
import type { Geometry, Position } from '../domain/feature.ts';
import {
  distanceBetween,
  geodesicDistance,
  longitudeDifference,
  metresPerDegree,
  metricErrorBound,
  vectorBetween,
  type Vector,
} from './ellipsoid.ts';

export interface Foot {
  /** Parameter of the foot of the perpendicular on the unbounded line: within [0, 1] on the segment. */
  t: number;
  /** Distance in metres from the point to the foot, where the foot is clamped to the segment. */
  distance: number;
  /** The clamped foot. */
  position: Position;
  /** > 0: the point is left of the segment's direction; < 0 right. */
  side: number;
}

function at(a: Position, b: Position, t: number): Position {
  return [a[0] + longitudeDifference(a[0], b[0]) * t, a[1] + (b[1] - a[1]) * t];
}

/** The direction of the segment in metres at parameter t: the derivative of the position. */
function direction(a: Position, b: Position, latitude: number): Vector {
  const scale = metresPerDegree(latitude);
  return { x: longitudeDifference(a[0], b[0]) * scale.x, y: (b[1] - a[1]) * scale.y };
}

/**
 * The foot of the perpendicular from p. Newton's steps along the segment: each measures in the metric at the foot so
 * far, so that a long segment is not taken for a straight line of the ellipsoid's plane.
 */
export function footOn(a: Position, b: Position, p: Position): Foot {
  let t = 0;
  let foot = a;
  let side = 0;
  for (let step = 0; step < 4; step++) {
    foot = at(a, b, t);
    const off = vectorBetween(foot, p);
    const along = direction(a, b, foot[1]);
    const length2 = along.x * along.x + along.y * along.y;
    if (length2 === 0) break;
    side = along.x * off.y - along.y * off.x;
    const change = (along.x * off.x + along.y * off.y) / length2;
    t += change;
    if (Math.abs(change) * Math.sqrt(length2) < 1e-5) break;
  }
  const clamped = Math.max(0, Math.min(1, t));
  const position = at(a, b, clamped);
  return { t, position, distance: distanceBetween(position, p), side };
}

/** Is the foot within `limit` metres? Where the local metric could err, the geodesic decides. */
export function footWithin(foot: Foot, p: Position, limit: number): boolean {
  if (Math.abs(foot.distance - limit) > metricErrorBound(foot.distance, p[1])) return foot.distance <= limit;
  return geodesicDistance(foot.position, p) <= limit;
}

/** Chains of positions that bound or make up a geometry: lines, or the rings of areas; a point is a chain of one. */
export function chainsOf(geometry: Geometry): readonly (readonly Position[])[] {
  switch (geometry.type) {
    case 'Point':
      return [[geometry.coordinates]];
    case 'LineString':
      return [geometry.coordinates];
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates;
    case 'MultiPolygon':
      return geometry.coordinates.flat();
  }
}

/** The distance in metres from a position to the nearest point of the chains. */
export function distanceToChains(chains: readonly (readonly Position[])[], p: Position): number {
  let best = Infinity;
  const scale = metresPerDegree(p[1]);
  for (const chain of chains) {
    const first = chain[0];
    if (chain.length === 1 && first) best = Math.min(best, distanceBetween(first, p));
    for (let i = 1; i < chain.length; i++) {
      const a = chain[i - 1] as Position;
      const b = chain[i] as Position;
      // a cheap lower bound in latitude spares most feet
      const low = Math.min(a[1], b[1]);
      const high = Math.max(a[1], b[1]);
      const gap = p[1] < low ? low - p[1] : p[1] > high ? p[1] - high : 0;
      if (gap * scale.y * 0.99 > best) continue;
      best = Math.min(best, footOn(a, b, p).distance);
    }
  }
  return best;
}
