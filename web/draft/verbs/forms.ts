// Rings made from few points: a rectangle by two corners, a circle by its radius, a freehand line thinned out. Lengths are
// metres on the WGS 84 ellipsoid.
import geodesic from 'geographiclib-geodesic';
import type { Position } from '../../../server/domain/feature.ts';
import { metresPerDegree, vectorBetween } from '../../../server/geo/ellipsoid.ts';
import { roundPosition, type Ring } from '../shape.ts';

/** Corners along the meridian and the parallel. */
export function rectangle([west, south]: Position, [east, north]: Position): Ring {
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ];
}

/** Arcs keep to the circle within this (metres): the same as the outlines that the rules draw. */
const SAGITTA = 0.01;
const LEAST = 32;
const MOST = 720;

/** A circle of a radius in metres, as vertices on it (geodesics from the centre: Karney 2013). */
export function circle([lon, lat]: Position, radius: number): Ring {
  const steps = Math.min(MOST, Math.max(LEAST, Math.ceil(Math.PI / Math.acos(Math.max(0, 1 - SAGITTA / Math.max(radius, SAGITTA))))));
  return Array.from({ length: steps }, (_, i): Position => {
    const { lon2 = lon, lat2 = lat } = geodesic.Geodesic.WGS84.Direct(lat, lon, (-360 * i) / steps, radius);
    return roundPosition([lon2, lat2]);
  });
}

/**
 * Leaves out vertices that lie within `tolerance` metres of the line between their neighbours (Douglas and Peucker 1973).
 * Ends stay.
 */
export function thinned(line: Ring, tolerance: number): Ring {
  const keep = new Uint8Array(line.length);
  if (line.length > 0) keep[0] = keep[line.length - 1] = 1;
  const open: [number, number][] = [[0, line.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span;
    let [far, best] = [-1, tolerance];
    for (let i = from + 1; i < to; i++) {
      const off = distanceToSegment(line[i] as Position, line[from] as Position, line[to] as Position);
      if (off > best) [far, best] = [i, off];
    }
    if (far < 0) continue;
    keep[far] = 1;
    open.push([from, far], [far, to]);
  }
  return line.filter((_, i) => keep[i] === 1);
}

/** Metres from a position to a segment, in the plane that touches the ground there. */
export function distanceToSegment(p: Position, a: Position, b: Position): number {
  return Math.hypot(...offsetTo(p, a, b));
}

/** The nearest position of a segment. */
export function nearestOnSegment(p: Position, a: Position, b: Position): Position {
  const scale = metresPerDegree(p[1]);
  const [x, y] = offsetTo(p, a, b);
  return [p[0] + x / scale.x, p[1] + y / scale.y];
}

function offsetTo(p: Position, a: Position, b: Position): [number, number] {
  const from = vectorBetween(p, a);
  const to = vectorBetween(p, b);
  const [x, y] = [to.x - from.x, to.y - from.y];
  const square = x * x + y * y;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, -(from.x * x + from.y * y) / square));
  return [from.x + t * x, from.y + t * y];
}
