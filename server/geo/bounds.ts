// Boxes in degrees. A geometry is never wrapped: one that crosses 180° is split there (RFC 7946, 3.1.9).
import type { Geometry, Position } from '../domain/feature.ts';
import type { Bounds } from '../domain/service.ts';
import { metresPerDegree } from './ellipsoid.ts';

/** The box of a list of positions; an empty list gives an inverted, empty box. */
export function boundsOfPositions(positions: Iterable<Position>): Bounds {
  const bounds: Bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of positions) {
    if (lon < bounds[0]) bounds[0] = lon;
    if (lat < bounds[1]) bounds[1] = lat;
    if (lon > bounds[2]) bounds[2] = lon;
    if (lat > bounds[3]) bounds[3] = lat;
  }
  return bounds;
}

/** All positions of a geometry, in order. */
export function* positionsOf(geometry: Geometry): Generator<Position> {
  switch (geometry.type) {
    case 'Point':
      yield geometry.coordinates;
      break;
    case 'LineString':
      yield* geometry.coordinates;
      break;
    case 'MultiLineString':
    case 'Polygon':
      for (const part of geometry.coordinates) yield* part;
      break;
    case 'MultiPolygon':
      for (const polygon of geometry.coordinates) for (const ring of polygon) yield* ring;
      break;
  }
}

/** The box of a geometry. */
export function boundsOf(geometry: Geometry): Bounds {
  return boundsOfPositions(positionsOf(geometry));
}

/** The box widened by a distance in metres on every side; it may reach beyond ±180. */
export function widen(bounds: Bounds, metres: number): Bounds {
  const farthest = Math.min(Math.max(Math.abs(bounds[1]), Math.abs(bounds[3])) + metres / 110_000, 89.9);
  const scale = metresPerDegree(farthest);
  const dx = (metres * 1.001) / scale.x;
  const dy = (metres * 1.001) / metresPerDegree(0).y;
  return [bounds[0] - dx, bounds[1] - dy, bounds[2] + dx, bounds[3] + dy];
}

/** Do two boxes share at least a point? */
export function boundsMeet(a: Bounds, b: Bounds): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/** The smallest box around both; either may be null. */
export function joinBounds(a: Bounds | null, b: Bounds | null): Bounds | null {
  if (!a) return b;
  if (!b) return a;
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
}

/** A box in pieces within [-180, 180]: one that reaches over the date line is cut there. */
export function splitAtDateLine(bounds: Bounds): Bounds[] {
  const [west, south, east, north] = bounds;
  if (east - west >= 360) return [[-180, south, 180, north]];
  if (west < -180)
    return [
      [west + 360, south, 180, north],
      [-180, south, east, north],
    ];
  if (east > 180)
    return [
      [west, south, 180, north],
      [-180, south, east - 360, north],
    ];
  return [bounds];
}
