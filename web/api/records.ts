// Records of a layer: pages of them, changes that may take a position away, removal, and what they were before.
import type { Geometry } from 'geojson';
import type { JsonValue, Properties } from '../../server/domain/feature.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import type { Changed, Revision } from './edit.ts';
import { itemsPath, type Item } from './features.ts';
import { ask } from './http.ts';

/** Pages are the same for every list of features. */
export { fetchUnlocated as fetchRecords, type UnlocatedPage as RecordsPage } from './unlocated.ts';

/** @param filter CQL2 text, or null for all */
export function recordsPath(layer: LayerName, filter: string | null, limit: number): string {
  const query = new URLSearchParams({ limit: String(limit), ...(filter !== null && { filter }) });
  return `${itemsPath(layer)}?${query}`;
}

const pathOf = (layer: LayerName, id: string): string => `${itemsPath(layer)}/${encodeURIComponent(id)}`;

/** The ETag of a feature as staff read it: its revision decides. */
export const etagOf = (item: Item): string => item.etag ?? `"${String(item.properties['revision'])}.s"`;

const why = (reason: string): Record<string, string> => (reason.trim() === '' ? {} : { 'X-Reason': encodeURIComponent(reason.trim()) });

export interface Change {
  readonly properties: Properties;
  /** Left out: it stays; null takes the position away (households only). */
  readonly geometry?: Geometry | null;
}

/**
 * Changes these properties, and the geometry where one is given; null takes a property away.
 * @throws ApiError 412 when the feature was changed since it was read, 422 with the fields at fault
 */
export function changeItem(layer: LayerName, item: Item, change: Change, reason: string): Promise<Changed> {
  return ask<Changed>(pathOf(layer, item.id), {
    method: 'PATCH',
    contentType: 'application/merge-patch+json',
    headers: { 'If-Match': etagOf(item), ...why(reason) },
    body: change,
  });
}

/** Removes a feature; it stays in the history and can be restored. @throws ApiError 412 when it was changed since it was read */
export function removeItem(layer: LayerName, item: Item, reason: string): Promise<Changed> {
  return ask<Changed>(pathOf(layer, item.id), { method: 'DELETE', headers: { 'If-Match': etagOf(item), ...why(reason) } });
}

export interface FieldChange {
  readonly field: string;
  readonly from: JsonValue;
  readonly to: JsonValue;
}

/** One earlier state of a feature, whole. */
export interface RecordRevision extends Revision {
  readonly operation: 'created' | 'changed' | 'removed';
  readonly changes: readonly FieldChange[];
  readonly geometry: Geometry | null;
}

/** Oldest first. */
export const fetchRevisions = async (layer: LayerName, id: string, signal?: AbortSignal): Promise<readonly RecordRevision[]> =>
  (await ask<{ revisions: RecordRevision[] }>(`${pathOf(layer, id)}/history`, { signal })).revisions;
