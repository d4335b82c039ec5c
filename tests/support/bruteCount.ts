// Counts by looking at every row: even-odd ray casting, exact on edges and corners, distances to the edge by the geodesic where
// it is close. Shares no code with the service.
import type { Position } from '../../server/domain/feature.ts';
import { distanceToLine } from './oracle/distance.ts';
import { place, type Rings } from './oracle/exact.ts';
import type { Column, Million } from './million.ts';

export interface BruteCount {
  readonly households: number;
  readonly people: number;
  readonly vulnerable: number;
  readonly schools: number;
  /** Households that are inside whatever their position's accuracy, and those of whom it leaves that open. */
  readonly certain: number;
  readonly possible: number;
  /** Households exactly on an edge or a corner. */
  readonly onEdge: number;
}

/** An edge with what is asked of it again and again. */
interface Edge {
  readonly a: Position;
  readonly b: Position;
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** Of a product of two differences of degrees, by far more than doubles can be wrong. */
const DOUBT = 1e-11;
/** Metres: the plane is trusted no nearer to a limit than this. */
const CLOSE = 0.05;
const METRES_LAT = 111_000;

/**
 * @param rings closed or not
 * @param geodesic measure every distance that could matter by the geodesic, not only those close to the limit
 */
export function bruteCount(all: Million, rings: Rings, geodesic = false): BruteCount {
  const shape = new Shape(rings, geodesic);
  const sums = { households: 0, people: 0, vulnerable: 0, schools: 0, certain: 0, possible: 0, onEdge: 0 };
  shape.each(all, (i, where, open) => {
    if (where === 'edge') sums.onEdge++;
    if (open) sums.possible++;
    if (where === 'outside') return;
    sums.households++;
    sums.people += all.people[i] ?? 0;
    sums.vulnerable += all.vulnerable[i] ?? 0;
    if (!open) sums.certain++;
  });
  shape.each(all.schools, (_, where) => {
    if (where !== 'outside') sums.schools++;
  });
  return sums;
}

type Where = 'inside' | 'edge' | 'outside';

class Shape {
  private readonly rings: Rings;
  private readonly edges: readonly Edge[];
  private readonly geodesic: boolean;

  constructor(rings: Rings, geodesic: boolean) {
    this.rings = rings;
    this.geodesic = geodesic;
    this.edges = rings.flatMap((ring) =>
      ring.map((a, i): Edge => {
        const b = ring[(i + 1) % ring.length] ?? a;
        const [west, east] = [Math.min(a[0], b[0]), Math.max(a[0], b[0])];
        const [south, north] = [Math.min(a[1], b[1]), Math.max(a[1], b[1])];
        return { a, b, west, east, south, north };
      }),
    );
  }

  /** Every row that is inside, on the edge, or so near to it that its accuracy leaves it open. */
  each({ lon, lat, accuracy }: Column, take: (row: number, where: Where, open: boolean) => void): void {
    const [west, east] = [Math.min(...this.edges.map((e) => e.west)) - 0.001, Math.max(...this.edges.map((e) => e.east)) + 0.001];
    const [south, north] = [Math.min(...this.edges.map((e) => e.south)) - 0.001, Math.max(...this.edges.map((e) => e.north)) + 0.001];
    for (let i = 0; i < lon.length; i++) {
      const x = lon[i] as number;
      const y = lat[i] as number;
      if (x < west || x > east || y < south || y > north) continue;
      const where = this.place(x, y);
      const reach = accuracy[i] as number;
      const open = where === 'edge' || (reach > 0 && this.isWithin(reach, x, y));
      if (where !== 'outside' || open) take(i, where, open);
    }
  }

  /** By a ray to the east; what doubles cannot tell is decided in whole numbers. */
  private place(x: number, y: number): Where {
    let inside = false;
    for (const { a, b, south, north, east, west } of this.edges) {
      if (y < south || y > north || x > east) continue;
      const turn = (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
      // an edge along the ray, a corner on it, a point in line with the edge
      if (south === north || ((Math.abs(turn) < DOUBT || x === west || x === east) && x >= west)) return place(this.rings, [x, y]);
      if (a[1] > y !== b[1] > y && turn > 0 === b[1] > a[1]) inside = !inside;
    }
    return inside ? 'inside' : 'outside';
  }

  private isWithin(reach: number, x: number, y: number): boolean {
    const metresLon = METRES_LAT * Math.cos((y * Math.PI) / 180);
    const [padX, padY] = [(2 * reach) / metresLon, (2 * reach) / METRES_LAT];
    return this.edges.some(({ a, b, west, east, south, north }) => {
      if (x < west - padX || x > east + padX || y < south - padY || y > north + padY) return false;
      const [dx, dy] = [(b[0] - a[0]) * metresLon, (b[1] - a[1]) * METRES_LAT];
      const [px, py] = [(x - a[0]) * metresLon, (y - a[1]) * METRES_LAT];
      const along = dx * dx + dy * dy === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / (dx * dx + dy * dy)));
      const off = Math.hypot(px - along * dx, py - along * dy);
      // the plane may be a hundredth off, the geodesic decides what that leaves open
      if (off > reach * 1.02 + CLOSE) return false;
      if (!this.geodesic && off < reach * 0.98 - CLOSE) return true;
      return distanceToLine([a, b], [x, y]) <= reach;
    });
  }
}
