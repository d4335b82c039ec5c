// Which tool is in the hand, and what has been done with it so far. The draft itself changes only when a tool has finished.
import { computed, effect, signal, untracked } from '@preact/signals';
import type { Position } from '../../server/domain/feature.ts';
import { drawWords } from '../i18n/draw/words.ts';
import { exists } from '../draft/verbs/vertices.ts';
import type { VertexAt } from '../draft/shape.ts';
import { draftKey, draft, shape } from './draft.ts';
import { carried, emptyHand, grabbed, sketch, tool, type Tool } from './hand.ts';
import type { Snapped } from './snap.ts';

export { carried, grabbed, sketch, tool, type Tool } from './hand.ts';

/** The vertex that is looked at. */
export const selected = signal<VertexAt | null>(null);
export const snapping = signal(true);
/** Alt is down: snapping is off as long as it is. */
export const snappingPaused = signal(false);

export interface Aim {
  readonly position: Position;
  /** What it has snapped to. */
  readonly snapped: Snapped | null;
}

/** Where the next vertex would go: under the mouse, or at the crosshair for keyboard and touch. */
export const aim = signal<Aim | null>(null);
const COARSE = matchMedia('(pointer: coarse)').matches;
export const aimBy = signal<'mouse' | 'cross'>(COARSE ? 'cross' : 'mouse');
/** A finger was used last: larger targets, and the chip at the edge of the map. */
export const byTouch = signal(COARSE);

/** A handle is being dragged: whatever else would stand in the way stays away. */
export const dragging = signal(false);

/** The tool places vertices. */
export const placing = computed(() => tool.value !== 'select' && tool.value !== 'move');
/** Something hangs on the aim: it is drawn, and counted, at every move. */
export const busy = computed(() => sketch.value.length > 0 || carried.value !== null || grabbed.value !== null);

/** Puts down whatever the tool has in hand. */
export function dropSketch(): void {
  sketch.value = [];
  emptyHand();
}

/** Vertices that nobody would like to click again. */
const MANY = 5;

/** May what was placed be given up? Of more than a few vertices it is asked first. */
export const mayDrop = (): boolean => sketch.peek().length <= MANY || confirm(drawWords().dropSketchAsk(String(sketch.peek().length)));

export function chooseTool(next: Tool): void {
  dropSketch();
  if (next !== 'select') selected.value = null;
  tool.value = next;
}

/** A draft that is opened anew is looked at first; an empty one is drawn. What undo took away is not selected. */
export function followDraft(): () => void {
  const stops = [
    effect(() => {
      void draftKey.value;
      untracked(() => {
        const now = draft.peek();
        // one that was left in the middle of a sketch is taken up there
        if (sketch.peek().length === 0) {
          chooseTool(now && now.history.steps[now.history.now]?.state.shape.parts.length === 0 ? 'polygon' : 'select');
        }
        selected.value = null;
      });
    }),
    effect(() => {
      const at = selected.value;
      if (at && (!shape.value || !exists(shape.value, at))) selected.value = null;
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
