// Snapping: to the vertices and edges of neighbours and of the draft itself, with the very coordinates that are stored, so
// that zones which should touch do. Pure: metres and degrees, no map.
import type { Position } from '../../server/domain/feature.ts';
import { metresPerDegree } from '../../server/geo/ellipsoid.ts';
import { nearestOnSegment } from '../draft/verbs/forms.ts';
import { boxOf, ringsOf, type Shape, type VertexAt } from '../draft/shape.ts';

/** Something that can be snapped to. */
export interface Neighbour {
  readonly name: string;
  /** `layer:id`, or `draft` for the shape in the hand. */
  readonly key: string;
  readonly shape: Shape;
}

export interface Snapped {
  readonly position: Position;
  readonly to: 'vertex' | 'edge';
  readonly name: string;
  readonly key: string;
}

interface Boxed extends Neighbour {
  readonly box: readonly [number, number, number, number];
}

/** Neighbours made ready for many questions. */
export function prepared(neighbours: readonly Neighbour[]): readonly Boxed[] {
  return neighbours.flatMap((neighbour) => {
    const box = boxOf(neighbour.shape);
    return box ? [{ ...neighbour, box }] : [];
  });
}

/**
 * The nearest vertex within `reach` metres, or else the nearest edge.
 * @param skip a vertex of the draft that must not snap to itself, nor to its own edges
 */
export function snap(neighbours: readonly Boxed[], at: Position, reach: number, skip: VertexAt | null = null): Snapped | null {
  const scale = metresPerDegree(at[1]);
  const [padX, padY] = [reach / scale.x, reach / scale.y];
  const [west, south, east, north] = [at[0] - padX, at[1] - padY, at[0] + padX, at[1] + padY];
  const metres = (p: Position): number => Math.hypot((p[0] - at[0]) * scale.x, (p[1] - at[1]) * scale.y);
  let vertex: Snapped | null = null;
  let edge: Snapped | null = null;
  let vertexOff = reach;
  let edgeOff = reach;
  for (const { name, key, shape, box } of neighbours) {
    if (box[0] > east || box[2] < west || box[1] > north || box[3] < south) continue;
    for (const { part, ring, positions } of ringsOf(shape)) {
      const own = key === 'draft' && skip?.part === part && skip.ring === ring ? skip.vertex : -1;
      const { length } = positions;
      for (let i = 0; i < length; i++) {
        const b = positions[i] as Position;
        if (i !== own && b[0] >= west && b[0] <= east && b[1] >= south && b[1] <= north) {
          const off = metres(b);
          if (off < vertexOff) {
            vertexOff = off;
            vertex = { position: b, to: 'vertex', name, key };
          }
        }
        const j = i === 0 ? length - 1 : i - 1;
        if ((i === 0 && shape.kind === 'line') || i === own || j === own) continue;
        const a = positions[j] as Position;
        if (Math.min(a[0], b[0]) > east || Math.max(a[0], b[0]) < west || Math.min(a[1], b[1]) > north || Math.max(a[1], b[1]) < south)
          continue;
        const on = nearestOnSegment(at, a, b);
        const off = metres(on);
        if (off < edgeOff) {
          edgeOff = off;
          edge = { position: on, to: 'edge', name, key };
        }
      }
    }
  }
  return vertex ?? edge;
}
