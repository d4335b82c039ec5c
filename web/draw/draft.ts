// The draft in the hand: which feature it is of, its history, why it is changed; opened, changed, undone, kept.
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { BOOKKEEPING, type LayerName } from '../../server/domain/layer.ts';
import type { Properties, PropertyValue } from '../../server/domain/feature.ts';
import { fetchItem, type Item } from '../api/features.ts';
import { ApiError } from '../api/http.ts';
import { goTo, record, redo, startHistory, stateNow, undo, type DraftState, type History, type Note } from '../draft/history.ts';
import { emptyShape, kindOf, shapeOf, type Shape } from '../draft/shape.ts';
import { user } from '../state/service.ts';
import type { DrawTarget } from '../state/staff/drawView.ts';
import { forgetDraft, keepDraft, keptDrafts, PAGE, type KeptDraft } from './draftStore.ts';
import { emptyHand, sketch, tool } from './hand.ts';

export type Draft = Omit<KeptDraft, 'reason' | 'at' | 'page' | 'sketch'>;

export const draft = signal<Draft | null>(null);
export const reason = signal('');
/** Drafts that wait in this browser, without the one in the hand. */
export const waiting = signal<readonly KeptDraft[]>([]);
/** Why a feature could not be opened. */
export const openError = signal<ApiError | null>(null);
/** The browser keeps nothing (private window, full disk): said, because a reload would lose the draft. */
export const keepingFails = signal(false);

/** Changes when another draft is taken up, and not at its steps. */
export const draftKey = computed(() => draft.value?.key ?? null);
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

/** Opens a feature: as it was left in this browser, or as it is saved. */
export async function openFeature(layer: LayerName, id: string): Promise<void> {
  openError.value = null;
  const who = user.peek()?.username;
  // asked of the store itself: the list that is shown may not be there yet
  const kept = who ? (await keptDrafts(who).catch(() => [])).find(({ key }) => key === `${layer}:${id}`) : undefined;
  if (kept) return resume(kept);
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

/** Takes up a draft where it was left, in the middle of a sketch too. This window keeps it from here on. */
export function resume({ reason: why, at: _at, page, sketch: left, ...kept }: KeptDraft): void {
  take(kept, why);
  if (left) {
    tool.value = left.tool;
    sketch.value = left.placed;
  }
  const who = user.peek()?.username;
  if (who && page !== PAGE) void forgetDraft(who, kept.key, page).then(renewWaiting, () => undefined);
  else void renewWaiting();
}

function take(next: Draft, why: string): void {
  openError.value = null;
  batch(() => {
    sketch.value = [];
    emptyHand();
    reason.value = why;
    draft.value = next;
  });
}

/** A step forward. The note says what it did, for undo and for the slider. */
export function change(next: Partial<DraftState>, note: Note): void {
  const now = draft.peek();
  if (!now) return;
  if (next.shape && next.shape !== stateNow(now.history).shape) emptyHand();
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
  if (!now) return;
  emptyHand();
  draft.value = { ...now, history: step(now.history) };
};
export const undoStep = (): void => move(undo);
export const redoStep = (): void => move(redo);
export const goToStep = (step: number): void => move((history) => goTo(history, step));

/** What this window had in the hand when the drawing was left, and whose it was. */
let leftOpen: { readonly user: string; readonly key: string } | null = null;

/** Remembers the draft in the hand: whoever comes back to the drawing finds it there. */
export function leaveOpen(): void {
  const now = draft.peek();
  const who = user.peek()?.username ?? owner;
  leftOpen = now && who ? { user: who, key: now.key } : null;
}

/** Takes up what was in the hand of the same user when the drawing was left. */
export async function takeUpLeft(): Promise<void> {
  const left = leftOpen;
  const who = user.peek()?.username;
  leftOpen = null;
  if (!left || !who || who !== left.user || draft.peek()) return;
  const kept = (await keptDrafts(who).catch(() => [])).find(({ key, page }) => key === left.key && page === PAGE);
  if (kept && !draft.peek()) resume(kept);
}

/** Who has drawn last: a session that ends takes the name away before the draft is left. */
let owner: string | null = null;

/** Puts the draft aside; it waits in this browser. One in which nothing was done is forgotten. */
export function putAside(): void {
  const now = draft.peek();
  const who = user.peek()?.username;
  const untouched = now !== null && now.history.steps.length <= 1 && sketch.peek().length === 0;
  draft.value = null;
  sketch.value = [];
  emptyHand();
  if (now && who && untouched) void forgetDraft(who, now.key).then(renewWaiting, () => undefined);
  else void renewWaiting();
}

/** Gives up what was not saved. */
export async function giveUp(key: string, page = PAGE): Promise<void> {
  if (draft.peek()?.key === key) {
    sketch.value = [];
    emptyHand();
    draft.value = null;
  }
  const who = user.peek()?.username;
  if (who) await forgetDraft(who, key, page).catch(() => undefined);
  await renewWaiting();
}

export async function renewWaiting(): Promise<void> {
  const who = user.peek()?.username;
  const all = who ? await keptDrafts(who).catch(() => []) : [];
  waiting.value = all.filter(({ key, page }) => page !== PAGE || key !== draft.peek()?.key);
}

/** Typing is kept when it pauses for so long; everything else at once. */
const TYPING_MS = 300;

/** Every step is kept, and every vertex of a sketch: a crash costs nothing. */
export function keepDrafts(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waits: (() => void) | null = null;
  let kept: Draft | null = null;
  const flush = (): void => {
    clearTimeout(timer);
    waits?.();
    waits = null;
  };
  const stop = effect(() => {
    const now = draft.value;
    const why = reason.value;
    const who = user.value?.username;
    owner = who ?? owner;
    const placed = tool.value === 'measure' || tool.value === 'freehand' ? [] : sketch.value;
    // what waits of another draft is kept now; what waits of this one is overtaken
    if (now?.key === kept?.key) {
      clearTimeout(timer);
      waits = null;
    } else untracked(flush);
    if (!now || !who) return;
    if (now.history.steps.length <= 1 && placed.length === 0) {
      // a sketch that was taken back to nothing is nothing to come back to
      if (kept?.key === now.key) untracked(() => void forgetDraft(who, now.key).catch(() => undefined));
      kept = null;
      return;
    }
    const keep = (): void => {
      const left = placed.length > 0 ? { sketch: { tool: tool.peek(), placed } } : {};
      keepDraft(who, { ...now, reason: why, at: clock(), page: PAGE, ...left }).then(
        () => (keepingFails.value = false),
        () => (keepingFails.value = true),
      );
    };
    const typing = now.history.steps[now.history.now]?.note.verb === 'field' || now === kept;
    kept = now;
    if (typing && placed.length === 0) {
      waits = keep;
      timer = setTimeout(flush, TYPING_MS);
    } else untracked(keep);
  });
  addEventListener('pagehide', flush);
  return () => {
    flush();
    stop();
    removeEventListener('pagehide', flush);
  };
}
