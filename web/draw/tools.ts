// Which tool is in the hand, and what has been done with it so far. The draft itself changes only when a tool has finished.
import { computed, effect, signal } from '@preact/signals';
import type { Position } from '../../server/domain/feature.ts';
import { exists } from '../draft/verbs/vertices.ts';
import type { Ring, VertexAt } from '../draft/shape.ts';
import { draft, shape } from './draft.ts';
import type { Snapped } from './snap.ts';

/** `polygon` draws lines in layers of lines. */
export type Tool = 'select' | 'polygon' | 'rectangle' | 'circle' | 'freehand' | 'hole' | 'split' | 'move' | 'measure';

export const tool = signal<Tool>('select');
/** Vertices placed with the tool so far. */
export const sketch = signal<Ring>([]);
/** The vertex that is looked at. */
export const selected = signal<VertexAt | null>(null);
/** The vertex that follows the aim until it is put down. */
export const carried = signal<VertexAt | null>(null);
/** The whole shape follows the aim: what it was picked up by, or turned from. */
export const grabbed = signal<{ readonly by: 'move' | 'turn'; readonly from: Position } | null>(null);
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
export const aimBy = signal<'mouse' | 'cross'>('mouse');
/** A finger was used last: larger targets, and the chip at the edge of the map. */
export const byTouch = signal(matchMedia('(pointer: coarse)').matches);

/** A handle is being dragged: whatever else would stand in the way stays away. */
export const dragging = signal(false);

/** The tool places vertices. */
export const placing = computed(() => tool.value !== 'select' && tool.value !== 'move');
/** Something hangs on the aim: it is drawn, and counted, at every move. */
export const busy = computed(() => sketch.value.length > 0 || carried.value !== null || grabbed.value !== null);

/** Puts down whatever the tool has in hand. */
export function dropSketch(): void {
  sketch.value = [];
  carried.value = null;
  grabbed.value = null;
}

export function chooseTool(next: Tool): void {
  dropSketch();
  if (next !== 'select') selected.value = null;
  tool.value = next;
}

/** A draft that is opened anew is looked at first; an empty one is drawn. What undo took away is not selected. */
export function followDraft(): () => void {
  let key = '';
  const stops = [
    effect(() => {
      const now = draft.value;
      if ((now?.key ?? '') === key) return;
      key = now?.key ?? '';
      chooseTool(now && now.history.steps[now.history.now]?.state.shape.parts.length === 0 ? 'polygon' : 'select');
      selected.value = null;
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
