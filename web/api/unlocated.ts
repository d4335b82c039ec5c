// Households without a position, in the pages of OGC API - Features.
import { itemsPath, type Item } from './features.ts';
import { ask } from './http.ts';

export interface UnlocatedPage {
  readonly rows: readonly Item[];
  /** How many there are in all; null where the service does not say. */
  readonly total: number | null;
  /** Where the next page is, null on the last. */
  readonly next: string | null;
}

interface Answer {
  features: Item[];
  numberMatched?: number;
  links?: readonly { rel: string; href: string }[];
}

/** Where the first page is: of one township, or of all. */
export function unlocatedPath(township: string | null, limit: number): string {
  const query = new URLSearchParams({ filter: 'geometry IS NULL', ...(township && { township }), limit: String(limit) });
  return `${itemsPath('households')}?${query}`;
}

/** Reads one page. @throws ApiError */
export async function fetchUnlocated(path: string, signal?: AbortSignal): Promise<UnlocatedPage> {
  const { features, numberMatched, links } = await ask<Answer>(path, { signal });
  const next = links?.find(({ rel }) => rel === 'next');
  // A link may name the service as its proxy calls it: its path is followed, on the host that the page came from.
  const { pathname, search } = next ? new URL(next.href, location.origin) : { pathname: '', search: '' };
  return { rows: features, total: numberMatched ?? null, next: next ? pathname + search : null };
}
