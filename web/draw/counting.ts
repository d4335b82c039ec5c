// Counts the shape in the hand at every move. One question is under way at a time; of those that come meanwhile only the
// newest is asked, so the worker never falls behind and the map never waits.
import { computed, effect, signal, untracked } from '@preact/signals';
import type { Geometry } from '../../server/domain/feature.ts';
import type { DraftCount } from '../../server/exposure/draftCount.ts';
import { counterState, nextNumber, takeCounter } from '../counting/counter.ts';
import type { Changed } from '../counting/messages.ts';
import { textOf } from '../../server/domain/feature.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import { geometryOf } from '../draft/shape.ts';
import { revision } from '../state/service.ts';
import { view } from '../state/view.ts';
import { draft, savedShape, state } from './draft.ts';
import { liveGeometry } from './live.ts';
import { stampCount, takeMove, type Stamp } from './trace.ts';

export interface Counted {
  readonly count: DraftCount;
  readonly changed: Changed | null;
  /** The shape that was counted. */
  readonly geometry: Geometry | null;
  readonly number: number;
}

declare global {
  interface Window {
    /** For browser tests. */
    __draft?: { readonly counted: Counted | null; readonly geometry: Geometry | null };
  }
}

export const counted = signal<Counted | null>(null);
/** A newer shape than the one counted is under way for longer than one notices. */
export const recounting = signal(false);

/** Layers whose drawn outline is the threatened area itself; of the others a margin or a strip is counted around it. */
const OUTLINE_COUNTS: ReadonlySet<LayerName> = new Set(['danger-zones', 'hazard-areas']);

export const isCounted = computed(() => {
  const now = draft.value;
  return now !== null && liveGeometry.value?.type !== 'LineString' && liveGeometry.value?.type !== 'MultiLineString';
});

/** Zones in whose place the draft would stand if it were in force: itself, and the point's area that the rules give. */
const standing = computed<readonly string[] | null>(() => {
  const now = draft.value;
  if (!now || !OUTLINE_COUNTS.has(now.layer)) return null;
  const properties = state.value?.properties ?? {};
  const own = now.id ? [`${now.layer}:${now.id}`] : [];
  const point = now.layer === 'danger-zones' ? textOf(properties, 'hazard_id') : null;
  return point ? [...own, `hazard-points:${point}`] : own;
});
const standingKey = computed(() => standing.value?.join('\n') ?? null);

/** Would this draft, in force, change who counts as threatened? Hazard extents, priority areas and what is revoked never do. */
export const hasEffect = computed(() => {
  const properties = state.value?.properties ?? {};
  if (standing.value === null || properties['status'] === 'revoked') return false;
  return draft.value?.layer === 'danger-zones' ? properties['extent'] === 'risk_extent' : properties['kind'] !== 'priority_area';
});

/**
 * The totals cannot be told before it is saved: the zone is in force, and what it would give up (its place in the count, its
 * hazard point) comes back by the rules.
 */
export const effectIsUnknown = computed(() => {
  const base = draft.value?.base?.properties;
  if (!base || standing.value === null) return false;
  const inForce = draft.value?.layer !== 'danger-zones' || base['status'] === 'confirmed' || base['status'] === 'announced';
  const otherPoint = (base['hazard_id'] ?? null) !== (state.value?.properties['hazard_id'] ?? null);
  return inForce && (!hasEffect.value || otherPoint);
});

const LATE_MS = 150;

export function countDrafts(): () => void {
  window.__draft = {
    get counted() {
      return counted.peek();
    },
    get geometry() {
      return liveGeometry.peek();
    },
  };
  let inFlight = 0;
  let wanted = false;
  let late: ReturnType<typeof setTimeout> | undefined;
  let asked: { geometry: Geometry | null; from: Stamp | null } = { geometry: null, from: null };
  const counter = takeCounter((answer) => {
    if (answer.answer === 'loaded' || answer.answer === 'compared') {
      inFlight = 0;
      ask();
    } else if (answer.answer === 'faulty' && answer.number === inFlight) {
      // this shape could not be counted; the next one may be
      inFlight = 0;
      clearTimeout(late);
      recounting.value = true;
      if (wanted) ask();
    } else if (answer.answer === 'drafted' && answer.number === inFlight) {
      inFlight = 0;
      clearTimeout(late);
      recounting.value = false;
      counted.value = { count: answer.count, changed: answer.changed, geometry: asked.geometry, number: answer.number };
      stampCount(asked.from);
      if (wanted) ask();
    }
  });
  const ask = (): void => {
    if (!draft.peek() || counterState.peek() !== 'ready') return;
    if (inFlight > 0) {
      wanted = true;
      return;
    }
    wanted = false;
    inFlight = nextNumber();
    asked = { geometry: liveGeometry.peek(), from: takeMove() };
    const { base, at } = view.peek();
    const { geometry } = asked;
    const areal = geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon';
    counter.ask({ ask: 'draft', number: inFlight, shape: areal ? geometry : null, base, at, places: true });
    clearTimeout(late);
    late = setTimeout(() => (recounting.value = true), LATE_MS);
  };
  const stops = [
    effect(() => {
      void [standingKey.value, savedShape.value, revision.value];
      untracked(() => {
        const saved = savedShape.peek();
        counter.ask({ ask: 'compare', saved: saved && areaOf(geometryOf(saved)), standing: standing.peek() ?? [] });
      });
    }),
    effect(() => {
      void [liveGeometry.value, view.value.base, view.value.at, counterState.value];
      untracked(ask);
    }),
    effect(() => {
      if (!draft.value) counted.value = null;
    }),
  ];
  return () => {
    clearTimeout(late);
    for (const stop of stops) stop();
    counter.release();
    counted.value = null;
    recounting.value = false;
  };
}

const areaOf = (geometry: Geometry | null): Geometry | null =>
  geometry?.type === 'Polygon' || geometry?.type === 'MultiPolygon' ? geometry : null;
