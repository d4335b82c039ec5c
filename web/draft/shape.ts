// The shape in the hand: what is being drawn, in a form that is easy to change. Rings are open (the first vertex is not
// repeated), the first ring of a part is its shell. Everything here is immutable: a change makes new rings and shares the
// rest, so that a history of a hundred steps costs little. Pure: no DOM, no map.
import type { Geometry, Position } from '../../server/domain/feature.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import { layerOf } from '../../server/domain/layer.ts';

export type Ring = readonly Position[];
export type Part = readonly Ring[];

/** Areas are parts of rings; lines are parts of one chain each. */
export interface Shape {
  readonly kind: 'area' | 'line';
  readonly parts: readonly Part[];
}

/** One vertex of a shape. */
export interface VertexAt {
  readonly part: number;
  readonly ring: number;
  readonly vertex: number;
}

export const emptyShape = (kind: Shape['kind']): Shape => ({ kind, parts: [] });

/** What a layer is drawn as; null for layers of points, which are placed and not drawn. */
export function kindOf(layer: LayerName): Shape['kind'] | null {
  const { geometry } = layerOf(layer);
  if (geometry.includes('Polygon') && !geometry.includes('Point')) return 'area';
  return geometry.includes('LineString') ? 'line' : null;
}

/** Digits that are kept of what a hand points at: 1e-7° is a centimetre. */
export const roundPosition = ([lon, lat]: Position): Position => [Math.round(lon * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7];

export const samePosition = (a: Position | undefined, b: Position | undefined): boolean =>
  a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];

/** Vertices fewer than this make no ring or no line. */
export const leastVertices = (kind: Shape['kind']): number => (kind === 'area' ? 3 : 2);

const openRing = (ring: readonly Position[]): Ring => {
  const same = ring.length > 1 && samePosition(ring[0], ring.at(-1));
  return (same ? ring.slice(0, -1) : ring).map(([lon, lat]): Position => [lon, lat]);
};

const closedRing = (ring: Ring): Position[] => (ring[0] ? [...ring, ring[0]] : []);

/** A geometry as GeoJSON libraries type it: the same thing as ours, with positions of any length. */
type LooseGeometry = GeoJSON.Geometry;

/** A stored geometry as a shape; a point has none. */
export function shapeOf(stored: Geometry | LooseGeometry | null, kind: Shape['kind']): Shape {
  const geometry = stored as Geometry | null;
  switch (geometry?.type) {
    case 'Polygon':
      return { kind: 'area', parts: [geometry.coordinates.map(openRing)] };
    case 'MultiPolygon':
      return { kind: 'area', parts: geometry.coordinates.map((rings) => rings.map(openRing)) };
    case 'LineString':
      return { kind: 'line', parts: [[geometry.coordinates.map(([lon, lat]): Position => [lon, lat])]] };
    case 'MultiLineString':
      return { kind: 'line', parts: geometry.coordinates.map((line) => [line.map(([lon, lat]): Position => [lon, lat])]) };
    default:
      return emptyShape(kind);
  }
}

/** The shape as RFC 7946 has it, or null while there is nothing. One part makes the simple type. */
export function geometryOf({ kind, parts }: Shape): Geometry | null {
  const whole = parts.filter((part) => (part[0]?.length ?? 0) >= leastVertices(kind));
  const [only] = whole;
  if (!only) return null;
  if (kind === 'line') {
    const lines = whole.map((part) => part[0] ?? []);
    return lines.length === 1 ? { type: 'LineString', coordinates: lines[0] ?? [] } : { type: 'MultiLineString', coordinates: lines };
  }
  const polygons = whole.map((part) => part.filter((ring) => ring.length >= 3).map(closedRing));
  return polygons.length === 1 ? { type: 'Polygon', coordinates: polygons[0] ?? [] } : { type: 'MultiPolygon', coordinates: polygons };
}

export function vertexCount({ parts }: Shape): number {
  return parts.reduce((sum, part) => sum + part.reduce((own, ring) => own + ring.length, 0), 0);
}

export const ringAt = (shape: Shape, at: Pick<VertexAt, 'part' | 'ring'>): Ring => shape.parts[at.part]?.[at.ring] ?? [];

export const positionAt = (shape: Shape, at: VertexAt): Position | undefined => ringAt(shape, at)[at.vertex];

/** The shape with another ring at a place. */
export function withRing(shape: Shape, at: Pick<VertexAt, 'part' | 'ring'>, ring: Ring): Shape {
  const parts = shape.parts.map((part, p) => (p === at.part ? part.map((old, r) => (r === at.ring ? ring : old)) : part));
  return { ...shape, parts };
}

/** Every ring with its place. */
export function* ringsOf(shape: Shape): Generator<{ part: number; ring: number; positions: Ring }> {
  for (const [part, rings] of shape.parts.entries()) for (const [ring, positions] of rings.entries()) yield { part, ring, positions };
}

/** Box of a shape in degrees: west, south, east, north; null for an empty one. */
export function boxOf(shape: Shape): [number, number, number, number] | null {
  let box: [number, number, number, number] | null = null;
  for (const { positions } of ringsOf(shape)) {
    for (const [lon, lat] of positions) {
      box ??= [lon, lat, lon, lat];
      if (lon < box[0]) box[0] = lon;
      if (lat < box[1]) box[1] = lat;
      if (lon > box[2]) box[2] = lon;
      if (lat > box[3]) box[3] = lat;
    }
  }
  return box;
}
