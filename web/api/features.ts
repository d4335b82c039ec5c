// OGC API - Features, as far as the page reads it.
import type { Feature as GeoFeature, Geometry } from 'geojson';
import type { LayerName } from '../../server/domain/layer.ts';
import type { Properties } from '../../server/domain/feature.ts';
import { ask } from './http.ts';

export interface Item extends Omit<GeoFeature<Geometry | null>, 'properties'> {
  id: string;
  properties: Properties;
}

interface ItemCollection {
  features: Item[];
  numberMatched?: number;
}

const itemsPath = (layer: LayerName): string => `/ogc/collections/${layer}/items`;

/** One feature with every field this role may see. */
export function fetchItem(layer: LayerName, id: string, signal?: AbortSignal): Promise<Item> {
  return ask<Item>(`${itemsPath(layer)}/${encodeURIComponent(id)}`, { signal });
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
