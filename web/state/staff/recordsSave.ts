// Stores the changed rows one by one, each with the revision it was read at, and says of every row what became of it.
import { signal } from '@preact/signals';
import type { LayerName } from '../../../server/domain/layer.ts';
import type { Fault } from '../../../server/domain/problem.ts';
import { fetchItem, type Item } from '../../api/features.ts';
import { ApiError } from '../../api/http.ts';
import { changeItem } from '../../api/records.ts';
import { noteRevision } from '../service.ts';
import { onTopOf, type Choices, type Side } from './recordsConflict.ts';
import { dropAllEdits, dropEdit, edits, rebaseEdit } from './recordsEdits.ts';
import { dropRow, renewRow } from './recordsList.ts';
import { recordsLayer } from './recordsView.ts';

export type Outcome =
  | { readonly kind: 'saved'; readonly item: Item }
  | { readonly kind: 'conflict'; readonly item: Item; readonly theirs: Item; readonly choices: Choices }
  | { readonly kind: 'refused'; readonly item: Item; readonly faults: readonly Fault[]; readonly error: ApiError }
  | { readonly kind: 'gone'; readonly item: Item };

/** By row, in the order in which they were tried. */
export const outcomes = signal<ReadonlyMap<string, Outcome>>(new Map());
export const reason = signal('');
export const saving = signal(false);

function tell(id: string, outcome: Outcome | null): void {
  const all = new Map(outcomes.peek());
  all.delete(id);
  if (outcome) all.set(id, outcome);
  outcomes.value = all;
}

const asApiError = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError(-1, String(error)));

/** What became of a row that was not taken. */
async function refused(layer: LayerName, item: Item, error: ApiError): Promise<Outcome> {
  if (error.status === 404) return { kind: 'gone', item };
  if (error.status !== 412) return { kind: 'refused', item, faults: error.faults, error };
  try {
    return { kind: 'conflict', item, theirs: await fetchItem(layer, item.id), choices: {} };
  } catch (again) {
    const told = asApiError(again);
    return told.status === 404 ? { kind: 'gone', item } : { kind: 'refused', item, faults: [], error: told };
  }
}

/** @returns the revision, or null where it was not stored */
async function saveOne(layer: LayerName, id: string): Promise<number | null> {
  const edit = edits.peek().get(id);
  if (!edit) return null;
  const { item, values } = edit;
  try {
    const { revision } = await changeItem(layer, item, { properties: values }, reason.peek());
    const now: Item = { ...item, etag: null, properties: { ...item.properties, ...values, revision } };
    dropEdit(id);
    renewRow(now);
    tell(id, { kind: 'saved', item: now });
    return revision;
  } catch (error) {
    const outcome = await refused(layer, item, asApiError(error));
    tell(id, outcome);
    if (outcome.kind === 'gone') dropRow(id);
    return null;
  }
}

/** Stores these rows; a conflict that nobody has decided yet stays as it is. */
async function saveRows(ids: readonly string[]): Promise<void> {
  if (saving.peek()) return;
  const layer = recordsLayer.peek();
  saving.value = true;
  let latest = 0;
  for (const id of ids) latest = Math.max(latest, (await saveOne(layer, id)) ?? 0);
  saving.value = false;
  if (edits.peek().size === 0) reason.value = '';
  if (latest > 0) noteRevision(latest);
}

export function saveAll(): Promise<void> {
  const waiting = new Map([...outcomes.peek()].filter(([, { kind }]) => kind === 'conflict'));
  outcomes.value = waiting;
  return saveRows([...edits.peek().keys()].filter((id) => !waiting.has(id)));
}

export function chooseSide(id: string, field: string, side: Side): void {
  const now = outcomes.peek().get(id);
  if (now?.kind === 'conflict') outcomes.value = new Map(outcomes.peek()).set(id, { ...now, choices: { ...now.choices, [field]: side } });
}

/** Stores a row as it was decided, on top of theirs; where all of it is theirs there is nothing left to store. */
export async function settleConflict(id: string): Promise<void> {
  const now = outcomes.peek().get(id);
  const edit = edits.peek().get(id);
  if (now?.kind !== 'conflict' || !edit) return;
  rebaseEdit(now.theirs, onTopOf(now.theirs, { values: edit.values }, now.choices).values);
  renewRow(now.theirs);
  tell(id, null);
  await saveRows([id]);
}

/** Gives up the changes of a row, or only what is said of it. */
export function dismiss(id: string): void {
  dropEdit(id);
  tell(id, null);
}

export function discardAll(): void {
  dropAllEdits();
  outcomes.value = new Map();
  reason.value = '';
}
