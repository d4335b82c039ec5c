// The form of one feature, stored or new: what was typed, where it is to be, what the service said to it.
import { computed, signal } from '@preact/signals';
import type { Geometry } from 'geojson';
import type { Properties } from '../../../server/domain/feature.ts';
import type { LayerName } from '../../../server/domain/layer.ts';
import type { Fault } from '../../../server/domain/problem.ts';
import { createItem } from '../../api/edit.ts';
import { fetchItem, type Item } from '../../api/features.ts';
import { ApiError } from '../../api/http.ts';
import { changeItem } from '../../api/records.ts';
import { noteRevision } from '../service.ts';
import { onTopOf, type Choices, type Mine, type Side } from './recordsConflict.ts';
import { fieldNamed } from './recordsFields.ts';
import { readValue, sameValue, textOfValue } from './fieldValues.ts';

export interface Form {
  readonly layer: LayerName;
  /** As it was read; null for a new one. */
  readonly item: Item | null;
  /** What was typed, by field; fields that nobody touched are left out. */
  readonly texts: Readonly<Record<string, string>>;
  /** The new position; undefined: as it is. */
  readonly geometry: Geometry | undefined;
  readonly reason: string;
  /** By field; `geometry` and `reason` are fields too. */
  readonly faults: ReadonlyMap<string, Fault>;
  /** What is wrong with none of the fields. */
  readonly error: ApiError | null;
  /** The feature as somebody else stored it meanwhile. */
  readonly theirs: Item | null;
  readonly choices: Choices;
  readonly busy: boolean;
}

export const form = signal<Form | null>(null);
/** The feature of the form cannot be read, or is gone. */
export const formError = signal<ApiError | null>(null);

const fresh = (layer: LayerName, item: Item | null): Form => ({
  layer,
  item,
  texts: {},
  geometry: undefined,
  reason: '',
  faults: new Map(),
  error: null,
  theirs: null,
  choices: {},
  busy: false,
});

function change(part: Partial<Form>): void {
  const now = form.peek();
  if (now) form.value = { ...now, ...part };
}

/** What is typed into a field now. */
export function textIn({ layer, item, texts }: Form, name: string): string {
  const field = fieldNamed(layer, name);
  return texts[name] ?? (field ? textOfValue(field, item?.properties[name]) : '');
}

const MISSING = (name: string): Fault => ({ pointer: `/${name}`, code: 'required', detail: '' });

/** The values that differ from the stored ones, and the fields that hold no value. */
export function readForm({ layer, item, texts, geometry }: Form): Mine & { readonly faults: ReadonlyMap<string, Fault> } {
  const values: Record<string, Properties[string]> = {};
  const faults = new Map<string, Fault>();
  for (const [name, text] of Object.entries(texts)) {
    const field = fieldNamed(layer, name);
    if (!field) continue;
    const read = readValue(field, text);
    if ('fault' in read) faults.set(name, { pointer: `/properties/${name}`, code: read.fault, detail: '' });
    else if (!sameValue(item?.properties[name], read.value)) values[name] = read.value;
  }
  return { values, faults, ...(geometry !== undefined && { geometry }) };
}

/** How many things would be changed. */
export const formChanges = computed(() => {
  const now = form.value;
  if (!now) return 0;
  const { values, faults, geometry } = readForm(now);
  return Object.keys(values).length + faults.size + (geometry === undefined ? 0 : 1);
});

let asked = new AbortController();

/** Opens the form of a stored feature, as it is now. */
export async function openForm(layer: LayerName, id: string): Promise<void> {
  asked.abort();
  asked = new AbortController();
  const mine = asked;
  form.value = null;
  formError.value = null;
  try {
    const item = await fetchItem(layer, id, mine.signal);
    if (!mine.signal.aborted) form.value = fresh(layer, item);
  } catch (error) {
    if (!mine.signal.aborted) formError.value = asApiError(error);
  }
}

export function openNewForm(layer: LayerName): void {
  asked.abort();
  formError.value = null;
  form.value = fresh(layer, null);
}

export function closeForm(): void {
  asked.abort();
  form.value = null;
  formError.value = null;
}

/** Reads the feature anew where it was changed elsewhere and nothing is being changed here. */
export async function renewForm(): Promise<void> {
  const now = form.peek();
  if (!now?.item || now.busy || formChanges.peek() > 0) return;
  const item = await fetchItem(now.layer, now.item.id).catch(() => null);
  const then = form.peek();
  if (item && then?.item?.id === item.id && formChanges.peek() === 0 && then.item.etag !== item.etag) form.value = { ...then, item };
}

export function typeInto(name: string, text: string): void {
  const now = form.peek();
  if (!now) return;
  const faults = new Map(now.faults);
  faults.delete(name);
  form.value = { ...now, texts: { ...now.texts, [name]: text }, faults };
}

/** A field is left: what stands in it is looked at. */
export function checkField(name: string): void {
  const now = form.peek();
  const fault = now && readForm(now).faults.get(name);
  if (now && fault) change({ faults: new Map(now.faults).set(name, fault) });
}

export function giveReason(reason: string): void {
  change({ reason });
}

/** @param accuracy of the position in metres, where the layer keeps it and it is known */
export function moveTo(geometry: Geometry, accuracy: number | null = null): void {
  const now = form.peek();
  if (!now || now.busy) return;
  const keeps = fieldNamed(now.layer, 'position_accuracy_m') !== null;
  const texts = keeps && accuracy !== null ? { ...now.texts, position_accuracy_m: String(accuracy) } : now.texts;
  const faults = new Map(now.faults);
  faults.delete('geometry');
  form.value = { ...now, geometry, texts, faults };
}

/** The position stays as it was. */
export function moveBack(): void {
  const now = form.peek();
  if (!now) return;
  const { position_accuracy_m: _, ...texts } = now.texts;
  form.value = { ...now, geometry: undefined, texts };
}

const asApiError = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError(-1, String(error)));

const nameOf = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1);

/** What became of a form that was not taken. */
async function refused(now: Form, error: ApiError): Promise<void> {
  if (error.status === 412 && now.item) {
    const theirs = await fetchItem(now.layer, now.item.id).catch(asApiError);
    if (theirs instanceof ApiError) change({ busy: false, error: theirs });
    else change({ busy: false, theirs, choices: {} });
    return;
  }
  const named = error.faults.map((fault) => [nameOf(fault.pointer), fault] as const);
  const faults = new Map(named.filter(([name]) => name === 'geometry' || fieldNamed(now.layer, name) !== null));
  // what belongs to no field of the form is told for the whole of it
  change({ busy: false, faults, error: faults.size < named.length || named.length === 0 ? error : null });
}

/** Stores the form. @returns the id of the feature where it was stored */
export async function saveForm(): Promise<string | null> {
  const now = form.peek();
  if (!now || now.busy) return null;
  const { values, faults, geometry } = readForm(now);
  const lacks = now.item === null && geometry === undefined && now.layer !== 'households';
  const wrong = new Map([...(lacks ? [['geometry', MISSING('geometry')] as const] : []), ...faults]);
  if (wrong.size > 0) {
    change({ faults: wrong, error: null });
    return null;
  }
  change({ busy: true, faults: new Map(), error: null });
  const { layer, item, reason } = now;
  try {
    const { id, revision } = item
      ? await changeItem(layer, item, { properties: values, ...(geometry !== undefined && { geometry }) }, reason)
      : await createItem(layer, geometry ?? null, values, reason);
    if (form.peek()?.item === item) form.value = fresh(layer, await fetchItem(layer, id));
    noteRevision(revision);
    return id;
  } catch (error) {
    await refused(now, asApiError(error));
    return null;
  }
}

export function chooseFormSide(field: string, side: Side): void {
  const now = form.peek();
  if (now) change({ choices: { ...now.choices, [field]: side } });
}

/** Takes theirs for what is stored, and keeps of mine what was decided to be kept. */
export function settleForm(): void {
  const now = form.peek();
  if (!now?.theirs) return;
  const { values, geometry } = onTopOf(now.theirs, readForm(now), now.choices);
  const texts = Object.fromEntries(Object.entries(now.texts).filter(([name]) => name in values));
  form.value = { ...now, item: now.theirs, theirs: null, choices: {}, texts, geometry: geometry ?? undefined };
}
