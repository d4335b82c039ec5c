// Counts a share of the zones beside other threads, over the same memory.
import type { FlatShape } from '../exposure/flatShape.ts';
import { Control, countShare, type PackedShare } from '../exposure/recompute.ts';
import type { Positions } from '../exposure/units/positions.ts';
import { stepBack } from './priority.ts';
import { serve } from './rpc.ts';

export interface CountingJob {
  readonly positions: Positions;
  readonly shapes: readonly FlatShape[];
  readonly order: Int32Array;
}

stepBack(5);
let job: CountingJob | null = null;

const handlers = {
  load: async (next: CountingJob) => {
    job = next;
  },
  /** @param control shared memory of the computation's `Control` */
  count: async (control: SharedArrayBuffer): Promise<PackedShare> => {
    if (!job) throw new Error('nothing to count was loaded');
    const steps = countShare(job.positions, job.shapes, job.order, new Control(control));
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  },
};
export type CountingHandlers = typeof handlers;

serve(handlers);
