// The draft in the hand: which feature it is of, its history, why it is changed; opened, changed, undone, kept.
import { computed, effect, signal, untracked } from '@preact/signals';
import { BOOKKEEPING, type LayerName } from '../../server/domain/layer.ts';
import type { Properties, PropertyValue } from '../../server/domain/feature.ts';
import { fetchItem, type Item } from '../api/features.ts';
import { ApiError } from '../api/http.ts';
import { goTo, record, redo, startHistory, stateNow, undo, type DraftState, type History, type Note } from '../draft/history.ts';
import { emptyShape, kindOf, shapeOf, type Shape } from '../draft/shape.ts';
import { user } from '../state/service.ts';
import type { DrawTarget } from '../state/staff/drawView.ts';
import { forgetDraft, keepDraft, keptDrafts, type KeptDraft } from './draftStore.ts';

export type Draft = Omit<KeptDraft, 'reason' | 'at'>;

export const draft = signal<Draft | null>(null);
export const reason = signal('');
/** Drafts that wait in this browser, without the one in the hand. */
export const waiting = signal<readonly KeptDraft[]>([]);
/** Why a feature could not be opened. */
export const openError = signal<ApiError | null>(null);
/** The browser keeps nothing (private window, full disk): said, because a reload would lose the draft. */
export const keepingFails = signal(false);

export const state = computed<DraftState | null>(() => draft.value && stateNow(draft.value.history));
export const shape = computed<Shape | null>(() => state.value?.shape ?? null);
export const savedShape = computed<Shape | null>(() => {
  const now = draft.value;
  return now?.base ? shapeOf(now.base.geometry, kindOf(now.layer) ?? 'area') : null;
});
/** Anything that saving would store. */
export const dirty = computed(() => (draft.value?.history.now ?? 0) > 0 || draft.value?.id === null);

const clock = (): number => Date.now();

/** Attributes without those that the service keeps itself. */
export function ownProperties(properties: Properties): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name, value]) => !BOOKKEEPING.has(name) && value !== null));
}

export function stateOf(layer: LayerName, item: Pick<Item, 'geometry' | 'properties'>): DraftState {
  return { shape: shapeOf(item.geometry, kindOf(layer) ?? 'area'), properties: ownProperties(item.properties) };
}

/** What a new feature of a layer starts with. */
const FRESH: Partial<Record<LayerName, Properties>> = {
  'danger-zones': { status: 'draft', extent: 'risk_extent', basis: 'survey' },
};

export function startNew(layer: LayerName, properties: Properties = {}, first?: Shape): void {
  const kind = kindOf(layer);
  if (!kind) return;
  const fresh: DraftState = { shape: first ?? emptyShape(kind), properties: { ...FRESH[layer], ...properties } };
  take({ key: `${layer}:new-${crypto.randomUUID()}`, layer, id: null, base: null, history: startHistory(fresh, clock()) }, '');
}

/** Opens a feature: as it was left in this browser, or as it is saved. @returns the draft that was left, where there is one */
export async function openFeature(layer: LayerName, id: string): Promise<void> {
  const kept = waiting.peek().find(({ key }) => key === `${layer}:${id}`);
  if (kept) return resume(kept);
  openError.value = null;
  try {
    const base = await fetchItem(layer, id);
    take({ key: `${layer}:${id}`, layer, id, base, history: startHistory(stateOf(layer, base), clock()) }, '');
  } catch (error) {
    openError.value = error instanceof ApiError ? error : new ApiError(-1, String(error));
  }
}

export function openTarget({ layer, id, properties }: DrawTarget): Promise<void> {
  if (id !== undefined) return openFeature(layer, id);
  startNew(layer, properties);
  return Promise.resolve();
}

export function resume({ reason: why, at: _at, ...kept }: KeptDraft): void {
  take(kept, why);
}

function take(next: Draft, why: string): void {
  openError.value = null;
  reason.value = why;
  draft.value = next;
}

/** A step forward. The note says what it did, for undo and for the slider. */
export function change(next: Partial<DraftState>, note: Note): void {
  const now = draft.peek();
  if (!now) return;
  const history = record(now.history, { ...stateNow(now.history), ...next }, note, clock());
  if (history !== now.history) draft.value = { ...now, history };
}

/** Changes one attribute; null takes it away. */
export function changeField(name: string, value: PropertyValue): void {
  const before = state.peek()?.properties;
  if (!before || (before[name] ?? null) === value) return;
  const { [name]: _old, ...rest } = before;
  change({ properties: value === null ? rest : { ...rest, [name]: value } }, { verb: 'field', of: name });
}

const move = (step: (history: History) => History): void => {
  const now = draft.peek();
  if (now) draft.value = { ...now, history: step(now.history) };
};
export const undoStep = (): void => move(undo);
export const redoStep = (): void => move(redo);
export const goToStep = (step: number): void => move((history) => goTo(history, step));

/** Puts the draft aside; it waits in this browser. One in which nothing was done is forgotten. */
export function putAside(): void {
  const now = draft.peek();
  const who = user.peek()?.username;
  draft.value = null;
  if (now && who && now.history.steps.length <= 1) void forgetDraft(who, now.key).then(renewWaiting, () => undefined);
  else void renewWaiting();
}

/** Gives up what was not saved. */
export async function giveUp(key: string): Promise<void> {
  if (draft.peek()?.key === key) draft.value = null;
  const who = user.peek()?.username;
  if (who) await forgetDraft(who, key).catch(() => undefined);
  await renewWaiting();
}

export async function renewWaiting(): Promise<void> {
  const who = user.peek()?.username;
  const all = who ? await keptDrafts(who).catch(() => []) : [];
  waiting.value = all.filter(({ key }) => key !== draft.peek()?.key);
}

/** Every step is kept at once: a crash costs nothing. */
export function keepDrafts(): () => void {
  return effect(() => {
    const now = draft.value;
    const why = reason.value;
    const who = user.value?.username;
    if (!now || !who || now.history.steps.length <= 1) return;
    untracked(() => {
      keepDraft(who, { ...now, reason: why, at: clock() }).then(
        () => (keepingFails.value = false),
        () => (keepingFails.value = true),
      );
    });
  });
}
