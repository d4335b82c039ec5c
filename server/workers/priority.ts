// The serving thread goes first. On Linux a priority set for "this process" holds for the calling thread alone, so
// each worker steps back by itself; elsewhere it would slow the whole service, and is left.
import { setPriority } from 'node:os';

/** Steps back behind the serving thread. `niceness` as in nice(1): 0 is no step, 19 the largest. */
export function stepBack(niceness: number): void {
  if (process.platform === 'linux') setPriority(niceness);
}
