// Shapes of threatened areas as flat arrays: quick to walk along, cheap to hand to another thread.
import type { Geometry, Position } from '../domain/feature.ts';
import type { Bounds } from '../domain/service.ts';
import { boundsOf, boundsOfPositions, joinBounds, widen } from '../geo/bounds.ts';
import { polygonsOf } from '../geo/covers.ts';
import { longitudeDifference } from '../geo/ellipsoid.ts';
import { chainsOf } from '../geo/segment.ts';
import { UnionEdge } from '../geo/unionEdge.ts';
import { prepareShape, type CountingShape, type Join, type PreparedShape } from '../geo/shape.ts';

/** Chains of vertices: lon, lat, lon, lat, …; `ends` are numbers of vertices, after the last of each chain. */
export interface Chains {
  readonly xy: Float64Array;
  readonly ends: Int32Array;
}

export type FlatShape =
  /** Each part's rings are closed; the parts together are one area. */
  | { readonly kind: 'area'; readonly bounds: Bounds; readonly parts: readonly Chains[] }
  | { readonly kind: 'disc'; readonly bounds: Bounds; readonly lon: number; readonly lat: number; readonly radius: number }
  | {
      readonly kind: 'strip';
      readonly bounds: Bounds;
      readonly lines: Chains;
      readonly left: number;
      readonly right: number;
      /** from, vertex, to: six numbers a join. */
      readonly joins: Float64Array;
      readonly outline: readonly Chains[];
    }
  | {
      readonly kind: 'margin';
      readonly bounds: Bounds;
      readonly parts: readonly Chains[];
      /** Lines and points; the rings of the parts are not repeated here. */
      readonly lines: Chains;
      readonly margin: number;
      readonly outline: readonly Chains[];
    };

/**
 * @param outline the polygon drawn for the shape, to which the distances of strips and margins to their edge are
 *   measured; for an area its own geometry, for a disc of no use
 */
export function flatShape(shape: CountingShape, outline: Geometry): FlatShape {
  switch (shape.kind) {
    case 'area':
      return { kind: 'area', bounds: boundsOf(shape.geometry), parts: partsOf(shape.geometry) };
    case 'disc': {
      const [lon, lat] = shape.center;
      return { kind: 'disc', bounds: widen([lon, lat, lon, lat], shape.radius), lon, lat, radius: shape.radius };
    }
    case 'strip': {
      const { lines, left, right } = shape;
      return {
        kind: 'strip',
        bounds: widen(unwrappedBounds(lines), Math.max(left, right)),
        lines: chains(lines, false),
        left,
        right,
        joins: Float64Array.from(shape.joins.flatMap(({ from, vertex, to }) => [...from, ...vertex, ...to])),
        outline: partsOf(outline),
      };
    }
    case 'margin': {
      const areal = polygonsOf(shape.geometry).length > 0;
      if (areal && shape.margin === 0) return flatShape({ kind: 'area', geometry: shape.geometry }, shape.geometry);
      return {
        kind: 'margin',
        bounds: widen(areal ? boundsOf(shape.geometry) : unwrappedBounds(chainsOf(shape.geometry)), shape.margin),
        parts: partsOf(shape.geometry),
        lines: areal ? NO_CHAINS : chains(chainsOf(shape.geometry), false),
        margin: shape.margin,
        outline: partsOf(outline),
      };
    }
  }
}

const NO_CHAINS: Chains = { xy: new Float64Array(0), ends: new Int32Array(0) };

function partsOf(geometry: Geometry): Chains[] {
  return polygonsOf(geometry).map((rings) => chains(rings, true));
}

/** @param closed each chain is a ring, which is closed here if it is not */
function chains(lists: readonly (readonly Position[])[], closed: boolean): Chains {
  const numbers: number[] = [];
  const ends: number[] = [];
  for (const list of lists) {
    for (const [lon, lat] of list) numbers.push(lon, lat);
    const first = list[0];
    const last = list.at(-1);
    if (closed && first && last && (list.length === 1 || first[0] !== last[0] || first[1] !== last[1])) numbers.push(first[0], first[1]);
    ends.push(numbers.length / 2);
  }
  return { xy: Float64Array.from(numbers), ends: Int32Array.from(ends) };
}

/** The box of lines whose segments go the short way round; it may reach beyond ±180. */
function unwrappedBounds(lines: readonly (readonly Position[])[]): Bounds {
  let box: Bounds | null = null;
  for (const line of lines) {
    const first = line[0];
    if (!first) continue;
    let [lon, lat] = first;
    const positions: Position[] = [[lon, lat]];
    for (const next of line.slice(1)) {
      lon += longitudeDifference(((((lon + 180) % 360) + 360) % 360) - 180, next[0]);
      lat = next[1];
      positions.push([lon, lat]);
    }
    box = joinBounds(box, boundsOfPositions(positions));
  }
  return box ?? [Infinity, Infinity, -Infinity, -Infinity];
}

const prepared = new WeakMap<FlatShape, PreparedShape>();

/** The shape made ready for tests one by one: what the kernels leave undecided, footprints, and reasons. */
export function preparedOf(shape: FlatShape): PreparedShape {
  let ready = prepared.get(shape);
  if (!ready) {
    ready = prepareShape(...nested(shape));
    prepared.set(shape, ready);
  }
  return ready;
}

/** Back from flat arrays to the form of GeoJSON: the shape and its outline. */
function nested(shape: FlatShape): [CountingShape, Geometry] {
  switch (shape.kind) {
    case 'area': {
      const geometry = multiPolygon(shape.parts);
      return [{ kind: 'area', geometry }, geometry];
    }
    case 'disc':
      return [
        { kind: 'disc', center: [shape.lon, shape.lat], radius: shape.radius },
        { type: 'Point', coordinates: [shape.lon, shape.lat] },
      ];
    case 'strip': {
      const joins: Join[] = [];
      for (let i = 0; i < shape.joins.length; i += 6) {
        const [a, b, c, d, e, f] = shape.joins.subarray(i, i + 6) as unknown as [number, number, number, number, number, number];
        joins.push({ from: [a, b], vertex: [c, d], to: [e, f] });
      }
      const { left, right } = shape;
      return [{ kind: 'strip', lines: lists(shape.lines), left, right, joins }, multiPolygon(shape.outline)];
    }
    case 'margin': {
      const lines = lists(shape.lines);
      const single = lines[0]?.length === 1 && lines[0][0];
      const geometry: Geometry = single
        ? { type: 'Point', coordinates: single }
        : shape.parts.length > 0
          ? multiPolygon(shape.parts)
          : { type: 'MultiLineString', coordinates: lines };
      return [{ kind: 'margin', geometry, margin: shape.margin }, multiPolygon(shape.outline)];
    }
  }
}

function multiPolygon(parts: readonly Chains[]): Geometry {
  return { type: 'MultiPolygon', coordinates: parts.map(lists) };
}

function lists({ xy, ends }: Chains): Position[][] {
  const all: Position[][] = [];
  let at = 0;
  for (const end of ends) {
    const list: Position[] = [];
    for (; at < end; at++) list.push([xy[2 * at] as number, xy[2 * at + 1] as number]);
    all.push(list);
  }
  return all;
}

const edges = new WeakMap<FlatShape, Chains>();

/** The lines that bound the shape as a whole, as its edge distances are measured; none for a disc. */
export function edgeOf(shape: FlatShape): Chains {
  if (shape.kind === 'disc') return NO_CHAINS;
  const parts = shape.kind === 'area' ? shape.parts : shape.outline;
  const [only] = parts;
  if (only && parts.length === 1 && !reachesDateLine(shape.bounds)) return only;
  let edge = edges.get(shape);
  if (!edge) {
    edge = chains(new UnionEdge(parts.map(lists)).chains, false);
    edges.set(shape, edge);
  }
  return edge;
}

function reachesDateLine([west, , east]: Bounds): boolean {
  return west <= -180 || east >= 180;
}
