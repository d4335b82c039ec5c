// Cells that were changed and are not stored yet, row by row, with the way back.
import { computed, signal } from '@preact/signals';
import type { Properties, PropertyValue } from '../../../server/domain/feature.ts';
import type { Item } from '../../api/features.ts';
import { sameValue } from './fieldValues.ts';

export interface RowEdit {
  /** The row as it was read when the first of its cells was changed: the change is refused when it is another by now. */
  readonly item: Item;
  readonly values: Properties;
}

export type Edits = ReadonlyMap<string, RowEdit>;

interface Step {
  readonly item: Item;
  readonly field: string;
  /** What the cell had before; undefined: what is stored. */
  readonly before: PropertyValue | undefined;
}

export const edits = signal<Edits>(new Map());
const steps = signal<readonly Step[]>([]);

export const changedCells = computed(() => [...edits.value.values()].reduce((sum, { values }) => sum + Object.keys(values).length, 0));
export const canUndo = computed(() => steps.value.length > 0);

/** The row as it would be: what is stored with what was changed. */
export const valueIn = (item: Item, field: string, all: Edits): PropertyValue => {
  const edit = all.get(item.id);
  return edit && field in edit.values ? (edit.values[field] ?? null) : (item.properties[field] ?? null);
};

function put(item: Item, field: string, value: PropertyValue | undefined): void {
  const all = new Map(edits.peek());
  const { item: base, values } = all.get(item.id) ?? { item, values: {} };
  const { [field]: _, ...others } = values;
  const next = value === undefined || sameValue(base.properties[field], value) ? others : { ...others, [field]: value };
  if (Object.keys(next).length === 0) all.delete(item.id);
  else all.set(item.id, { item: base, values: next });
  edits.value = all;
}

/** Changes a cell; the same value as the stored one takes the change back. */
export function setCell(item: Item, field: string, value: PropertyValue): void {
  const now = edits.peek();
  if (sameValue(valueIn(item, field, now), value)) return;
  const edit = now.get(item.id);
  const before = edit && field in edit.values ? (edit.values[field] ?? null) : undefined;
  steps.value = [...steps.peek(), { item, field, before }];
  put(item, field, value);
}

/** Takes the latest change of a cell back; says which cell. */
export function undoCell(): { readonly id: string; readonly field: string } | null {
  const last = steps.peek().at(-1);
  if (!last) return null;
  steps.value = steps.peek().slice(0, -1);
  put(last.item, last.field, last.before);
  return { id: last.item.id, field: last.field };
}

/** Forgets what was changed in a row: it is stored, or given up. */
export function dropEdit(id: string): void {
  const all = new Map(edits.peek());
  all.delete(id);
  edits.value = all;
  steps.value = steps.peek().filter(({ item }) => item.id !== id);
}

/** Puts what is left of a row's changes on what somebody else stored meanwhile. */
export function rebaseEdit(item: Item, values: Properties): void {
  dropEdit(item.id);
  if (Object.keys(values).length > 0) edits.value = new Map(edits.peek()).set(item.id, { item, values });
}

export function dropAllEdits(): void {
  edits.value = new Map();
  steps.value = [];
}
