// Areas laid over each other: merge, cut, split. The crossing points come from polyclip-ts, which computes them without
// rounding; what it returns is then kept in degrees as doubles, far below a millimetre.
import { difference, intersection, union, type Geom } from 'polyclip-ts';
import type { Position } from '../../../server/domain/feature.ts';
import { boxOf, geometryOf, ringsOf, shapeOf, type Part, type Ring, type Shape } from '../shape.ts';

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
export type SplitFault = 'line_crosses_itself' | 'line_does_not_cross' | 'line_ends_inside';

/**
 * Splits the parts that a line goes right through: what lies on either side of it becomes a part of its own, with the same
 * vertices on the line. Parts, and legs of a part, that the line does not touch stay whole. The line must not cross itself and
 * must begin and end outside.
 */
export function split(shape: Shape, line: Ring): Shape | SplitFault {
  if (line.length < 2) return 'line_does_not_cross';
  if (crossesItself(line)) return 'line_crosses_itself';
  const parts: Part[] = [];
  let touched = false;
  for (const part of shape.parts) {
    const own: Shape = { kind: 'area', parts: [part] };
    const pieces = touches(own, line) ? piecesOf(own, line) : [part];
    if (typeof pieces === 'string') return pieces;
    touched ||= pieces.length > 1;
    parts.push(...pieces);
  }
  return touched ? { kind: 'area', parts } : 'line_does_not_cross';
}

function piecesOf(part: Shape, line: Ring): readonly Part[] | SplitFault {
  const box = boxOf(part);
  if (!box || holds(part, line[0] as Position) || holds(part, line.at(-1) as Position)) return 'line_ends_inside';
  const side = leftOf(line, box);
  if (!side) return 'line_does_not_cross';
  if (crossesItself(side.slice(0, line.length + 2))) return 'line_crosses_itself';
  const left = swept(intersection, part, areaOfRing(side)).parts;
  const right = swept(difference, part, areaOfRing(side)).parts;
  return rejoined(left, right, line);
}

/** The line was lengthened to tell left from right: pieces that meet where nobody drew belong together. */
function rejoined(left: readonly Part[], right: readonly Part[], line: Ring): readonly Part[] {
  const pieces = [...left, ...right];
  const group = pieces.map((_, i) => i);
  for (const [i, a] of left.entries()) {
    for (const [j, b] of right.entries()) {
      if (!meetBeyond(a, b, line)) continue;
      const [to, from] = [group[i] as number, group[left.length + j] as number];
      for (let k = 0; k < group.length; k++) if (group[k] === from) group[k] = to;
    }
  }
  return [...new Set(group)].flatMap((own) => {
    const mine = pieces.filter((_, i) => group[i] === own);
    const [first, ...others] = mine.map((part): Shape => ({ kind: 'area', parts: [part] }));
    return first ? others.reduce((all, other) => merge(all, other), first).parts : [];
  });
}

/** Degrees within which an edge counts as lying on the line: far below a millimetre. */
const ON_LINE = 1e-10;

/** Do two pieces share an edge that does not lie on the drawn line? */
function meetBeyond(a: Part, b: Part, line: Ring): boolean {
  const edges = new Set<string>();
  for (const ring of b) for (const [p, q] of edgesOf(ring)) edges.add(`${String(q)} ${String(p)}`);
  return a.some((ring) =>
    edgesOf(ring).some(([p, q]) => edges.has(`${String(p)} ${String(q)}`) && !liesOn([(p[0] + q[0]) / 2, (p[1] + q[1]) / 2], line)),
  );
}

const edgesOf = (ring: Ring): [Position, Position][] => ring.map((p, i) => [p, ring[(i + 1) % ring.length] as Position]);

const liesOn = (at: Position, line: Ring): boolean => line.slice(1).some((b, i) => flatDistance(at, line[i] as Position, b) < ON_LINE);

function flatDistance([x, y]: Position, [x1, y1]: Position, [x2, y2]: Position): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / square));
  return Math.hypot(x1 + t * dx - x, y1 + t * dy - y);
}

/** Does the line cross an edge of the shape, or go through one of its vertices? */
function touches(shape: Shape, line: Ring): boolean {
  for (const { positions } of ringsOf(shape)) {
    for (const [p, q] of edgesOf(positions)) {
      for (let i = 1; i < line.length; i++) {
        const [a, b] = [line[i - 1] as Position, line[i] as Position];
        if (crosses(a, b, p, q) || flatDistance(p, a, b) < ON_LINE) return true;
      }
    }
  }
  return holds(shape, line[0] as Position);
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

/** Square degrees of a shape by its rings: shells less holes. Where this is more than of the merged shape, they lie on each other. */
export function flatArea({ parts }: Shape): number {
  return parts.reduce((sum, part) => sum + part.reduce((own, ring, i) => own + (i === 0 ? 1 : -1) * ringArea(ring), 0), 0);
}

function ringArea(ring: Ring): number {
  const [x0, y0] = ring[0] ?? [0, 0];
  let twice = 0;
  for (const [[x1, y1], [x2, y2]] of edgesOf(ring)) twice += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
  return Math.abs(twice) / 2;
}
