// Distances to lines and rings that are straight in lon/lat, by the geodesic alone: it decides among the segments that a
// rougher measure cannot rule out. Shares no code with the service.
import geodesic from 'geographiclib-geodesic';
import type { Geometry, Position } from '../../../server/domain/feature.ts';
import { distance } from './distance.ts';
import { chainsIn } from './offsetReach.ts';
import { segmentDistance, type PlaneArea } from './offsetPlane.ts';

const RADIANS = Math.PI / 180;
const E2 = 0.00669437999014;

/** Metres a degree of longitude and of latitude, by the radii of curvature. */
function scaleAt(lat: number): Position {
  const w = Math.sqrt(1 - E2 * Math.sin(lat * RADIANS) ** 2);
  return [((6378137 * RADIANS) / w) * Math.cos(lat * RADIANS), (6378137 * RADIANS * (1 - E2)) / w ** 3];
}

/** A shape made in metres, set down somewhere in lon/lat: it then is what it is there, and its metres are forgotten. */
export function setDown(shape: Geometry, [lon, lat]: Position): Geometry {
  const [x, y] = scaleAt(lat);
  const at = ([east, north]: Position): Position => [lon + east / x, lat + north / y];
  switch (shape.type) {
    case 'Point':
      return { type: 'Point', coordinates: at(shape.coordinates) };
    case 'LineString':
      return { type: 'LineString', coordinates: shape.coordinates.map(at) };
    case 'MultiLineString':
    case 'Polygon':
      return { type: shape.type, coordinates: shape.coordinates.map((chain) => chain.map(at)) };
    case 'MultiPolygon':
      return { type: 'MultiPolygon', coordinates: shape.coordinates.map((rings) => rings.map((ring) => ring.map(at))) };
  }
}

/** The place at a geodesic distance in metres along an azimuth in degrees. */
export function project([lon, lat]: Position, azimuth: number, metres: number): Position {
  const { lon2, lat2 } = geodesic.Geodesic.WGS84.Direct(lat, lon, azimuth, metres);
  if (lon2 === undefined || lat2 === undefined) throw new Error('the geodesic gave no position');
  return [lon2, lat2];
}

export function azimuth(from: Position, to: Position): number {
  return geodesic.Geodesic.WGS84.Inverse(from[1], from[0], to[1], to[0]).azi1 ?? Number.NaN;
}

/** The nearest place of a source's lines or rings, and its geodesic distance in metres. */
export function nearestOf(source: Geometry, p: Position): { place: Position; metres: number } {
  const [x, y] = scaleAt(p[1]);
  const rough: { a: Position; b: Position; metres: number }[] = [];
  for (const chain of chainsIn(source)) {
    for (let i = chain.length > 1 ? 1 : 0; i < chain.length; i++) {
      const [a, b] = [chain[Math.max(0, i - 1)] as Position, chain[i] as Position];
      const flat = (q: Position): Position => [(q[0] - p[0]) * x, (q[1] - p[1]) * y];
      rough.push({ a, b, metres: segmentDistance(flat(a), flat(b), [0, 0]) });
    }
  }
  rough.sort((one, other) => one.metres - other.metres);
  let best: { place: Position; metres: number } = { place: p, metres: Infinity };
  for (const { a, b, metres } of rough) {
    // the rough measure errs by the change of a degree's length over the distance: a thousandth at 60° and 3 km
    if (metres * 0.998 - 0.01 > best.metres) break;
    const place = nearestOnSegment(a, b, p);
    const exact = distance(place, p);
    if (exact < best.metres) best = { place, metres: exact };
  }
  return best;
}

/** Golden section to 1 mm along the segment, which is nothing across it. */
function nearestOnSegment(a: Position, b: Position, p: Position): Position {
  const at = (t: number): Position => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
  const off = (t: number) => distance(at(t), p);
  const golden = (Math.sqrt(5) - 1) / 2;
  const length = distance(a, b);
  let [low, high] = [0, 1];
  let [one, two] = [1 - golden, golden];
  let [atOne, atTwo] = [off(one), off(two)];
  while ((high - low) * length > 1e-3) {
    if (atOne <= atTwo) {
      [high, two, atTwo] = [two, one, atOne];
      one = high - (high - low) * golden;
      atOne = off(one);
    } else {
      [low, one, atOne] = [one, two, atTwo];
      two = low + (high - low) * golden;
      atTwo = off(two);
    }
  }
  const found: [number, number][] = [
    [one, atOne],
    [two, atTwo],
    [0, off(0)],
    [1, off(1)],
  ];
  return at(found.reduce((best, next) => (next[1] < best[1] ? next : best))[0]);
}

/** Metres from a place inside an area to its edge along an azimuth; the area has but one edge that way. */
export function toEdgeAlong(area: PlaneArea, from: Position, azimuthDegrees: number, most = 20_000): number {
  if (!area.contains(from)) throw new Error('the place is not inside the area');
  let [inside, outside] = [0, most];
  while (outside - inside > 1e-4) {
    const middle = (inside + outside) / 2;
    if (area.contains(project(from, azimuthDegrees, middle))) inside = middle;
    else outside = middle;
  }
  return inside;
}
