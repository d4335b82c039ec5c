// What an editor does to a whole shape: wider, narrower, simpler. By the construction that makes the margins of zones, so that a
// shape widened by hand and a margin of the rules agree.
import type { Geometry, Position } from '../../domain/feature.ts';
import { boundsOf } from '../../geo/bounds.ts';
import { polygonsOf } from '../../geo/covers.ts';
import { metresPerDegree } from '../../geo/ellipsoid.ts';
import { localFrame, mapPositions } from '../../geo/localFrame.ts';
import { chainsOf } from '../../geo/segment.ts';
import type { GeometryKernel } from './geos.ts';
import { densified, inDegrees, outlineOf } from './outline.ts';
import { disc, sweep } from './sweep.ts';

/**
 * All within a distance of a point, line or area, as an area.
 * @param geometry lon/lat
 * @param metres more than 0. Up to 2 km, and within 10 km of the middle of the shape, the edge lies at most 1 cm inside the geodesic
 *   distance and 3 mm outside it; the frame's stretch, 1.2 mm a km there, grows with the square of the way to the middle
 */
export function widened(geometry: Geometry, metres: number, kernel: GeometryKernel): Geometry {
  if (geometry.type === 'Point') return outlineOf({ kind: 'disc', center: geometry.coordinates, radius: metres }, kernel);
  return outlineOf({ kind: 'margin', geometry, margin: metres }, kernel);
}

/**
 * What of an area lies further than a distance from its edge: the area without all within the distance of its rings, so as exact
 * as {@link widened}. The edge lies up to 1 cm nearer to the old one than asked for, and no more than 3 mm further.
 * @param area valid, lon/lat
 * @param metres more than 0
 * @returns null where nothing is left
 */
export function narrowed(area: Geometry, metres: number, kernel: GeometryKernel): Geometry | null {
  const frame = localFrame(boundsOf(area));
  const local = mapPositions(densified(area), frame.toMetres);
  const rings: Geometry = { type: 'MultiLineString', coordinates: polygonsOf(local).flat() };
  const left = kernel.difference(local, sweep(rings, disc(metres), kernel));
  return left && inDegrees(left, frame, kernel);
}

/**
 * A line or area with fewer vertices: none is new, none that is left out lies further from the new edge than the tolerance (where a
 * ring begins: than twice the tolerance, since GEOS may leave out its first vertex at last), and no part or hole is lost or made to
 * cross another.
 *
 * Distances are those of a plane in which lines that are straight in lon/lat stay straight, by the metric at the shape's middle
 * latitude: right to 0.4 % of the tolerance at 20 km north or south of it, in China.
 * @param geometry valid, lon/lat
 * @param tolerance metres
 */
export function simplified(geometry: Geometry, tolerance: number, kernel: GeometryKernel): Geometry {
  const [west, south, east, north] = boundsOf(geometry);
  const middle: Position = [(west + east) / 2, (south + north) / 2];
  const scale = metresPerDegree(middle[1]);
  // vertices that stay keep their own digits
  const own = new Map<string, Position>();
  const key = (x: number, y: number) => `${x} ${y}`;
  const local = mapPositions(geometry, (position): Position => {
    const [x, y] = [(position[0] - middle[0]) * scale.x, (position[1] - middle[1]) * scale.y];
    own.set(key(x, y), position);
    return [x, y];
  });
  const simpler = kernel.simplify(local, tolerance);
  const sound = polygonsOf(simpler).length === 0 || kernel.isValid(simpler) ? simpler : kernel.makeValid(simpler);
  return mapPositions(sound, ([x, y]) => own.get(key(x, y)) ?? [middle[0] + x / scale.x, middle[1] + y / scale.y]);
}

/** Positions of all lines and rings; the last of a ring, which repeats its first, is not counted. */
export function verticesOf(geometry: Geometry): number {
  const isArea = polygonsOf(geometry).length > 0;
  return chainsOf(geometry).reduce((sum, chain) => sum + chain.length - (isArea ? 1 : 0), 0);
}
