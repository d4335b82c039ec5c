// What is in the hand: the tool, what was placed with it, a vertex or the whole shape that follows the aim. Kept apart, because
// the draft has to know of it: a shape that changes under the hand takes from it what no longer fits.
import { signal } from '@preact/signals';
import type { Position } from '../../server/domain/feature.ts';
import type { Ring, VertexAt } from '../draft/shape.ts';

/** `polygon` draws lines in layers of lines. */
export type Tool = 'select' | 'polygon' | 'rectangle' | 'circle' | 'freehand' | 'hole' | 'split' | 'move' | 'measure';

export const tool = signal<Tool>('select');
/** Vertices placed with the tool so far. */
export const sketch = signal<Ring>([]);
/** The vertex that follows the aim until it is put down. */
export const carried = signal<VertexAt | null>(null);
/** The whole shape follows the aim: what it was picked up by, or turned from. */
export const grabbed = signal<{ readonly by: 'move' | 'turn'; readonly from: Position } | null>(null);

/** The shape has changed under the hand: numbers of its vertices mean others now. */
export function emptyHand(): void {
  carried.value = null;
  grabbed.value = null;
}
