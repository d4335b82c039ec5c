// Once-counted totals, kept up to date: how many areas take in each position, and the sums over those that any does.
// Adding or removing an area costs its own members, not all units.
import type { Runs } from './runs/runList.ts';
import { addSums, noSums, type Sums } from './sums.ts';
import type { UnitIndex } from './units/unitIndex.ts';
import { addRun } from './units/runSums.ts';

export class Cover {
  /** By position: areas that take it in. */
  readonly count: Uint16Array | Uint32Array;
  /** Over all positions with a count. */
  readonly sums: Sums = noSums();
  /** The same by number of the township; null where nobody asks for it. */
  readonly byTownship: Map<number, Sums> | null;
  private readonly index: UnitIndex;

  /**
   * @param areas the most areas that will ever be added at the same time
   * @param townships also keep the sums of each township
   */
  constructor(index: UnitIndex, areas: number, townships = false) {
    this.index = index;
    this.count = areas < 0xffff ? new Uint16Array(index.capacity) : new Uint32Array(index.capacity);
    this.byTownship = townships ? new Map() : null;
  }

  add(runs: Runs): void {
    const { count } = this;
    for (let i = 0; i < runs.length; i += 2) {
      const end = runs[i + 1] as number;
      let position = runs[i] as number;
      while (position < end) {
        while (position < end && count[position] !== 0) count[position] = (count[position++] as number) + 1;
        const start = position;
        while (position < end && count[position] === 0) count[position++] = 1;
        if (position > start) this.change(start, position, 1);
      }
    }
  }

  /** Takes back what was added with the same runs. */
  remove(runs: Runs): void {
    const { count } = this;
    for (let i = 0; i < runs.length; i += 2) {
      const end = runs[i + 1] as number;
      let position = runs[i] as number;
      while (position < end) {
        while (position < end && count[position] !== 1) count[position] = (count[position++] as number) - 1;
        const start = position;
        while (position < end && count[position] === 1) count[position++] = 0;
        if (position > start) this.change(start, position, -1);
      }
    }
  }

  /** What a unit weighs is added or taken, where it is covered: before it dies, or after its township changed. */
  weigh(position: number, times: 1 | -1): void {
    if (this.count[position] !== 0) this.change(position, position + 1, times);
  }

  covers(position: number): boolean {
    return this.count[position] !== 0;
  }

  private change(start: number, end: number, times: 1 | -1): void {
    addRun(this.index, this.sums, start, end, times);
    if (!this.byTownship) return;
    const { township } = this.index;
    while (start < end) {
      const number = township[start] as number;
      let stop = start + 1;
      while (stop < end && township[stop] === number) stop++;
      let sums = this.byTownship.get(number);
      if (!sums) {
        sums = noSums();
        this.byTownship.set(number, sums);
      }
      addRun(this.index, sums, start, stop, times);
      start = stop;
    }
  }

  /** The difference of two covers' sums: those in this one and not in the other, where the other is part of it. */
  sumsWithout(other: Cover): Sums {
    const sums = this.sums.slice();
    addSums(sums, other.sums, -1);
    return sums;
  }
}
