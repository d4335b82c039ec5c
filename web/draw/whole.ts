// What is done with the shape as a whole and with the help of others: widened and simplified by the service, merged with a
// neighbour, taken from a rule, a part of it taken out.
import { computed, signal } from '@preact/signals';
import { textOf, type Geometry } from '../../server/domain/feature.ts';
import { fetchProposal } from '../api/edit.ts';
import { ApiError, ask } from '../api/http.ts';
import { geometryOf, shapeOf, type Shape } from '../draft/shape.ts';
import { startHistory } from '../draft/history.ts';
import { holds, merge } from '../draft/verbs/overlay.ts';
import { removeRing } from '../draft/verbs/vertices.ts';
import { user } from '../state/service.ts';
import { commit, overlaid } from './actions.ts';
import { draft, renewWaiting, shape, state } from './draft.ts';
import { keepDraft } from './draftStore.ts';
import { menuAt } from './menu.ts';
import { neighbours } from './neighbours.ts';
import { selected } from './tools.ts';

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
    const point = textOf(state.peek()?.properties ?? {}, 'hazard_id');
    const found = point ? await fetchProposal(point) : null;
    if (!found) return;
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

/** The part of the selected vertex leaves the draft and waits as a draft of its own, with the same attributes. */
export function takeOutPart(): void {
  const now = shape.peek();
  const at = selected.peek();
  const part = at && now?.parts[at.part];
  const own = draft.peek();
  const who = user.peek()?.username;
  if (!now || !part || !own || !who) return;
  const { name, ...properties } = state.peek()?.properties ?? {};
  const key = `${own.layer}:new-${crypto.randomUUID()}`;
  const taken: Shape = { kind: now.kind, parts: [part] };
  const first = { shape: taken, properties: { ...properties, ...(typeof name === 'string' ? { name: `${name} 2` } : {}), ...FRESH_LIFE } };
  const history = startHistory(first, Date.now());
  const kept = { key, layer: own.layer, id: null, base: null, reason: '', at: Date.now() };
  void keepDraft(who, { ...kept, history: { ...history, steps: [...history.steps, ...history.steps], now: 1 } }).then(
    renewWaiting,
    () => undefined,
  );
  selected.value = null;
  commit(removeRing(now, { part: at.part, ring: 0 }), { verb: 'take_out' });
}

/** What is taken out begins its own life. */
const FRESH_LIFE = { status: 'draft' } as const;
