// What is done with the shape as a whole and with the help of others: widened and simplified by the service, merged with a
// neighbour, taken from a rule, a part of it taken out.
import { computed, effect, signal, untracked } from '@preact/signals';
import { textOf, type Geometry, type Properties } from '../../server/domain/feature.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import { fetchProposal } from '../api/edit.ts';
import { ApiError, ask } from '../api/http.ts';
import { geometryOf, shapeOf, type Shape } from '../draft/shape.ts';
import { startHistory } from '../draft/history.ts';
import { holds, merge } from '../draft/verbs/overlay.ts';
import { removeRing } from '../draft/verbs/vertices.ts';
import { user } from '../state/service.ts';
import { commit, overlaid } from './actions.ts';
import { draft, draftKey, renewWaiting, shape, state } from './draft.ts';
import { forgetDraft, keepDraft, PAGE, type KeptDraft } from './draftStore.ts';
import { menuAt } from './menu.ts';
import { neighbours } from './neighbours.ts';
import { selected } from './tools.ts';
import { LIFE } from './versions.ts';

export const working = signal(false);
export const workError = signal<ApiError | null>(null);

async function work(doIt: () => Promise<void>): Promise<void> {
  working.value = true;
  workError.value = null;
  try {
    await doIt();
  } catch (error) {
    workError.value = error instanceof ApiError ? error : new ApiError(-1, String(error));
  } finally {
    working.value = false;
  }
}

/** Widens (or with negative metres narrows) the shape on the ellipsoid, by the same kernel that draws the rules' margins. */
export const bufferShape = (metres: number): Promise<void> => byService('buffer', metres);

/** Leaves out vertices that the outline can do without, within so many metres; parts and holes stay what they are. */
export const simplifyShape = (metres: number): Promise<void> => byService('simplify', metres);

function byService(verb: 'buffer' | 'simplify', metres: number): Promise<void> {
  return work(async () => {
    const before = shape.peek();
    const geometry = before && geometryOf(before);
    if (!geometry) return;
    const answer = await ask<{ geometry: Geometry }>(`/api/geometry/${verb}`, { method: 'POST', body: { geometry, metres } });
    // drawn on meanwhile: the answer is of another shape
    if (shape.peek() === before) commit(shapeOf(answer.geometry, 'area'), { verb, of: metres });
  });
}

/** The area that the rules propose for the draft's hazard point takes the place of what is drawn. */
export function takeProposal(): Promise<void> {
  return work(async () => {
    const [key, before] = [draftKey.peek(), shape.peek()];
    const point = textOf(state.peek()?.properties ?? {}, 'hazard_id');
    const found = point ? await fetchProposal(point) : null;
    // another draft, or another shape by now: the answer is not for it
    if (!found || draftKey.peek() !== key || shape.peek() !== before) return;
    if (!found.geometry) throw new ApiError(422, '', 'proposal_refused');
    commit(shapeOf(found.geometry, 'area'), { verb: 'copy_proposal' });
  });
}

/** The neighbouring area that the context menu was opened on. */
export const neighbourUnderMenu = computed(() => {
  const at = menuAt.value;
  const now = draft.value;
  if (!at || !now) return null;
  const own = `${now.layer}:${now.id}`;
  return (
    neighbours.value.find(
      ({ key, shape: other }) => key !== own && !key.startsWith('townships:') && other.kind === 'area' && holds(other, [at.lon, at.lat]),
    ) ?? null
  );
});

/** The neighbour's area becomes part of the draft; the neighbour itself stays until somebody revokes it. */
export function mergeWithNeighbour(): void {
  const now = shape.peek();
  const other = neighbourUnderMenu.peek();
  const merged = now && other && overlaid(() => merge(now, other.shape));
  if (merged) commit(merged, { verb: 'merge_with', of: other.name });
}

/** Parts that were taken out of the draft in the hand, by the key of the draft that each has become. */
const takenOut = new Map<string, KeptDraft>();

/** The part of the selected vertex leaves the draft and waits as a draft of its own, with the same attributes but no life yet. */
export async function takeOutPart(): Promise<void> {
  const now = shape.peek();
  const at = selected.peek();
  const part = at && now?.parts[at.part];
  const own = draft.peek();
  const who = user.peek()?.username;
  if (!now || !part || !own || !who) return;
  const attributes = Object.entries(state.peek()?.properties ?? {}).filter(([name]) => !LIFE.has(name));
  const { name, ...properties } = Object.fromEntries(attributes);
  const first = {
    shape: { kind: now.kind, parts: [part] } satisfies Shape,
    properties: { ...properties, ...(typeof name === 'string' ? { name: `${name} 2` } : {}), ...BEGINNING[own.layer] },
  };
  const { steps } = startHistory(first, Date.now());
  const key = `${own.layer}:new-${crypto.randomUUID()}`;
  // two steps alike: it was never saved, so it is kept as it is
  const kept: KeptDraft = {
    key,
    layer: own.layer,
    id: null,
    base: null,
    reason: '',
    at: Date.now(),
    page: PAGE,
    history: { steps: [...steps, ...steps], now: 1 },
  };
  await work(async () => {
    // only what is safely kept may leave the draft
    await keepDraft(who, kept);
    if (shape.peek() !== now) return forgetDraft(who, key);
    takenOut.set(key, kept);
    selected.value = null;
    commit(removeRing(now, { part: at.part, ring: 0 }), { verb: 'take_out', of: key });
    await renewWaiting();
  });
}

/** What begins a life of its own begins as a draft. */
const BEGINNING: Partial<Record<LayerName, Properties>> = { 'danger-zones': { status: 'draft' } };

/** A part that undo brings back waits no longer as a draft of its own; done again, it does. */
export function followTakenOut(): () => void {
  return effect(() => {
    const history = draft.value?.history;
    const who = user.value?.username;
    if (!history || !who || takenOut.size === 0) return;
    untracked(() => {
      for (const [index, { note }] of history.steps.entries()) {
        const kept = note.verb === 'take_out' ? takenOut.get(String(note.of)) : undefined;
        if (!kept) continue;
        const change = index <= history.now ? keepDraft(who, kept) : forgetDraft(who, kept.key);
        void change.then(renewWaiting, () => undefined);
      }
    });
  });
}
