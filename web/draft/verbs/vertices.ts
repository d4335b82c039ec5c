// Changing single vertices, rings and parts. Every function returns a new shape, or the same one where nothing is changed.
import type { Position } from '../../../server/domain/feature.ts';
import { leastVertices, positionAt, ringAt, ringsOf, samePosition, withRing, type Ring, type Shape, type VertexAt } from '../shape.ts';

export function moveVertex(shape: Shape, at: VertexAt, to: Position): Shape {
  const before = positionAt(shape, at);
  if (!before || samePosition(before, to)) return shape;
  return withRing(shape, at, ringAt(shape, at).with(at.vertex, to));
}

/** Puts a vertex between `at` and the one before it; the new one takes the number of `at`. */
export function insertVertex(shape: Shape, at: VertexAt, position: Position): Shape {
  return withRing(shape, at, ringAt(shape, at).toSpliced(at.vertex, 0, position));
}

/**
 * Takes a vertex away. A ring that has too few left goes with it: a hole is filled, a part is gone.
 */
export function removeVertex(shape: Shape, at: VertexAt): Shape {
  const ring = ringAt(shape, at);
  if (ring.length <= leastVertices(shape.kind)) return removeRing(shape, at);
  return withRing(shape, at, ring.toSpliced(at.vertex, 1));
}

/** Takes a ring away: a hole is filled, a shell takes its whole part with it. */
export function removeRing(shape: Shape, at: Pick<VertexAt, 'part' | 'ring'>): Shape {
  if (at.ring === 0) return { ...shape, parts: shape.parts.toSpliced(at.part, 1) };
  return { ...shape, parts: shape.parts.map((part, p) => (p === at.part ? part.toSpliced(at.ring, 1) : part)) };
}

export function addPart(shape: Shape, ring: Ring): Shape {
  return { ...shape, parts: [...shape.parts, [ring]] };
}

/** The vertex after (or before) one along its ring; rings go round, lines end. */
export function neighbour(shape: Shape, at: VertexAt, step: 1 | -1): VertexAt {
  const { length } = ringAt(shape, at);
  const next = at.vertex + step;
  if (shape.kind === 'line') return { ...at, vertex: Math.min(Math.max(next, 0), length - 1) };
  return { ...at, vertex: (next + length) % length };
}

/** Position halfway between a vertex and the one before it: where a vertex before it would go. */
export function middleBefore(shape: Shape, at: VertexAt): Position | null {
  const ring = ringAt(shape, at);
  const b = ring[at.vertex];
  const a = ring[at.vertex - 1] ?? (shape.kind === 'area' ? ring.at(-1) : undefined);
  return a && b ? [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] : null;
}

/** Does this vertex still exist? */
export const exists = (shape: Shape, at: VertexAt): boolean => positionAt(shape, at) !== undefined;

/** The vertex that follows in the whole shape, over rings and parts; from the last one the first again. */
export function stepVertex(shape: Shape, at: VertexAt | null, step: 1 | -1): VertexAt | null {
  const all = [...ringsOf(shape)].filter(({ positions }) => positions.length > 0);
  if (all.length === 0) return null;
  const now = at ? all.findIndex(({ part, ring }) => part === at.part && ring === at.ring) : -1;
  const place = all[now];
  if (!at || !place) {
    const ends = step === 1 ? all[0] : all.at(-1);
    return ends ? { part: ends.part, ring: ends.ring, vertex: step === 1 ? 0 : ends.positions.length - 1 } : null;
  }
  const vertex = at.vertex + step;
  if (vertex >= 0 && vertex < place.positions.length) return { ...at, vertex };
  const next = all[(now + step + all.length) % all.length] ?? place;
  return { part: next.part, ring: next.ring, vertex: step === 1 ? 0 : next.positions.length - 1 };
}
