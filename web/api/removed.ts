// What was removed from a layer, and putting it back.
import type { Geometry } from 'geojson';
import type { Properties } from '../../server/domain/feature.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import type { Changed } from './edit.ts';
import { ask } from './http.ts';

export interface Removed {
  readonly id: string;
  readonly name: string | null;
  /** That of the removal. */
  readonly revision: number;
  readonly at: string;
  readonly by: string;
  readonly reason: string | null;
  readonly geometry: Geometry | null;
  readonly properties: Properties;
}

export const fetchRemoved = async (layer: LayerName, limit: number, signal?: AbortSignal): Promise<readonly Removed[]> =>
  (await ask<{ removed: Removed[] }>(`/api/removed/${layer}?limit=${limit}`, { signal })).removed;

/** Puts a removed feature back as it was. @throws ApiError 409 or 412 when it is there again or was removed once more */
export function restoreRemoved(layer: LayerName, { id, revision }: Removed, reason: string): Promise<Changed> {
  return ask<Changed>(`/api/removed/${layer}/${encodeURIComponent(id)}/restore`, {
    method: 'POST',
    headers: { 'If-Match': `"${revision}.s"`, ...(reason.trim() === '' ? {} : { 'X-Reason': encodeURIComponent(reason.trim()) }) },
  });
}
