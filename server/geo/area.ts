// Areas and perimeters on the WGS 84 ellipsoid (Karney 2013, doi:10.1007/s00190-012-0578-z, GeographicLib).
import geodesic from 'geographiclib-geodesic';
import type { Geometry, Ring } from '../domain/feature.ts';
import { polygonsOf } from './covers.ts';

/** Degrees: lines are straight in lon/lat, and pieces this short are geodesics to a millimetre. */
const PIECE = 0.01;

/** Area in m² and length of all rings in metres. Holes are taken off; parts must not overlap. */
export function geodesicArea(geometry: Geometry): { area: number; perimeter: number } {
  let [area, perimeter] = [0, 0];
  for (const rings of polygonsOf(geometry)) {
    for (const [i, ring] of rings.entries()) {
      const of = ringArea(ring);
      area += i === 0 ? of.area : -of.area;
      perimeter += of.perimeter;
    }
  }
  return { area, perimeter };
}

function ringArea(ring: Ring): { area: number; perimeter: number } {
  const polygon = geodesic.Geodesic.WGS84.Polygon(false);
  for (const [i, b] of ring.entries()) {
    const a = ring[i - 1];
    if (!a) continue;
    const pieces = Math.max(1, Math.ceil(Math.max(Math.abs(b[0] - a[0]), Math.abs(b[1] - a[1])) / PIECE));
    for (let k = 0; k < pieces; k++) polygon.AddPoint(a[1] + ((b[1] - a[1]) * k) / pieces, a[0] + ((b[0] - a[0]) * k) / pieces);
  }
  const { area, perimeter } = polygon.Compute(false, true);
  return { area: Math.abs(area ?? 0), perimeter: perimeter ?? 0 };
}
