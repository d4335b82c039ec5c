// One thing asked of the service: its last good answer, whether a newer one is on its way, and what went wrong.
import { signal, type ReadonlySignal } from '@preact/signals';
import { ApiError } from '../api/http.ts';

export interface Loaded<T> {
  readonly data: T | null;
  readonly loading: boolean;
  readonly error: ApiError | null;
}

export interface Resource<T> {
  readonly state: ReadonlySignal<Loaded<T>>;
  /** Asks for `key`; the same key again does nothing unless `force`. An older question is dropped. */
  load(key: string, force?: boolean): void;
  clear(): void;
  retry(): void;
}

export function createResource<T>(fetcher: (key: string, signal: AbortSignal) => Promise<T>): Resource<T> {
  const state = signal<Loaded<T>>({ data: null, loading: false, error: null });
  let current: string | null = null;
  let running: AbortController | null = null;

  function load(key: string, force = false): void {
    if (key === current && !force) return;
    current = key;
    running?.abort();
    const mine = new AbortController();
    running = mine;
    // The old figures stay (greyed by the panel) until the new ones are here.
    state.value = { ...state.peek(), loading: true, error: null };
    fetcher(key, mine.signal).then(
      (data) => {
        if (!mine.signal.aborted) state.value = { data, loading: false, error: null };
      },
      (error: unknown) => {
        if (mine.signal.aborted) return;
        const told = error instanceof ApiError ? error : new ApiError(-1, String(error));
        state.value = { data: state.peek().data, loading: false, error: told };
      },
    );
  }

  return {
    state,
    load,
    clear() {
      running?.abort();
      current = null;
      state.value = { data: null, loading: false, error: null };
    },
    retry() {
      if (current !== null) load(current, true);
    },
  };
}
