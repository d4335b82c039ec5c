// The edge of an area of several parts. Where parts overlap or share an edge, the line between them is no edge of the
// area: overlapping parts of a multipolygon are one area. Nor is the line at ±180° along which an area was split.
import type { Position, Ring } from '../domain/feature.ts';
import { boundsMeet, boundsOfPositions } from './bounds.ts';
import { EdgeBands } from './covers.ts';
import type { Bounds } from '../domain/service.ts';

/** Degrees, about 0.1 mm: how far beside a line one looks to see whether the area goes on there. */
const BESIDE = 1e-9;

interface Part {
  readonly rings: readonly Ring[];
  readonly bands: EdgeBands;
  readonly bounds: Bounds;
}

export class UnionEdge {
  private readonly parts: readonly Part[];
  private outer: (readonly Position[])[] | null = null;

  constructor(polygons: readonly (readonly Ring[])[]) {
    this.parts = polygons.map((rings) => ({ rings, bands: new EdgeBands(rings), bounds: boundsOfPositions(rings.flat()) }));
  }

  private covers(x: number, y: number): boolean {
    const covered = (lon: number) => this.parts.some(({ bands }) => bands.place(lon, y) !== 'outside');
    return covered(x) || (x >= 180 && covered(x - 360)) || (x <= -180 && covered(x + 360));
  }

  /** Does the area go on all around a position that lies on an edge of one of its parts? */
  surrounds([x, y]: Position): boolean {
    if (this.parts.length < 2 && Math.abs(x) !== 180) return false;
    for (let i = 0; i < 16; i++) {
      const angle = ((i + 0.37) / 16) * 2 * Math.PI;
      if (!this.covers(x + BESIDE * Math.cos(angle), y + BESIDE * Math.sin(angle))) return false;
    }
    return true;
  }

  /** The lines that bound the area as a whole. */
  get chains(): readonly (readonly Position[])[] {
    this.outer ??= this.parts.flatMap((part) => this.outerChains(part));
    return this.outer;
  }

  private outerChains(part: Part): (readonly Position[])[] {
    const others = this.parts.filter((other) => other !== part && boundsMeet(other.bounds, part.bounds));
    const split = part.bounds[0] === -180 || part.bounds[2] === 180;
    if (others.length === 0 && !split) return [...part.rings];
    return part.rings.flatMap((ring) =>
      ring.slice(1).flatMap((b, i) => {
        const a = ring[i] as Position;
        const alongSplit = Math.abs(a[0]) === 180 && a[0] === b[0];
        const pieces = cut(a, b, alongSplit ? [...others, ...this.acrossSplit(a[0])] : others);
        return pieces.filter((piece) => this.isOuter(piece));
      }),
    );
  }

  /** The parts as they lie on the other side of the split at `lon` (180 or -180), moved beside it. */
  private acrossSplit(lon: number): Part[] {
    const moved = ([x, y]: Position): Position => [x + 2 * lon, y];
    return this.parts
      .filter(({ bounds }) => (lon > 0 ? bounds[0] === -180 : bounds[2] === 180))
      .map(({ rings, bands, bounds: [west, south, east, north] }) => ({
        rings: rings.map((ring) => ring.map(moved)),
        bands,
        bounds: [west + 2 * lon, south, east + 2 * lon, north],
      }));
  }

  private isOuter([a, b]: readonly [Position, Position]): boolean {
    const length = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (length === 0) return false;
    const [mx, my] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    const [nx, ny] = [(-(b[1] - a[1]) / length) * BESIDE, ((b[0] - a[0]) / length) * BESIDE];
    return !(this.covers(mx + nx, my + ny) && this.covers(mx - nx, my - ny));
  }
}

/** A segment in pieces, cut wherever it meets an edge of the other parts. */
function cut(a: Position, b: Position, others: readonly Part[]): [Position, Position][] {
  const box = boundsOfPositions([a, b]);
  const cuts = new Set<number>([0, 1]);
  for (const { rings, bounds } of others) {
    if (!boundsMeet(box, bounds)) continue;
    for (const ring of rings) {
      for (let i = 1; i < ring.length; i++) {
        const c = ring[i - 1] as Position;
        const d = ring[i] as Position;
        if (boundsMeet(box, boundsOfPositions([c, d]))) for (const t of crossings(a, b, c, d)) if (t > 0 && t < 1) cuts.add(t);
      }
    }
  }
  const sorted = [...cuts].toSorted((p, q) => p - q);
  const at = (t: number): Position => (t === 0 ? a : t === 1 ? b : [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
  return sorted.slice(1).map((t, i) => [at(sorted[i] as number), at(t)]);
}

/** Parameters on a–b where c–d meets it; for parallel lines those of c and d. */
function crossings(a: Position, b: Position, c: Position, d: Position): number[] {
  const [ux, uy] = [b[0] - a[0], b[1] - a[1]];
  const [vx, vy] = [d[0] - c[0], d[1] - c[1]];
  const cross = ux * vy - uy * vx;
  if (cross !== 0) return [((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / cross];
  const length2 = ux * ux + uy * uy;
  if (length2 === 0) return [];
  return [c, d].map((p) => ((p[0] - a[0]) * ux + (p[1] - a[1]) * uy) / length2);
}
