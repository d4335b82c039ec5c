// OGC API - Features, as far as the page reads it.
import type { Feature as GeoFeature, Geometry } from 'geojson';
import type { LayerName } from '../../server/domain/layer.ts';
import type { Properties } from '../../server/domain/feature.ts';
import { ask, askTagged } from './http.ts';

export interface Item extends Omit<GeoFeature<Geometry | null>, 'properties'> {
  id: string;
  properties: Properties;
  /** Of a feature that was read by itself: what a change of it has to name. */
  etag?: string | null;
}

interface ItemCollection {
  features: Item[];
  numberMatched?: number;
}

export const itemsPath = (layer: LayerName): string => `/ogc/collections/${layer}/items`;

/** One feature with every field this role may see. */
export async function fetchItem(layer: LayerName, id: string, signal?: AbortSignal): Promise<Item> {
  const { data, etag } = await askTagged<Item>(`${itemsPath(layer)}/${encodeURIComponent(id)}`, { signal });
  return { ...data, etag };
}

/** Features whose fields have these values. */
export async function fetchItems(layer: LayerName, where: Record<string, string>, limit: number): Promise<Item[]> {
  const query = new URLSearchParams({ ...where, limit: String(limit) });
  return (await ask<ItemCollection>(`${itemsPath(layer)}?${query}`)).features;
}

/** How many features have these values, or null where the service does not say. */
export async function countItems(layer: LayerName, where: Record<string, string>): Promise<number | null> {
  const query = new URLSearchParams({ ...where, limit: '1' });
  return (await ask<ItemCollection>(`${itemsPath(layer)}?${query}`)).numberMatched ?? null;
}
