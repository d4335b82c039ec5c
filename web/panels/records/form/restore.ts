// What putting an earlier version back would change: everything that differs, but for the steps of a life. Pure.
import type { Geometry } from 'geojson';
import type { JsonValue, Properties, PropertyValue } from '../../../../server/domain/feature.ts';
import { writableFieldsOf, type LayerName } from '../../../../server/domain/layer.ts';
import type { Item } from '../../../api/features.ts';
import type { Change, RecordRevision } from '../../../api/records.ts';
import { sameValue } from '../../../state/staff/fieldValues.ts';
import { lifeFields } from './groups.ts';

export interface Restoration {
  readonly change: Change;
  /** Fields of the procedure that were another then and stay as they are now. */
  readonly left: readonly string[];
}

/** null: nothing differs that could be put back. */
export function restorationOf(layer: LayerName, now: Item, then: Pick<RecordRevision, 'properties' | 'geometry'>): Restoration | null {
  const life = lifeFields(layer);
  const differing = writableFieldsOf(layer)
    .map(({ name }) => name)
    .filter((name) => !sameValue(now.properties[name], then.properties[name]));
  const values: Record<string, PropertyValue> = {};
  // the reason of the latest change is that of the restoration
  for (const name of differing)
    if (!life.has(name) && !(layer === 'danger-zones' && name === 'reason')) values[name] = then.properties[name] ?? null;
  const moved = !sameValue(now.geometry as unknown as JsonValue, then.geometry as unknown as JsonValue);
  const takesPlaceAway = then.geometry === null && layer !== 'households';
  const geometry: Geometry | null | undefined = moved && !takesPlaceAway ? then.geometry : undefined;
  const left = differing.filter((name) => life.has(name));
  if (Object.keys(values).length === 0 && geometry === undefined) return null;
  return { change: { properties: values satisfies Properties, ...(geometry !== undefined && { geometry }) }, left };
}
