// Features that were removed and can be put back, as the answer lists them.
import type { LayerName } from '../domain/layer.ts';
import type { FeatureStore } from '../store/store.ts';
import { nameOf } from './featureName.ts';

/** The answer in bytes, and how many features it lists. `revision` of each is that of its removal. */
export async function removedBytes(store: FeatureStore, layer: LayerName, limit: number): Promise<{ bytes: Uint8Array; count: number }> {
  const found = await store.removed(layer, { limit });
  const removed = found.map(({ id, revision, at, by, reason, geometry, properties }) => ({
    id,
    name: nameOf(properties),
    revision,
    at,
    by,
    reason,
    geometry,
    properties,
  }));
  return { bytes: new TextEncoder().encode(JSON.stringify({ removed })), count: removed.length };
}
