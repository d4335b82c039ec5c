// Point in polygon with edges straight in lon/lat. A point on an edge or vertex, of a hole too, is covered.
// Orientation is decided by adaptive exact arithmetic (Shewchuk 1997), so no point slips through an edge.
import { orient2d } from 'robust-predicates';
import type { Geometry, Position, Ring } from '../domain/feature.ts';

export type Place = 'inside' | 'edge' | 'outside';

/** The polygons (lists of rings, the first one outer) of an areal geometry; none for points and lines. */
export function polygonsOf(geometry: Geometry): readonly (readonly Ring[])[] {
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  if (geometry.type === 'MultiPolygon') return geometry.coordinates;
  return [];
}

/** Edges of rings sorted into latitude bands, so that a point meets only the edges of its own band. */
export class EdgeBands {
  private readonly coordinates: Float64Array;
  private readonly bands: Int32Array[];
  private readonly south: number;
  private readonly north: number;
  private readonly height: number;

  constructor(rings: readonly Ring[]) {
    const edges: number[] = [];
    let south = Infinity;
    let north = -Infinity;
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i++) {
        const a = ring[i];
        // a ring that is not closed is closed here; a closed one adds an edge of length 0, which is harmless
        const b = ring[(i + 1) % ring.length];
        if (!a || !b) continue;
        edges.push(a[0], a[1], b[0], b[1]);
        south = Math.min(south, a[1]);
        north = Math.max(north, a[1]);
      }
    }
    this.coordinates = Float64Array.from(edges);
    this.south = south;
    this.north = north;
    const count = Math.max(1, Math.min(4096, Math.ceil(edges.length / 16)));
    this.height = (north - south) / count || 1;
    const lists: number[][] = Array.from({ length: count }, () => []);
    for (let at = 0; at < edges.length; at += 4) {
      const low = this.bandAt(Math.min(edges[at + 1] ?? 0, edges[at + 3] ?? 0), count);
      const high = this.bandAt(Math.max(edges[at + 1] ?? 0, edges[at + 3] ?? 0), count);
      for (let band = low; band <= high; band++) lists[band]?.push(at);
    }
    this.bands = lists.map((list) => Int32Array.from(list));
  }

  private bandAt(latitude: number, count: number): number {
    return Math.max(0, Math.min(count - 1, Math.floor((latitude - this.south) / this.height)));
  }

  /** Where a position lies by the even-odd rule over all rings together. */
  place(x: number, y: number): Place {
    if (!(y >= this.south && y <= this.north)) return 'outside';
    const band = this.bands[this.bandAt(y, this.bands.length)];
    if (!band) return 'outside';
    const c = this.coordinates;
    let inside = false;
    for (const at of band) {
      const x1 = c[at] as number;
      const y1 = c[at + 1] as number;
      const x2 = c[at + 2] as number;
      const y2 = c[at + 3] as number;
      if (y1 > y && y2 > y) continue;
      if (y1 < y && y2 < y) continue;
      if (x1 < x && x2 < x) continue; // wholly to the west: a ray to the east never meets it
      if (y1 === y2) {
        if (Math.min(x1, x2) <= x && x <= Math.max(x1, x2)) return 'edge';
        continue;
      }
      const turn = orient2d(x1, y1, x2, y2, x, y);
      if (turn === 0) return 'edge';
      // half-open in latitude, so that a vertex is crossed once
      if (y1 > y !== y2 > y && turn < 0 === y2 > y1) inside = !inside;
    }
    return inside ? 'inside' : 'outside';
  }
}

/** An areal geometry made ready for many point tests. */
export class PreparedArea {
  private readonly polygons: EdgeBands[];

  constructor(geometry: Geometry) {
    this.polygons = polygonsOf(geometry).map((rings) => new EdgeBands(rings));
  }

  /** Is the position inside or on an edge of any part? Positions at ±180° are tried on both sides of the line. */
  covers(position: Position): boolean {
    const [lon, lat] = position;
    if (this.polygons.some((polygon) => polygon.place(lon, lat) !== 'outside')) return true;
    return Math.abs(lon) === 180 && this.polygons.some((polygon) => polygon.place(-lon, lat) !== 'outside');
  }
}

/** Is the position inside the area or on its edge? For one test; prepare the area for many. */
export function covers(geometry: Geometry, position: Position): boolean {
  return new PreparedArea(geometry).covers(position);
}

/** Do two closed segments share a point? Exact. */
export function segmentsMeet(a: Position, b: Position, c: Position, d: Position): boolean {
  const abc = Math.sign(orient2d(a[0], a[1], b[0], b[1], c[0], c[1]));
  const abd = Math.sign(orient2d(a[0], a[1], b[0], b[1], d[0], d[1]));
  const cda = Math.sign(orient2d(c[0], c[1], d[0], d[1], a[0], a[1]));
  const cdb = Math.sign(orient2d(c[0], c[1], d[0], d[1], b[0], b[1]));
  if (abc * abd < 0 && cda * cdb < 0) return true;
  return (abc === 0 && inBox(a, b, c)) || (abd === 0 && inBox(a, b, d)) || (cda === 0 && inBox(c, d, a)) || (cdb === 0 && inBox(c, d, b));
}

function inBox(a: Position, b: Position, p: Position): boolean {
  return Math.min(a[0], b[0]) <= p[0] && p[0] <= Math.max(a[0], b[0]) && Math.min(a[1], b[1]) <= p[1] && p[1] <= Math.max(a[1], b[1]);
}
