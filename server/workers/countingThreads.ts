// Memberships of all zones by this thread and others together, where that pays.
import type { FlatShape } from '../exposure/flatShape.ts';
import type { Membership } from '../exposure/membership.ts';
import { Control, countShare, orderOf, unpackShare, verticesOf } from '../exposure/recompute.ts';
import type { Positions } from '../exposure/units/positions.ts';
import { breathe, Cancelled, type CountAll, type Watch } from '../views/reader.ts';
import type { CountingHandlers } from './counting.worker.ts';
import { connect } from './rpc.ts';

/**
 * Below this many vertices and positions the start of a thread costs more than it saves: one starts in about 60 ms, and
 * this many take one thread about 200.
 */
const WORTH_A_THREAD = 2_500_000;

/** The thread that counts goes on answering between zones: it breathes this often. */
const BREATH_MS = 12;

/**
 * Counting by this thread and `threads - 1` others, where it pays; positions must be in shared memory then.
 * @param always even where it does not pay
 */
export function countWith(threads: number, { always = false } = {}): CountAll {
  return (positions, shapes, watch) => {
    const size = positions.lon.length + shapes.reduce((sum, shape) => sum + 10 * verticesOf(shape), 0);
    return countTogether(positions, shapes, always || size >= WORTH_A_THREAD ? threads : 1, watch);
  };
}

async function countTogether(positions: Positions, shapes: readonly FlatShape[], threads: number, watch: Watch): Promise<Membership[]> {
  const order = orderOf(shapes);
  const memory = new SharedArrayBuffer(12);
  const control = new Control(memory);
  const cancel = () => control.cancel();
  watch.signal?.addEventListener('abort', cancel);
  if (watch.signal?.aborted) cancel();
  const helpers = Array.from({ length: threads - 1 }, (_, i) =>
    connect<CountingHandlers>(new URL('./counting.worker.ts', import.meta.url), { workerData: null, name: `counting-${i + 1}` }),
  );
  try {
    const { sheets, lon, lat, accuracy, footprints, tail } = positions;
    const theirs = helpers.map(async ({ call }) => {
      await call.load({ positions: { sheets, lon, lat, accuracy, footprints, tail }, shapes, order });
      return call.count(memory);
    });
    const memberships: Membership[] = [];
    unpackShare(await ownShare(positions, shapes, order, control, watch), memberships);
    for (const share of await Promise.all(theirs)) unpackShare(share, memberships);
    if (control.cancelled) throw new Cancelled('the computation was called off');
    return memberships;
  } finally {
    watch.signal?.removeEventListener('abort', cancel);
    await Promise.all(helpers.map((helper) => helper.terminate()));
  }
}

async function ownShare(
  positions: Positions,
  shapes: readonly FlatShape[],
  order: Int32Array,
  control: Control,
  watch: Watch,
): Promise<Int32Array> {
  const steps = countShare(positions, shapes, order, control);
  let breath = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - breath < BREATH_MS) continue;
    watch.progress?.(control.done, order.length);
    await breathe();
    breath = performance.now();
  }
}
