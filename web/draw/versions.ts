// Earlier versions of the feature in the hand: looked at beside the draft, compared, and brought back as a change that is
// saved like any other.
import { computed, effect, signal } from '@preact/signals';
import type { PropertyValue } from '../../server/domain/feature.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import { fetchHistory, type Revision } from '../api/edit.ts';
import type { PackedCount } from '../../server/exposure/packedCount.ts';
import { nextNumber, takeCounter } from '../counting/counter.ts';
import { createResource } from '../state/resource.ts';
import { view } from '../state/view.ts';
import { compared } from './comparing.ts';
import { change, draft, draftKey, state, stateOf } from './draft.ts';
import { geometryOf } from '../draft/shape.ts';

interface Past {
  readonly key: string;
  readonly revisions: readonly Revision[];
}

const history = createResource<Past>(async (key, signal) => {
  const [layer, id] = JSON.parse(key) as [LayerName, string];
  return { key: `${layer}:${id}`, revisions: await fetchHistory(layer, id, signal) };
});

/** Versions that were saved, the oldest first; the last one is what is saved now. */
export const versions = computed<readonly Revision[]>(() => {
  const { data } = history.state.value;
  const now = draft.value;
  return data && now?.id && data.key === `${now.layer}:${now.id}` ? data.revisions.filter(({ geometry }) => geometry !== null) : [];
});

/** The version that is looked at, by its place among them; null: the draft itself. */
export const looked = signal<number | null>(null);
/** What the looked-at version has inside. */
export const lookedCount = signal<PackedCount | null>(null);

const baseRevision = computed(() => draft.value?.base?.properties['revision'] ?? null);

/** What a step of a zone's life decides is not brought back by an earlier version: that has forms of its own. */
export const LIFE: ReadonlySet<string> = new Set([
  'status',
  'state',
  'confirmed_by',
  'document_no',
  'announced_on',
  'announced_media',
  'signs',
  'revoked_on',
  'revocation_no',
  'revoked_media',
  'reason',
]);

/** Brings the looked-at version back into the draft, to be saved with a reason as a new revision. */
export function restoreLooked(): void {
  const now = draft.peek();
  const version = versions.peek()[looked.peek() ?? -1];
  const own = state.peek();
  if (!now || !version || !own) return;
  const then = stateOf(now.layer, version);
  const kept = (properties: Readonly<Record<string, PropertyValue>>, life: boolean) =>
    Object.entries(properties).filter(([name]) => LIFE.has(name) === life);
  looked.value = null;
  change(
    { shape: then.shape, properties: Object.fromEntries([...kept(then.properties, false), ...kept(own.properties, true)]) },
    { verb: 'restore', of: version.revision },
  );
}

export function followVersions(): () => void {
  let asked = 0;
  const counter = takeCounter((answer) => {
    if (answer.answer === 'counted' && answer.number === asked) lookedCount.value = answer.count;
  });
  const stops = [
    effect(() => {
      void [draftKey.value, baseRevision.value];
      const now = draft.peek();
      looked.value = null;
      if (now?.id) history.load(JSON.stringify([now.layer, now.id, now.base?.properties['revision']]));
      else history.clear();
    }),
    effect(() => {
      const version = looked.value === null ? null : versions.value[looked.value];
      const now = draft.peek();
      lookedCount.value = null;
      if (!version || !now) {
        if (compared.peek()?.look === 'earlier') compared.value = null;
        return;
      }
      const { shape } = stateOf(now.layer, version);
      compared.value = { shape, look: 'earlier' };
      const area = geometryOf(shape);
      if (area?.type === 'Polygon' || area?.type === 'MultiPolygon') {
        counter.ask({ ask: 'count', number: (asked = nextNumber()), area, base: view.peek().base, at: view.peek().at });
      }
    }),
  ];
  return () => {
    for (const stop of stops) stop();
    counter.release();
  };
}
