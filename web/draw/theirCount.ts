// What the other planner's version counts, beside mine.
import { effect, signal } from '@preact/signals';
import type { PackedCount } from '../../server/exposure/packedCount.ts';
import { nextNumber, takeCounter } from '../counting/counter.ts';
import { geometryOf } from '../draft/shape.ts';
import { view } from '../state/view.ts';
import { theirShape } from './saving.ts';

export const theirCount = signal<PackedCount | null>(null);

export function countTheirs(): () => void {
  let asked = 0;
  const counter = takeCounter((answer) => {
    if (answer.answer === 'counted' && answer.number === asked) theirCount.value = answer.count;
  });
  const stop = effect(() => {
    theirCount.value = null;
    const area = theirShape.value && geometryOf(theirShape.value);
    if (area?.type !== 'Polygon' && area?.type !== 'MultiPolygon') return;
    counter.ask({ ask: 'count', number: (asked = nextNumber()), area, base: view.peek().base, at: view.peek().at });
  });
  return () => {
    stop();
    counter.release();
  };
}
