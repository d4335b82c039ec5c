// Does a geometry share a point with a box? Exact, where an R-tree of 32-bit floats only suspects it.
import type { Geometry } from '../domain/feature.ts';
import type { Bounds } from '../domain/service.ts';
import { boundsMeet, boundsOf } from './bounds.ts';
import { PreparedArea, segmentsMeet } from './covers.ts';
import { chainsOf } from './segment.ts';

export function meetsBox(geometry: Geometry, box: Bounds): boolean {
  const own = boundsOf(geometry);
  if (!boundsMeet(own, box)) return false;
  if (geometry.type === 'Point') return true;
  const [west, south, east, north] = box;
  if (west <= own[0] && own[2] <= east && south <= own[1] && own[3] <= north) return true;
  const corners = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ] as const;
  for (const chain of chainsOf(geometry)) {
    for (let i = 1; i < chain.length; i++) {
      const a = chain[i - 1];
      const b = chain[i];
      if (!a || !b) continue;
      if (west <= b[0] && b[0] <= east && south <= b[1] && b[1] <= north) return true;
      if (!boundsMeet([Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])], box)) continue;
      for (let k = 1; k < corners.length; k++) {
        const c = corners[k - 1];
        const d = corners[k];
        if (c && d && segmentsMeet(a, b, c, d)) return true;
      }
    }
  }
  return new PreparedArea(geometry).covers([west, south]);
}
