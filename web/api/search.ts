// The service's search: codes, names, addresses, persons, phones. Of staff only, for it finds people.
import type { LayerName } from '../../server/domain/layer.ts';
import { ask } from './http.ts';

/** What of a feature the text was found in. */
export type Match = 'code' | 'name' | 'address' | 'person' | 'phone';

export interface Hit {
  readonly layer: LayerName;
  readonly id: string;
  readonly name: string | null;
  readonly detail: string | null;
  /** null: it has no position. */
  readonly at: readonly [lon: number, lat: number] | null;
  readonly match: Match;
}

export const searchService = async (text: string, limit: number, signal: AbortSignal): Promise<readonly Hit[]> =>
  (await ask<{ results: Hit[] }>(`/api/search?${new URLSearchParams({ q: text, limit: String(limit) })}`, { signal })).results;
