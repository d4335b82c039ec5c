// Saving the draft: with a reason, and with the ETag it was read with. Who comes second sees both versions and chooses;
// nothing is overwritten unseen, and nothing of the draft is lost while it cannot be saved.
import { batch, computed, signal } from '@preact/signals';
import type { Geometry, Properties, PropertyValue } from '../../server/domain/feature.ts';
import { createItem, patchItem, type Changed } from '../api/edit.ts';
import { fetchItem, type Item } from '../api/features.ts';
import { ApiError } from '../api/http.ts';
import { faultsOf } from '../draft/check.ts';
import { record, startHistory, stateNow, type DraftState, type Note } from '../draft/history.ts';
import { geometryOf, type Shape } from '../draft/shape.ts';
import { noteRevision, user } from '../state/service.ts';
import { compared } from './comparing.ts';
import { dirty, draft, reason, renewWaiting, shape, stateOf, type Draft } from './draft.ts';
import { forgetDraft } from './draftStore.ts';

/** Somebody else saved another version meanwhile; null where they removed it. */
export interface Conflict {
  readonly theirs: Item | null;
  /** Saving was refused for it; otherwise it was only noticed. */
  readonly refused: boolean;
}

export const conflict = signal<Conflict | null>(null);
export const saving = signal(false);
export const saveError = signal<ApiError | null>(null);
/** The last thing that was saved, to be said until something else is done. */
export const savedAs = signal<{ readonly id: string; readonly revision: number } | null>(null);

/** Why it cannot be saved now, in the words of `drawWords().cannotSave`. */
export const whyNot = computed<
  'nothing' | 'empty' | 'crosses_itself' | 'hole_outside' | 'no_area' | 'overlaps' | 'reason' | 'conflict' | 'saving' | null
>(() => {
  if (!draft.value || !dirty.value) return 'nothing';
  if (saving.value) return 'saving';
  if (conflict.value) return 'conflict';
  const [fault] = shape.value ? faultsOf(shape.value) : [];
  if (fault) return fault.code;
  return reason.value.trim() === '' ? 'reason' : null;
});

const asApiError = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError(-1, String(error)));

/** Attributes that differ: null for those that were taken away. */
export function changedProperties(before: Properties, after: Properties): Properties {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const out: Record<string, PropertyValue> = {};
  for (const name of names) {
    const value = after[name] ?? null;
    if (JSON.stringify(before[name] ?? null) !== JSON.stringify(value)) out[name] = value;
  }
  return out;
}

export async function saveDraft(): Promise<void> {
  const now = draft.peek();
  if (!now || whyNot.peek() !== null) return;
  saving.value = true;
  saveError.value = null;
  try {
    await settle(now, reason.peek(), await send(now));
  } catch (error) {
    const told = asApiError(error);
    if (told.status === 409 && now.id === null) await adopt(now);
    else if (now.id !== null && (told.status === 412 || told.status === 404)) await showTheirs(true);
    else saveError.value = told;
  } finally {
    saving.value = false;
  }
}

/** The id that a new feature is stored under: known before it is sent, so that a lost answer does not make two of it. */
const newId = (key: string): string => key.slice(key.indexOf(':new-') + ':new-'.length);

function send(now: Draft): Promise<Changed> {
  const current = stateNow(now.history);
  const geometry = geometryOf(current.shape) as unknown as NonNullable<Item['geometry']>;
  if (now.id === null || !now.base) return createItem(now.layer, geometry, current.properties, reason.peek(), newId(now.key));
  const before = stateOf(now.layer, now.base);
  const moved = JSON.stringify(geometryOf(before.shape)) !== JSON.stringify(geometry);
  const { reason: _said, ...properties } = changedProperties(before.properties, current.properties) as Record<string, PropertyValue>;
  return patchItem(now.layer, now.base, properties, reason.peek(), moved ? geometry : undefined);
}

/** The service has the new feature already: an earlier answer was lost. What was changed since is saved on top of it. */
async function adopt(now: Draft): Promise<void> {
  try {
    const base = await fetchItem(now.layer, newId(now.key));
    if (draft.peek()?.key !== now.key) return;
    const own = { ...now, id: String(base.id), base };
    await settle(own, reason.peek(), await send(own));
  } catch (error) {
    saveError.value = asApiError(error);
  }
}

/** What changed between two states, done to a third: a field that was not touched stays as it is there. */
function replay(from: DraftState, to: DraftState, onto: DraftState): DraftState {
  const touched = changedProperties(from.properties, to.properties);
  const kept = Object.entries({ ...onto.properties, ...touched }).filter(([, value]) => value !== null);
  return { shape: sameShape(from.shape, to.shape) ? onto.shape : to.shape, properties: Object.fromEntries(kept) };
}

/**
 * What was saved is the ground of what comes next. What was done while it was being saved stays, as steps on that ground.
 * @param sent the draft as it was sent
 */
async function settle(sent: Draft, why: string, { id, revision }: Changed): Promise<void> {
  const who = user.peek()?.username;
  const saved = stateNow(sent.history);
  const built: Item = {
    type: 'Feature',
    id,
    geometry: geometryOf(saved.shape) as unknown as Item['geometry'],
    properties: { ...saved.properties, reason: why, revision },
    etag: null,
  };
  // an answer that is lost must not take the draft with it
  const base = await fetchItem(sent.layer, id).catch(() => built);
  const live = draft.peek();
  if (live && (live.key === sent.key || live.key === `${sent.layer}:${id}`)) {
    const ground = stateOf(sent.layer, base);
    const { steps, now: seen } = live.history;
    const later = steps[sent.history.now] === sent.history.steps[sent.history.now] ? steps.slice(sent.history.now + 1, seen + 1) : [];
    const at = Date.now();
    const history = later.reduce((all, step) => record(all, replay(saved, step.state, ground), step.note, at), startHistory(ground, at));
    // at once: the draft that is saved must not be kept again with another reason
    batch(() => {
      if (reason.peek() === why) reason.value = '';
      draft.value = { key: `${sent.layer}:${id}`, layer: sent.layer, id, base, history };
    });
    if (who && (later.length === 0 || live.key !== draft.peek()?.key)) await forgetDraft(who, live.key).catch(() => undefined);
  } else if (who) await forgetDraft(who, sent.key).catch(() => undefined);
  savedAs.value = { id, revision };
  noteRevision(revision);
  await renewWaiting();
}

/** Reads what is saved now and lays it beside the draft. */
export async function showTheirs(refused: boolean): Promise<void> {
  const now = draft.peek();
  if (!now || now.id === null) return;
  try {
    const theirs = await fetchItem(now.layer, now.id);
    if (draft.peek()?.key !== now.key) return;
    if (theirs.properties['revision'] === now.base?.properties['revision']) return;
    // nothing of one's own is at stake: the newer version is simply there
    if (!dirty.peek()) {
      draft.value = { ...now, base: theirs, history: startHistory(stateOf(now.layer, theirs), Date.now()) };
      return;
    }
    conflict.value = { theirs, refused };
    compared.value = { shape: stateOf(now.layer, theirs).shape, look: 'theirs' };
  } catch (error) {
    const told = asApiError(error);
    if (told.status === 404) conflict.value = { theirs: null, refused };
    else saveError.value = told;
  }
}

function end(): void {
  conflict.value = null;
  compared.value = null;
}

const sameShape = (a: Shape, b: Shape): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Of each part of a conflict, whose it is. */
export interface Parts {
  /** The outline is theirs. */
  readonly shape: boolean;
  /** Attributes that are theirs; the others that differ are mine. */
  readonly fields: ReadonlySet<string>;
}

/** Attributes in which the two versions differ; the reason is of the change and not of the zone. */
export const differing = computed<readonly string[]>(() => {
  const now = draft.value;
  const theirs = conflict.value?.theirs;
  if (!now || !theirs) return [];
  return Object.keys(changedProperties(stateNow(now.history).properties, stateOf(now.layer, theirs).properties)).filter(
    (name) => name !== 'reason',
  );
});

/** What is proposed: mine of all that I changed, theirs of the rest. */
export function proposedParts(): Parts {
  const now = draft.peek();
  if (!now?.base) return { shape: false, fields: new Set() };
  const before = stateOf(now.layer, now.base);
  const mine = stateNow(now.history);
  const touched = new Set(Object.keys(changedProperties(before.properties, mine.properties)));
  return { shape: sameShape(before.shape, mine.shape), fields: new Set(differing.peek().filter((name) => !touched.has(name))) };
}

/** Their version becomes the ground; the states follow as steps, so that undo goes back over them. */
function rebase(theirs: Item, steps: readonly { readonly state: DraftState; readonly note: Note }[]): void {
  const now = draft.peek();
  if (!now) return;
  const at = Date.now();
  const history = steps.reduce((all, { state: next, note }) => record(all, next, note, at), startHistory(stateOf(now.layer, theirs), at));
  draft.value = { ...now, base: theirs, history };
  end();
}

/** They removed the feature: mine will be saved as a new one. */
export function keepRemoved(): void {
  const now = draft.peek();
  if (!now) return;
  const who = user.peek()?.username;
  draft.value = { ...now, id: null, base: null, key: `${now.layer}:new-${crypto.randomUUID()}` };
  if (who) void forgetDraft(who, now.key).then(renewWaiting, () => undefined);
  end();
}

/** Of mine and theirs what was chosen of each; the next saving names their version, so it is replaced knowingly. */
export function mergeVersions({ shape: theirShapes, fields }: Parts): void {
  const now = draft.peek();
  const found = conflict.peek()?.theirs;
  if (!now || !found) return;
  const mine = stateNow(now.history);
  const theirs = stateOf(now.layer, found);
  const properties: Record<string, PropertyValue> = { ...theirs.properties };
  for (const name of differing.peek()) {
    if (fields.has(name)) continue;
    const own = mine.properties[name];
    if (own === undefined) delete properties[name];
    else properties[name] = own;
  }
  rebase(found, [{ state: { shape: theirShapes ? theirs.shape : mine.shape, properties }, note: { verb: 'keep_mine' } }]);
}

/** Their version as it is; undo brings mine back. */
export function takeAllOfTheirs(): void {
  const now = draft.peek();
  const theirs = conflict.peek()?.theirs;
  if (!now || !theirs) return;
  const mine = stateNow(now.history);
  rebase(theirs, [
    { state: mine, note: { verb: 'keep_mine' } },
    { state: stateOf(now.layer, theirs), note: { verb: 'take_theirs' } },
  ]);
}

export const theirShape = computed<Shape | null>(() => {
  const now = draft.value;
  const theirs = conflict.value?.theirs;
  return now && theirs ? stateOf(now.layer, theirs).shape : null;
});

/** The stored geometry of a draft's base. */
export const savedGeometry = computed(() => (draft.value?.base?.geometry ?? null) as Geometry | null);
