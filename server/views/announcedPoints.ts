// Hazard points that an announced danger zone stands for: what the policy's view of a point depends on.
import { textOf } from '../domain/feature.ts';
import type { Reads } from '../store/store.ts';

export async function announcedPoints(store: Reads): Promise<ReadonlySet<string>> {
  const points = new Set<string>();
  for await (const zone of store.select('danger-zones', { filter: { op: '=', property: 'status', value: 'announced' } })) {
    const point = textOf(zone.properties, 'hazard_id');
    if (point) points.add(point);
  }
  return points;
}
