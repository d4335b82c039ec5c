// One thread of the bandwidth measurement: sums an array of its own that no cache holds.
import { parentPort } from 'node:worker_threads';

const VALUES = 16 * 1024 * 1024;
const PASSES = 6;
const values = new Float64Array(VALUES).fill(1.5);

/** Eight sums at once: one alone would wait for its own additions, not for memory. */
function sum(): number {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < VALUES; i += 8) {
    a += values[i] as number;
    b += values[i + 1] as number;
    c += values[i + 2] as number;
    d += values[i + 3] as number;
    e += values[i + 4] as number;
    f += values[i + 5] as number;
    g += values[i + 6] as number;
    h += values[i + 7] as number;
  }
  return a + b + c + d + e + f + g + h;
}

sum();
parentPort?.on('message', () => {
  const began = performance.now();
  let total = 0;
  for (let pass = 0; pass < PASSES; pass++) total += sum();
  if (total !== VALUES * 1.5 * PASSES) throw new Error('the sum is wrong');
  parentPort?.postMessage(performance.now() - began);
});
parentPort?.postMessage('ready');
