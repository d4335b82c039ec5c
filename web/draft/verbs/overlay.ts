// Areas laid over each other: merge, cut, split. The crossing points come from polyclip-ts, which computes them without
// rounding; what it returns is then kept in degrees as doubles, far below a millimetre.
import { difference, intersection, union, type Geom } from 'polyclip-ts';
import type { Position } from '../../../server/domain/feature.ts';
import { boxOf, geometryOf, ringsOf, shapeOf, type Ring, type Shape } from '../shape.ts';

type Rings = [number, number][][];

const asGeom = (shape: Shape): Geom =>
  shape.parts
    .filter((part) => (part[0]?.length ?? 0) >= 3)
    .map((part): Rings => part.map((ring) => ring.map(([lon, lat]): [number, number] => [lon, lat])));

/** Below this (degrees, a micrometre) coordinates are noise that the sweep may stumble over. */
const GRAIN = 1e-11;

const grained = (shape: Shape): Shape => ({
  ...shape,
  parts: shape.parts.map((part) => part.map((ring) => ring.map(([lon, lat]): Position => [grain(lon), grain(lat)]))),
});
const grain = (degrees: number): number => Math.round(degrees / GRAIN) * GRAIN;

/** No way was found to lay the areas over each other: they are left as they are. */
export class OverlayFailed extends Error {}

/** Every digit is kept; only where the sweep finds no way through them, the last ones are given up. @throws OverlayFailed */
function swept(verb: (...geoms: [Geom, ...Geom[]]) => ReturnType<typeof union>, ...shapes: [Shape, ...Shape[]]): Shape {
  const run = (all: readonly Shape[]): Shape => {
    const [first, ...rest] = all.map(asGeom);
    return asShape(first ? verb(first, ...rest) : []);
  };
  try {
    return run(shapes);
  } catch {
    try {
      return run(shapes.map(grained));
    } catch (cause) {
      throw new OverlayFailed('the areas cannot be laid over each other', { cause });
    }
  }
}

const asShape = (polygons: readonly Rings[]): Shape =>
  shapeOf({ type: 'MultiPolygon', coordinates: polygons.map((rings) => rings.map((ring) => ring)) }, 'area');

export const areaOfRing = (ring: Ring): Shape => ({ kind: 'area', parts: [[ring]] });

/** Everything that lies in either: parts that overlap or share an edge become one. */
export function merge(a: Shape, b?: Shape): Shape {
  if (geometryOf(a) === null) return b ?? a;
  return b && geometryOf(b) !== null ? swept(union, a, b) : swept(union, a);
}

/** What is left of `a` without `b`: a hole where `b` lies within, less of an edge where it crosses. */
export function cut(a: Shape, b: Shape): Shape {
  if (geometryOf(a) === null || geometryOf(b) === null) return a;
  return swept(difference, a, b);
}

/** Why a line cannot split a shape. */
export type SplitFault = 'line_crosses_itself' | 'line_does_not_cross';

/**
 * Splits along a line: what lies left of it and what lies right of it become parts of their own, with the same vertices
 * on the line. The line must go right through and must not cross itself.
 */
export function split(shape: Shape, line: Ring): Shape | SplitFault {
  const box = boxOf(shape);
  if (!box || line.length < 2) return 'line_does_not_cross';
  const side = leftOf(line, box);
  if (!side) return 'line_does_not_cross';
  if (crossesItself(side.slice(0, line.length + 2))) return 'line_crosses_itself';
  const left = swept(intersection, shape, areaOfRing(side));
  const right = swept(difference, shape, areaOfRing(side));
  if (left.parts.length === 0 || right.parts.length === 0) return 'line_does_not_cross';
  if (left.parts.length + right.parts.length <= shape.parts.length) return 'line_does_not_cross';
  return { kind: 'area', parts: [...left.parts, ...right.parts] };
}

/** The ring that has the (lengthened) line as one side and goes round the box on its left. */
function leftOf(line: Ring, [west, south, east, north]: readonly [number, number, number, number]): Ring | null {
  const size = Math.max(east - west, north - south, spanOf(line)) * 4 + 1e-6;
  const first = line[0] as Position;
  const last = line.at(-1) as Position;
  const start = beyond(line[1] as Position, first, size);
  const end = beyond(line.at(-2) as Position, last, size);
  if (!start || !end) return null;
  const middle: Position = [(west + east) / 2, (south + north) / 2];
  const around = (from: Position): number => Math.atan2(from[1] - middle[1], from[0] - middle[0]);
  // counter-clockwise from the line's end back to its start, far outside
  const [a, b] = [around(end), around(start)];
  const turn = (b - a + 4 * Math.PI) % (2 * Math.PI);
  const steps = 16;
  const arc = Array.from({ length: steps + 1 }, (_, i): Position => {
    const angle = a + (turn * i) / steps;
    return [middle[0] + Math.cos(angle) * size * 3, middle[1] + Math.sin(angle) * size * 3];
  });
  return [start, ...line, end, ...arc];
}

function beyond(from: Position, to: Position, length: number): Position | null {
  const [x, y] = [to[0] - from[0], to[1] - from[1]];
  const size = Math.hypot(x, y);
  return size === 0 ? null : [to[0] + (x / size) * length, to[1] + (y / size) * length];
}

function spanOf(line: Ring): number {
  const box = boxOf({ kind: 'line', parts: [[line]] });
  return box ? Math.max(box[2] - box[0], box[3] - box[1]) : 0;
}

function crossesItself(line: Ring): boolean {
  for (let i = 1; i < line.length; i++) {
    for (let j = i + 2; j < line.length; j++) {
      if (crosses(line[i - 1] as Position, line[i] as Position, line[j - 1] as Position, line[j] as Position)) return true;
    }
  }
  return false;
}

const side = (a: Position, b: Position, c: Position): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** Do two segments cross each other at a point inside both? */
export function crosses(a: Position, b: Position, c: Position, d: Position): boolean {
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

/** Does the shape cover the position? By the even-odd rule, for picking parts on the map; no figure hangs on it. */
export function holds(shape: Shape, [x, y]: Position, part?: number): boolean {
  let inside = false;
  for (const { part: own, positions } of ringsOf(shape)) {
    if (part !== undefined && own !== part) continue;
    for (let i = 0, j = positions.length - 1; i < positions.length; j = i++) {
      const [x1, y1] = positions[i] as Position;
      const [x2, y2] = positions[j] as Position;
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    }
  }
  return inside;
}
