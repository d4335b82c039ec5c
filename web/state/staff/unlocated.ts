// The households without a position that were read so far. Reading them is audited: only an open list asks.
import { effect, signal } from '@preact/signals';
import { ApiError } from '../../api/http.ts';
import type { Item } from '../../api/features.ts';
import { fetchUnlocated, unlocatedPath, type UnlocatedPage } from '../../api/unlocated.ts';
import { isStaff, revision } from '../service.ts';
import { picking } from '../view.ts';
import { unlocatedOpen } from './unlocatedView.ts';

export interface Unlocated extends UnlocatedPage {
  readonly loading: boolean;
  readonly error: ApiError | null;
}

const EMPTY: Unlocated = { rows: [], total: null, next: null, loading: false, error: null };
const PAGE_SIZE = 50;

export const unlocated = signal<Unlocated>(EMPTY);
const township = picking('township');

let running = new AbortController();
let asked: string | null = null;

async function read(path: string, onto: readonly Item[] | null): Promise<void> {
  const mine = running;
  asked = path;
  unlocated.value = { ...unlocated.peek(), loading: true, error: null };
  try {
    const page = await fetchUnlocated(path, mine.signal);
    if (mine.signal.aborted) return;
    unlocated.value = { ...page, rows: onto ? [...onto, ...page.rows] : page.rows, loading: false, error: null };
  } catch (error) {
    if (mine.signal.aborted) return;
    const told = error instanceof ApiError ? error : new ApiError(-1, String(error));
    unlocated.value = { ...unlocated.peek(), loading: false, error: told };
  }
}

/** The next page under those that are here. */
export function readMoreUnlocated(): void {
  const { next, rows, loading } = unlocated.peek();
  if (next !== null && !loading) void read(next, rows);
}

export function retryUnlocated(): void {
  const { next, rows } = unlocated.peek();
  if (asked !== null) void read(asked, asked === next ? rows : null);
}

/** Takes a household out that has a position by now, or is gone. */
export function dropUnlocated(id: string): void {
  const { rows, total, ...rest } = unlocated.peek();
  const left = rows.filter((row) => row.id !== id);
  unlocated.value = { ...rest, rows: left, total: total === null ? null : total - (rows.length - left.length) };
}

export function renewUnlocated(item: Item): void {
  const { rows, ...rest } = unlocated.peek();
  unlocated.value = { ...rest, rows: rows.map((row) => (row.id === item.id ? item : row)) };
}

/** Reads the list anew, as long as it was, whenever it is opened, the township chosen or the data changes. */
export function followUnlocated(): void {
  effect(() => {
    void revision.value;
    const where = township.value;
    running.abort();
    running = new AbortController();
    if (unlocatedOpen.value && isStaff.value) void read(unlocatedPath(where, Math.max(PAGE_SIZE, unlocated.peek().rows.length)), null);
    else unlocated.value = EMPTY;
  });
}
