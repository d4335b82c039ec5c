// Sums over runs of positions: two reads of running sums a run.
import type { Runs } from '../runs/runList.ts';
import { noSums, SLOT, SLOTS, type Sums } from '../sums.ts';
import type { Positions } from './positions.ts';
import type { Sheet } from './sheet.ts';

/** The sheet of a position; undefined in the tail. */
export function sheetAt({ sheets }: Positions, position: number): Sheet | undefined {
  for (let i = 0; i < sheets.length; i++) {
    const sheet = sheets[i] as Sheet;
    if (position < sheet.last) return sheet;
  }
  return undefined;
}

/** Adds the sums of positions [start, end) to `sums`, or takes them. A run never reaches from one strip into another. */
export function addRun(positions: Positions, sums: Sums, start: number, end: number, times: 1 | -1 = 1): void {
  const sheet = sheetAt(positions, start);
  if (!sheet) {
    const { tail } = positions;
    const from = (start - 1 - tail.first) * SLOTS;
    const to = (end - 1 - tail.first) * SLOTS;
    for (let slot = 0; slot < SLOTS; slot++) {
      sums[slot] = (sums[slot] as number) + times * ((tail.sums[to + slot] as number) - (tail.sums[from + slot] as number));
    }
    return;
  }
  const { slots, counts, money, first } = sheet;
  const stride = slots.length;
  const from = (start - 1 - first) * stride;
  const to = (end - 1 - first) * stride;
  for (let column = 0; column < stride; column++) {
    const slot = slots[column] as number;
    sums[slot] = (sums[slot] as number) + times * ((counts[to + column] as number) - (counts[from + column] as number));
  }
  if (money) {
    const fen = (money[end - 1 - first] as number) - (money[start - 1 - first] as number);
    sums[SLOT.property] = (sums[SLOT.property] as number) + times * fen;
  }
}

/** The sums of all runs. */
export function sumsOf(positions: Positions, runs: Runs): Sums {
  const sums = noSums();
  for (let i = 0; i < runs.length; i += 2) addRun(positions, sums, runs[i] as number, runs[i + 1] as number);
  return sums;
}
