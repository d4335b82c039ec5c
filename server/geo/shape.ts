// The shapes that counting works with. A disc, a strip and a margin are counted by their rule on the ellipsoid;
// polygons drawn around them are for maps and exports only.
import type { Geometry, Position } from '../domain/feature.ts';
import type { Bounds } from '../domain/service.ts';
import { boundsOf, boundsOfPositions, splitAtDateLine, widen } from './bounds.ts';
import { chainsCross, chainsDistance, chainsWithin } from './chains.ts';
import { EdgeBands, polygonsOf, PreparedArea, type Place } from './covers.ts';
import { distanceBetween, isWithin, vectorBetween } from './ellipsoid.ts';
import { chainsOf, distanceToChains, footOn, footWithin } from './segment.ts';
import { UnionEdge } from './unionEdge.ts';

/** Two directions meeting at a vertex: the outer side between them is rounded. */
export interface Join {
  from: Position;
  vertex: Position;
  to: Position;
}

export type CountingShape =
  | { kind: 'area'; geometry: Geometry }
  /** All within `radius` metres of the centre. */
  | { kind: 'disc'; center: Position; radius: number }
  /** Rectangles left and right of each segment (metres), rounded at the joins. Directed along the line. */
  | { kind: 'strip'; lines: readonly (readonly Position[])[]; left: number; right: number; joins: readonly Join[] }
  /** The area and all within `margin` metres of it. */
  | { kind: 'margin'; geometry: Geometry; margin: number };

/** A shape made ready for many tests. `outline` is the polygon drawn for it (arcs within 1 cm). */
export interface PreparedShape {
  /** Boxes that hold the shape, cut at the date line. */
  readonly boxes: readonly Bounds[];
  place(position: Position): Place;
  /** Does a footprint share at least a point with the shape? */
  touches(footprint: Geometry): boolean;
  /** Distance in metres from a position to the nearest edge of the shape, on either side. */
  distanceToEdge(position: Position): number;
  /** Least distance in metres from a footprint's outline to the edge of the shape; 0 where they cross. */
  footprintToEdge(footprint: Geometry): number;
}

/** Metres: what rounding may add to a position that lies on an edge by construction. */
const ROUNDING = 1e-6;

/** Prepares a shape; strips and margins measure the distance to their edge on the outline. */
export function prepareShape(shape: CountingShape, outline: Geometry): PreparedShape {
  switch (shape.kind) {
    case 'area':
      return new AreaShape(shape.geometry);
    case 'disc':
      return new DiscShape(shape.center, shape.radius);
    case 'strip':
      return new StripShape(shape, outline);
    case 'margin':
      return new MarginShape(shape.geometry, shape.margin, outline);
  }
}

class AreaShape implements PreparedShape {
  readonly boxes: readonly Bounds[];
  private readonly parts: EdgeBands[];
  private readonly geometry: Geometry;
  private readonly edge: UnionEdge;

  constructor(geometry: Geometry) {
    this.geometry = geometry;
    this.boxes = [boundsOf(geometry)];
    this.parts = polygonsOf(geometry).map((rings) => new EdgeBands(rings));
    this.edge = new UnionEdge(polygonsOf(geometry));
  }

  place(position: Position): Place {
    const [lon, lat] = position;
    const first = this.placeAt(lon, lat);
    return first === 'outside' && Math.abs(lon) === 180 ? this.placeAt(-lon, lat) : first;
  }

  private placeAt(lon: number, lat: number): Place {
    let place: Place = 'outside';
    for (const part of this.parts) {
      const here = part.place(lon, lat);
      if (here === 'inside') return here;
      if (here === 'edge') place = here;
    }
    return place === 'edge' && this.edge.surrounds([lon, lat]) ? 'inside' : place;
  }

  touches(footprint: Geometry): boolean {
    return areasTouch(this.geometry, this, footprint);
  }

  distanceToEdge(position: Position): number {
    return distanceToChains(this.edge.chains, position);
  }

  footprintToEdge(footprint: Geometry): number {
    return chainsDistance(this.edge.chains, chainsOf(footprint));
  }
}

class DiscShape implements PreparedShape {
  readonly boxes: readonly Bounds[];
  private readonly center: Position;
  private readonly radius: number;

  constructor(center: Position, radius: number) {
    this.center = center;
    this.radius = radius;
    this.boxes = splitAtDateLine(widen(boundsOfPositions([center]), radius));
  }

  place(position: Position): Place {
    if (!isWithin(this.center, position, this.radius)) return 'outside';
    return this.radius - distanceBetween(this.center, position) <= ROUNDING ? 'edge' : 'inside';
  }

  touches(footprint: Geometry): boolean {
    if (new PreparedArea(footprint).covers(this.center)) return true;
    return chainsWithin(chainsOf(footprint), this.center, this.radius);
  }

  distanceToEdge(position: Position): number {
    return Math.abs(distanceBetween(this.center, position) - this.radius);
  }

  footprintToEdge(footprint: Geometry): number {
    const chains = chainsOf(footprint);
    const nearest = distanceToChains(chains, this.center);
    const farthest = Math.max(...chains.flat().map((p) => distanceBetween(this.center, p)));
    if (nearest <= this.radius && this.radius <= farthest) return 0;
    return Math.min(Math.abs(nearest - this.radius), Math.abs(farthest - this.radius));
  }
}

class StripShape implements PreparedShape {
  readonly boxes: readonly Bounds[];
  private readonly shape: Extract<CountingShape, { kind: 'strip' }>;
  private readonly outline: AreaShape;

  constructor(shape: Extract<CountingShape, { kind: 'strip' }>, outline: Geometry) {
    this.shape = shape;
    this.outline = new AreaShape(outline);
    const reach = Math.max(shape.left, shape.right);
    this.boxes = splitAtDateLine(widen(boundsOfPositions(shape.lines.flat()), reach));
  }

  place(position: Position): Place {
    const { lines, left, right, joins } = this.shape;
    let edge = false;
    for (const line of lines) {
      for (let i = 1; i < line.length; i++) {
        const a = line[i - 1] as Position;
        const b = line[i] as Position;
        const foot = footOn(a, b, position);
        const length = distanceBetween(a, b);
        // a position on the flat end itself is in, whichever way the last digit fell
        const beyond = Math.max(-foot.t, foot.t - 1) * length;
        if (beyond > ROUNDING) continue;
        const width = foot.side >= 0 ? left : right;
        if (!footWithin(foot, position, width) && foot.distance - width > ROUNDING) continue;
        const onEnd = beyond > -ROUNDING && this.isFlatEnd(line, foot.t > 0.5 ? i : i - 1);
        if (!onEnd && width - foot.distance > ROUNDING) return 'inside';
        edge = true;
      }
    }
    if (joins.some((join) => inJoin(join, position, left, right))) return 'inside';
    return edge ? 'edge' : 'outside';
  }

  /** Is this vertex an end of the line at which nothing joins on? */
  private isFlatEnd(line: readonly Position[], at: number): boolean {
    if (at > 0 && at < line.length - 1) return false;
    const [x, y] = line[at] as Position;
    return !this.shape.joins.some(({ vertex }) => vertex[0] === x && vertex[1] === y);
  }

  touches(footprint: Geometry): boolean {
    return this.outline.touches(footprint);
  }

  distanceToEdge(position: Position): number {
    return this.outline.distanceToEdge(position);
  }

  footprintToEdge(footprint: Geometry): number {
    return this.outline.footprintToEdge(footprint);
  }
}

/** In the wedge that opens on the outer side of a bend: beyond the end of one segment, before the start of the next. */
function inJoin(join: Join, position: Position, left: number, right: number): boolean {
  const incoming = vectorBetween(join.from, join.vertex);
  const outgoing = vectorBetween(join.vertex, join.to);
  const off = vectorBetween(join.vertex, position);
  if (off.x * incoming.x + off.y * incoming.y < 0) return false;
  if (off.x * outgoing.x + off.y * outgoing.y > 0) return false;
  // a left turn opens to the right, and the other way round; where the line turns back, each side has its own width
  const turn = incoming.x * outgoing.y - incoming.y * outgoing.x;
  const side = turn === 0 ? incoming.x * off.y - incoming.y * off.x : -turn;
  return isWithin(join.vertex, position, side >= 0 ? left : right);
}

class MarginShape implements PreparedShape {
  readonly boxes: readonly Bounds[];
  private readonly area: AreaShape;
  private readonly outline: AreaShape;
  private readonly chains: readonly (readonly Position[])[];
  private readonly margin: number;

  constructor(geometry: Geometry, margin: number, outline: Geometry) {
    this.area = new AreaShape(geometry);
    this.outline = new AreaShape(outline);
    this.chains = chainsOf(geometry);
    this.margin = margin;
    this.boxes = splitAtDateLine(widen(boundsOf(geometry), margin));
  }

  place(position: Position): Place {
    const source = this.area.place(position);
    if (source !== 'outside') return this.margin === 0 ? source : 'inside';
    if (!chainsWithin(this.chains, position, this.margin)) return 'outside';
    return chainsWithin(this.chains, position, this.margin - ROUNDING) ? 'inside' : 'edge';
  }

  touches(footprint: Geometry): boolean {
    if (this.area.touches(footprint)) return true;
    return chainsDistance(this.chains, chainsOf(footprint)) <= this.margin;
  }

  // in a bay the margins of both sides may meet, and there is no edge: only the outline knows
  distanceToEdge(position: Position): number {
    return this.outline.distanceToEdge(position);
  }

  footprintToEdge(footprint: Geometry): number {
    return this.outline.footprintToEdge(footprint);
  }
}

/** Do an area and a footprint share a point: a vertex inside the other, or edges that meet? Exact. */
function areasTouch(area: Geometry, prepared: AreaShape, footprint: Geometry): boolean {
  const outer = chainsOf(footprint);
  if (outer.some((chain) => chain.some((p) => prepared.place(p) !== 'outside'))) return true;
  const inner = new PreparedArea(footprint);
  if (chainsOf(area).some((chain) => chain[0] !== undefined && inner.covers(chain[0]))) return true;
  return chainsOf(area).some((chain) => outer.some((other) => chainsCross(chain, other)));
}
