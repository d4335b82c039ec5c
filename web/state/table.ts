// The list behind a number: which list, what the clicked number added to the filters, and the pages read so far.
import { computed, effect, signal } from '@preact/signals';
import { fetchHouseholds, fetchSchools, type HouseholdRow, type Page, type SchoolRow } from '../api/exposure.ts';
import { ApiError } from '../api/http.ts';
import type { TableKind } from './permalink.ts';
import { listQuery } from './query.ts';
import { isEmpty, isStaff, revision } from './service.ts';
import { changeView, view } from './view.ts';

export interface ListFilter {
  readonly certainty?: 'certain' | 'possible';
  readonly zone?: string;
  /** What the chip says beside the zone's id. */
  readonly zoneLabel?: string;
}

export interface List<Row> {
  readonly rows: readonly Row[];
  readonly total: number | null;
  readonly next: string | null;
  readonly loading: boolean;
  readonly error: ApiError | null;
}

const EMPTY = { rows: [], total: null, next: null, loading: false, error: null } as const;

export const listFilter = signal<ListFilter>({});
export const households = signal<List<HouseholdRow>>(EMPTY);
export const schools = signal<List<SchoolRow>>(EMPTY);

const query = computed(() => {
  const { certainty, zone } = listFilter.value;
  return listQuery(view.value, { ...(certainty && { certainty }), ...(zone && { zone }) });
});

/** Opens the list behind a number. */
export function openList(table: TableKind, filter: ListFilter = {}): void {
  listFilter.value = filter;
  changeView({ table });
  document.getElementById('table')?.scrollIntoView({ block: 'nearest' });
}

type Fetch<Row> = (query: string, cursor: string | null, signal?: AbortSignal) => Promise<Page<Row>>;

async function read<Row>(
  into: { value: List<Row>; peek(): List<Row> },
  fetch: Fetch<Row>,
  cursor: string | null,
  abort: AbortSignal,
): Promise<void> {
  into.value = { ...into.peek(), loading: true, error: null };
  try {
    const page = await fetch(query.peek(), cursor, abort);
    const before = cursor === null ? [] : into.peek().rows;
    into.value = { rows: [...before, ...page.rows], total: page.total, next: page.next, loading: false, error: null };
  } catch (error) {
    if (abort.aborted) return;
    into.value = { ...into.peek(), loading: false, error: error instanceof ApiError ? error : new ApiError(-1, String(error)) };
  }
}

let running = new AbortController();

export function readMore(): void {
  if (view.peek().table === 'schools') void read(schools, fetchSchools, schools.peek().next, running.signal);
  else void read(households, fetchHouseholds, households.peek().next, running.signal);
}

const shownTable = computed(() => view.value.table);

/** Reads the first page of the list in sight anew whenever filters, list or revision change. Lists are audited: only what is looked at is asked for. */
export function followTable(): void {
  effect(() => {
    void query.value;
    void revision.value;
    const table = shownTable.value;
    running.abort();
    running = new AbortController();
    if (!isStaff.value || isEmpty.value) {
      households.value = EMPTY;
      schools.value = EMPTY;
      return;
    }
    if (table === 'households') void read(households, fetchHouseholds, null, running.signal);
    if (table === 'schools') void read(schools, fetchSchools, null, running.signal);
  });
}
