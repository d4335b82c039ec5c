// Changes of single features by OGC API - Features Part 4, in the name of who is signed in.
import type { Properties } from '../../server/domain/feature.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import { itemsPath, type Item } from './features.ts';
import { ask } from './http.ts';

export interface Changed {
  readonly id: string;
  readonly revision: number;
}

const why = (reason: string): Record<string, string> => (reason.trim() === '' ? {} : { 'X-Reason': encodeURIComponent(reason.trim()) });

/**
 * Changes these properties, and the geometry where one is given; null takes a property away.
 * @throws ApiError 412 when the feature was changed since it was read, 422 with the fields at fault
 */
export function patchItem(
  layer: LayerName,
  item: Item,
  properties: Properties,
  reason: string,
  geometry?: NonNullable<Item['geometry']>,
): Promise<Changed> {
  return ask<Changed>(`${itemsPath(layer)}/${encodeURIComponent(item.id)}`, {
    method: 'PATCH',
    contentType: 'application/merge-patch+json',
    headers: { 'If-Match': item.etag ?? `"${String(item.properties['revision'])}.s"`, ...why(reason) },
    body: geometry ? { geometry, properties } : { properties },
  });
}

/** @param id of the new feature, where a repeated request must not make a second one */
export function createItem(
  layer: LayerName,
  geometry: Item['geometry'],
  properties: Properties,
  reason: string,
  id?: string,
): Promise<Changed> {
  return ask<Changed>(itemsPath(layer), {
    method: 'POST',
    contentType: 'application/geo+json',
    headers: why(reason),
    body: { type: 'Feature', ...(id === undefined ? {} : { id }), geometry, properties },
  });
}

/** One earlier state of a feature, oldest first. */
export interface Revision {
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  readonly reason: string | null;
  readonly properties: Properties;
  readonly geometry: Item['geometry'];
}

export const fetchHistory = async (layer: LayerName, id: string, signal?: AbortSignal): Promise<readonly Revision[]> =>
  (await ask<{ revisions: Revision[] }>(`${itemsPath(layer)}/${encodeURIComponent(id)}/history`, { signal })).revisions;

/** The area that the rules propose for a hazard point; without a geometry where they refuse. */
export const fetchProposal = (id: string, signal?: AbortSignal): Promise<Item> =>
  ask<Item>(`/api/proposals/hazard-points/${encodeURIComponent(id)}`, { signal });
