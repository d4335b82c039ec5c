// Figures and the lists behind them.
import type { Certainty, ExposureReport } from '../../server/domain/figure.ts';
import type { PublishedFigures } from '../../server/domain/service.ts';
import { ask } from './http.ts';

export interface HouseholdRow {
  id: string;
  address: string | null;
  township: string | null;
  people: number | null;
  vulnerable: number | null;
  certainty: Certainty;
  zones: string[];
}

export interface SchoolRow {
  id: string;
  name: string | null;
  /** Its code. */
  township: string | null;
  students: number | null;
  certainty: Certainty;
  zones: string[];
}

export interface Page<Row> {
  total: number;
  rows: Row[];
  next: string | null;
}

export interface Why {
  exposed: boolean;
  certainty: Certainty | null;
  reasons: WhyReason[];
}

/** Distance in metres to the edge, positive inside; margin is how much of it the position's accuracy leaves. */
export interface WhyReason {
  zone: string;
  name?: string | null;
  rule: string | null;
  distance: number | null;
  margin: number | null;
  certainty: Certainty;
}

export const PAGE_SIZE = 100;

export const fetchReport = (query: string, signal?: AbortSignal): Promise<ExposureReport> =>
  ask<ExposureReport>(`/api/exposure${query && `?${query}`}`, { signal });

export const fetchPublished = (signal?: AbortSignal): Promise<PublishedFigures> => ask<PublishedFigures>('/api/exposure', { signal });

async function fetchList<Row>(
  kind: 'households' | 'schools',
  query: string,
  cursor: string | null,
  signal?: AbortSignal,
): Promise<Page<Row>> {
  const asked = new URLSearchParams(query);
  asked.set('limit', String(PAGE_SIZE));
  if (cursor) asked.set('cursor', cursor);
  const answer = await ask<{ total: number; next: string | null; households?: Row[]; schools?: Row[] }>(`/api/exposure/${kind}?${asked}`, {
    signal,
  });
  return { total: answer.total, rows: answer[kind] ?? [], next: answer.next };
}

export const fetchHouseholds = (query: string, cursor: string | null, signal?: AbortSignal): Promise<Page<HouseholdRow>> =>
  fetchList('households', query, cursor, signal);

export const fetchSchools = (query: string, cursor: string | null, signal?: AbortSignal): Promise<Page<SchoolRow>> =>
  fetchList('schools', query, cursor, signal);

export const fetchWhy = (kind: 'households' | 'schools', id: string, signal?: AbortSignal): Promise<Why> =>
  ask<Why>(`/api/exposure/${kind}/${encodeURIComponent(id)}`, { signal });
