// What of the draft lies under a pointer: a vertex, the middle of an edge, an edge, the inside. In degrees scaled to metres,
// so that fifty thousand vertices cost nothing to look through.
import type { Position } from '../../server/domain/feature.ts';
import { metresPerDegree } from '../../server/geo/ellipsoid.ts';
import { distanceToSegment } from '../draft/verbs/forms.ts';
import { holds } from '../draft/verbs/overlay.ts';
import { ringsOf, type Shape, type VertexAt } from '../draft/shape.ts';

export type Hit =
  | { readonly kind: 'vertex' | 'middle' | 'edge'; readonly at: VertexAt }
  | { readonly kind: 'inside' }
  | { readonly kind: 'nothing' };

/** @param reach metres within which a vertex or an edge counts as hit */
export function hitOf(shape: Shape, at: Position, reach: number): Hit {
  const scale = metresPerDegree(at[1]);
  const [padX, padY] = [reach / scale.x, reach / scale.y];
  const off = (p: Position): number => Math.hypot((p[0] - at[0]) * scale.x, (p[1] - at[1]) * scale.y);
  let vertex: VertexAt | null = null;
  let middle: VertexAt | null = null;
  let edge: VertexAt | null = null;
  let [vertexOff, middleOff, edgeOff] = [reach, reach, reach * 0.6];
  for (const { part, ring, positions } of ringsOf(shape)) {
    const { length } = positions;
    for (let i = 0; i < length; i++) {
      const b = positions[i] as Position;
      if (Math.abs(b[0] - at[0]) <= padX && Math.abs(b[1] - at[1]) <= padY && off(b) < vertexOff) {
        vertexOff = off(b);
        vertex = { part, ring, vertex: i };
      }
      if (i === 0 && shape.kind === 'line') continue;
      const a = positions[i === 0 ? length - 1 : i - 1] as Position;
      if (Math.min(a[0], b[0]) > at[0] + padX || Math.max(a[0], b[0]) < at[0] - padX) continue;
      if (Math.min(a[1], b[1]) > at[1] + padY || Math.max(a[1], b[1]) < at[1] - padY) continue;
      const half: Position = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
      if (off(half) < middleOff) {
        middleOff = off(half);
        middle = { part, ring, vertex: i };
      }
      const away = distanceToSegment(at, a, b);
      if (away < edgeOff) {
        edgeOff = away;
        edge = { part, ring, vertex: i };
      }
    }
  }
  if (vertex) return { kind: 'vertex', at: vertex };
  if (middle) return { kind: 'middle', at: middle };
  if (edge) return { kind: 'edge', at: edge };
  return holds(shape, at) ? { kind: 'inside' } : { kind: 'nothing' };
}
