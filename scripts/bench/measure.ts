// Timing, and the few statistics that the bench prints.

/** A task that takes longer than this is run once only. */
const LONG = 10_000;

/** Runs a task `runs` times after one that does not count; once only with no runs, or when it is long. The answer is the last run's. */
export async function repeat<T>(runs: number, task: () => T | Promise<T>): Promise<{ ms: number[]; answer: T }> {
  const [first, warm] = await timed(task);
  if (first > LONG || runs === 0) return { ms: [first], answer: warm };
  const ms: number[] = [];
  let answer = warm;
  for (let run = 0; run < runs; run++) {
    const [time, now] = await timed(task);
    ms.push(time);
    answer = now;
  }
  return { ms, answer };
}

/** Milliseconds and the answer of one run. */
export async function timed<T>(task: () => T | Promise<T>): Promise<[ms: number, answer: T]> {
  const began = performance.now();
  const answer = await task();
  return [performance.now() - began, answer];
}

/** Nearest rank; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function perSecond(ms: readonly number[]): number {
  return (1000 * ms.length) / ms.reduce((sum, value) => sum + value, 0);
}
