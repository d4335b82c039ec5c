// How much faster two threads can be than one when both only read memory: the bound for any scan of arrays beyond the cache.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** How many times the work of one thread two threads do in the same time: 2 at best. */
export async function bandwidthRatio(): Promise<number> {
  const workers = [0, 1].map(() => new Worker(new URL('./bandwidthWorker.ts', import.meta.url)));
  try {
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    const run = async (worker: Worker): Promise<number> => {
      worker.postMessage('sum');
      const [ms] = (await once(worker, 'message')) as [number];
      return ms;
    };
    let best = { alone: Infinity, together: Infinity };
    for (let round = 0; round < 3; round++) {
      const alone = [];
      for (const worker of workers) alone.push(await run(worker));
      const together = await Promise.all(workers.map(run));
      best = { alone: Math.min(best.alone, ...alone), together: Math.min(best.together, Math.max(...together)) };
    }
    return (2 * best.alone) / best.together;
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
