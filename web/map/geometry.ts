// Small geometry for labels, search and plain words. Display only: every figure is the service's.
import type { Geometry, Position } from 'geojson';
import type { Bounds } from '../../server/domain/service.ts';

/** All positions of a geometry. */
export function positionsOf(geometry: Geometry): Position[] {
  switch (geometry.type) {
    case 'Point':
      return [geometry.coordinates];
    case 'LineString':
    case 'MultiPoint':
      return geometry.coordinates;
    case 'Polygon':
    case 'MultiLineString':
      return geometry.coordinates.flat();
    case 'MultiPolygon':
      return geometry.coordinates.flat(2);
    case 'GeometryCollection':
      return geometry.geometries.flatMap(positionsOf);
  }
}

export function boundsOf(geometry: Geometry): Bounds {
  const bounds: Bounds = [180, 90, -180, -90];
  for (const [lon = 0, lat = 0] of positionsOf(geometry)) {
    bounds[0] = Math.min(bounds[0], lon);
    bounds[1] = Math.min(bounds[1], lat);
    bounds[2] = Math.max(bounds[2], lon);
    bounds[3] = Math.max(bounds[3], lat);
  }
  return bounds;
}

/** Where the ring is crossed by the parallel at `lat`, west to east. */
function crossings(ring: readonly Position[], lat: number): number[] {
  const at: number[] = [];
  for (let i = 1; i < ring.length; i++) {
    const [x1 = 0, y1 = 0] = ring[i - 1] ?? [];
    const [x2 = 0, y2 = 0] = ring[i] ?? [];
    if (y1 > lat !== y2 > lat) at.push(x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1));
  }
  return at.sort((a, b) => a - b);
}

/** Stretches of the parallel at `lat` that lie inside the rings, west to east. */
export function insideStretches(rings: readonly (readonly Position[])[], lat: number): [west: number, east: number][] {
  const cuts = rings.flatMap((ring) => crossings(ring, lat)).sort((a, b) => a - b);
  const stretches: [number, number][] = [];
  for (let i = 0; i + 1 < cuts.length; i += 2) stretches.push([cuts[i] ?? 0, cuts[i + 1] ?? 0]);
  return stretches;
}

/** A point that surely lies inside: the middle of the widest stretch of the parallel through the middle. */
function insidePoint(rings: readonly (readonly Position[])[]): Position {
  const [west, south, east, north] = boundsOf({ type: 'Polygon', coordinates: rings.map((ring) => [...ring]) });
  let best: { width: number; at: Position } = { width: -1, at: [(west + east) / 2, (south + north) / 2] };
  for (const share of [0.5, 0.4, 0.6]) {
    const lat = south + (north - south) * share;
    for (const [from, to] of insideStretches(rings, lat)) {
      // The middle parallel is preferred unless another is clearly wider.
      if (to - from > best.width * (share === 0.5 ? 1 : 1.25)) best = { width: to - from, at: [(from + to) / 2, lat] };
    }
  }
  return best.at;
}

/** Where a name or a marker of this geometry goes. */
export function anchorOf(geometry: Geometry): Position {
  if (geometry.type === 'Point') return geometry.coordinates;
  if (geometry.type === 'Polygon') return insidePoint(geometry.coordinates);
  if (geometry.type === 'MultiPolygon') {
    const size = (rings: Position[][]): number => {
      const [w, s, e, n] = boundsOf({ type: 'Polygon', coordinates: rings });
      return (e - w) * (n - s);
    };
    return insidePoint([...geometry.coordinates].sort((a, b) => size(b) - size(a))[0] ?? []);
  }
  const positions = positionsOf(geometry);
  return positions[Math.floor(positions.length / 2)] ?? [0, 0];
}

const METRES_PER_DEGREE = 111_195;

/** Straight distance in metres, good to a few per mille within a county: for "about 600 m", never for a figure. */
export function roughMetres(from: Position, to: Position): number {
  const east = ((to[0] ?? 0) - (from[0] ?? 0)) * Math.cos(((from[1] ?? 0) * Math.PI) / 180);
  const north = (to[1] ?? 0) - (from[1] ?? 0);
  return Math.hypot(east, north) * METRES_PER_DEGREE;
}

/** Eighth of the compass from one place to another, 0 = north, clockwise. */
export function compassEighth(from: Position, to: Position): number {
  const east = ((to[0] ?? 0) - (from[0] ?? 0)) * Math.cos(((from[1] ?? 0) * Math.PI) / 180);
  const north = (to[1] ?? 0) - (from[1] ?? 0);
  return (Math.round(Math.atan2(east, north) / (Math.PI / 4)) + 8) % 8;
}
