// How one household or school lies to one zone, by the counting rules: nominal position, certain, possible.
import type { Geometry } from '../domain/feature.ts';
import type { PreparedShape } from '../geo/shape.ts';

export interface Relation {
  /** The nominal position is in (on an edge counts; a footprint that touches counts). */
  readonly inside: boolean;
  /** In, and further from the edge than the position's accuracy. */
  readonly certain: boolean;
  /** Within the accuracy of an edge, on either side. */
  readonly possible: boolean;
}

/**
 * The relation, or null when the unit has nothing to do with the zone.
 * @param geometry a position or a footprint
 * @param accuracy metres; one that is not given counts as 0
 */
export function relate(geometry: Geometry, accuracy: number, shape: PreparedShape): Relation | null {
  if (geometry.type === 'Point') {
    const place = shape.place(geometry.coordinates);
    const near = place === 'edge' || (accuracy > 0 && shape.distanceToEdge(geometry.coordinates) <= accuracy);
    if (place === 'outside' && !near) return null;
    const inside = place !== 'outside';
    return { inside, certain: inside && !near, possible: near };
  }
  const inside = shape.touches(geometry);
  if (!inside && accuracy === 0) return null;
  const near = shape.footprintToEdge(geometry) <= accuracy;
  if (!inside && !near) return null;
  return { inside, certain: inside && !near, possible: near };
}

/** Distance in metres from the unit to the zone's edge: positive when it is in, negative when out. */
export function signedDistance(geometry: Geometry, shape: PreparedShape): number {
  if (geometry.type === 'Point') {
    const distance = shape.distanceToEdge(geometry.coordinates);
    return shape.place(geometry.coordinates) === 'outside' ? -distance : distance;
  }
  const distance = shape.footprintToEdge(geometry);
  return shape.touches(geometry) ? distance : -distance;
}
