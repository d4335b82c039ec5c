// The rows of the layer in hand that were read so far. Reading households is audited: only an open table asks.
import { effect, signal, untracked } from '@preact/signals';
import type { LayerName } from '../../../server/domain/layer.ts';
import type { Item } from '../../api/features.ts';
import { ApiError } from '../../api/http.ts';
import { fetchRecords, recordsPath, type RecordsPage } from '../../api/records.ts';
import { revision, user } from '../service.ts';
import { mainColumns, textFilter } from './recordsFields.ts';
import { recordsLayer, recordsOpen, recordsPage } from './recordsView.ts';

export interface RecordsList extends RecordsPage {
  /** Whose rows these are. */
  readonly of: LayerName | null;
  readonly loading: boolean;
  readonly error: ApiError | null;
}

const EMPTY: RecordsList = { of: null, rows: [], total: null, next: null, loading: false, error: null };
export const PAGE_SIZE = 100;
const MOST_AT_ONCE = 10_000;

export const list = signal<RecordsList>(EMPTY);
/** What the rows are filtered by. */
export const looked = signal('');
const chosen = signal<Readonly<Partial<Record<LayerName, readonly string[]>>>>({});

/** The columns of the layer in hand, in the layer's order. */
export const columnsOf = (layer: LayerName): readonly string[] => chosen.value[layer] ?? mainColumns(layer);

export function chooseColumns(layer: LayerName, columns: readonly string[] | null): void {
  const { [layer]: _, ...others } = chosen.peek();
  chosen.value = columns === null ? others : { ...others, [layer]: columns };
}

let running = new AbortController();
let asked: { path: string; onto: boolean } | null = null;

async function read(layer: LayerName, path: string, onto: readonly Item[] | null): Promise<void> {
  const mine = running;
  asked = { path, onto: onto !== null };
  list.value = { ...list.peek(), loading: true, error: null };
  try {
    const page = await fetchRecords(path, mine.signal);
    if (mine.signal.aborted) return;
    list.value = { ...page, of: layer, rows: onto ? [...onto, ...page.rows] : page.rows, loading: false, error: null };
  } catch (error) {
    if (mine.signal.aborted) return;
    list.value = { ...list.peek(), loading: false, error: error instanceof ApiError ? error : new ApiError(-1, String(error)) };
  }
}

/** The next page under those that are here. */
export function readMoreRecords(): void {
  const { next, rows, loading, of } = list.peek();
  if (next !== null && of !== null && !loading) void read(of, next, rows);
}

export function retryRecords(): void {
  if (asked) void read(recordsLayer.peek(), asked.path, asked.onto ? list.peek().rows : null);
}

/** Puts a row as it is by now into its place. */
export function renewRow(item: Item): void {
  const now = list.peek();
  list.value = { ...now, rows: now.rows.map((row) => (row.id === item.id ? item : row)) };
}

/** Takes out a row that is gone. */
export function dropRow(id: string): void {
  const now = list.peek();
  const rows = now.rows.filter((row) => row.id !== id);
  list.value = { ...now, rows, total: now.total === null ? null : now.total - (now.rows.length - rows.length) };
}

let shown: LayerName | null = null;

/** Reads the rows anew, as many as there were, whenever the table is opened, its layer or filter chosen or the data changes. */
export function followList(): void {
  effect(() => {
    void revision.value;
    const layer = recordsLayer.value;
    const filter = textFilter(layer, looked.value);
    running.abort();
    running = new AbortController();
    untracked(() => {
      if (layer !== shown) {
        list.value = EMPTY;
        looked.value = '';
      }
      shown = layer;
    });
    if (!recordsOpen.value || !user.value) list.value = EMPTY;
    else if (recordsPage.value.at === 'table') {
      const long = Math.min(MOST_AT_ONCE, Math.max(PAGE_SIZE, list.peek().rows.length));
      untracked(() => void read(layer, recordsPath(layer, filter, long), null));
    }
  });
}
