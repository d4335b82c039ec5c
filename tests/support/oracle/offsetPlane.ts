// Areas in a plane of metres by brute force over their edges: inside or not, how far from an edge, how far one area
// reaches beyond another. Shares no code with the service, and cuts, unites and repairs nothing.
import type { Geometry, Position } from '../../../server/domain/feature.ts';

/** Metres: distances are measured up to here; a test that allows a centimetre need not know more. */
export const FAR = 5;

export function ringsOf(area: Geometry): readonly (readonly Position[])[] {
  if (area.type === 'Polygon') return area.coordinates;
  return area.type === 'MultiPolygon' ? area.coordinates.flat() : [];
}

export function segmentDistance(a: Position, b: Position, p: Position): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length2 = dx * dx + dy * dy;
  const t = length2 === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length2));
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
}

/** The edges of an area in bands of y, by the even-odd rule over all of them. */
export class PlaneArea {
  readonly vertices: readonly Position[];
  private readonly bands: (readonly [Position, Position])[][] = [];
  private readonly low: number;
  private readonly height: number;

  constructor(area: Geometry) {
    const rings = ringsOf(area);
    this.vertices = rings.flatMap((ring) => ring.slice(1));
    let [low, high] = [Infinity, -Infinity];
    for (const [, y] of this.vertices) [low, high] = [Math.min(low, y), Math.max(high, y)];
    this.low = low;
    const count = Math.max(1, Math.min(2000, Math.floor(this.vertices.length / 4)));
    this.height = (high - low) / count || 1;
    for (let i = 0; i < count; i++) this.bands.push([]);
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i++) {
        const [a, b] = [ring[i - 1] as Position, ring[i] as Position];
        for (let band = this.bandAt(Math.min(a[1], b[1])); band <= this.bandAt(Math.max(a[1], b[1])); band++)
          this.bands[band]?.push([a, b]);
      }
    }
  }

  private bandAt(y: number): number {
    return Math.max(0, Math.min(this.bands.length - 1, Math.floor((y - this.low) / this.height)));
  }

  contains([x, y]: Position): boolean {
    let inside = false;
    if (y < this.low || y > this.low + this.height * this.bands.length) return false;
    for (const [a, b] of this.bands[this.bandAt(y)] ?? []) {
      if (a[1] > y === b[1] > y) continue;
      if (x < a[0] + ((y - a[1]) * (b[0] - a[0])) / (b[1] - a[1])) inside = !inside;
    }
    return inside;
  }

  /** Metres to the nearest edge, at most `FAR`. */
  toEdge(p: Position): number {
    let best = FAR;
    for (let band = this.bandAt(p[1] - FAR); band <= this.bandAt(p[1] + FAR); band++) {
      for (const [a, b] of this.bands[band] ?? []) {
        if (Math.min(a[0], b[0]) - p[0] > best || p[0] - Math.max(a[0], b[0]) > best) continue;
        best = Math.min(best, segmentDistance(a, b, p));
      }
    }
    return best;
  }
}

/** Metres by which one area reaches beyond another: its own vertices outside, or the other's holes and bays inside it. */
export function reachBeyond(one: PlaneArea, other: PlaneArea): number {
  let most = 0;
  for (const p of one.vertices) if (!other.contains(p)) most = Math.max(most, other.toEdge(p));
  for (const p of other.vertices) if (one.contains(p)) most = Math.max(most, one.toEdge(p));
  return most;
}

/** Metres from any vertex of either outline to the other outline: 0 for the same outline. */
export function apart(one: PlaneArea, other: PlaneArea): number {
  let most = 0;
  for (const p of one.vertices) most = Math.max(most, other.toEdge(p));
  for (const p of other.vertices) most = Math.max(most, one.toEdge(p));
  return most;
}

/** Metres around all rings. */
export function perimeter(area: Geometry): number {
  return ringsOf(area).reduce(
    (sum, ring) =>
      sum + ring.slice(1).reduce((length, [x, y], i) => length + Math.hypot(x - (ring[i] as Position)[0], y - (ring[i] as Position)[1]), 0),
    0,
  );
}

/** Square metres, holes taken off. */
export function planeArea(area: Geometry): number {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.type === 'MultiPolygon' ? area.coordinates : [];
  return polygons.reduce((sum, rings) => sum + rings.reduce((left, ring, i) => left + (i === 0 ? 1 : -1) * ringArea(ring), 0), 0);
}

function ringArea(ring: readonly Position[]): number {
  const [x0, y0] = ring[0] as Position;
  let twice = 0;
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] as Position;
    const [bx, by] = ring[i] as Position;
    twice += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return Math.abs(twice) / 2;
}
