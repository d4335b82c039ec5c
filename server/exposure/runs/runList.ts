// Runs of consecutive positions: [start, end) pairs in one flat array, in order, disjoint. Totals over a run are two
// reads of running sums; nobody is listed until a list is asked for.

export type Runs = Int32Array;

export const NO_RUNS: Runs = new Int32Array(0);

/** Collects runs in ascending order; runs that touch become one. */
export class RunBuffer {
  private data = new Int32Array(64);
  private length = 0;

  clear(): void {
    this.length = 0;
  }

  /** `start` must not lie before the start of the run pushed last. */
  push(start: number, end: number): void {
    if (start >= end) return;
    const { length } = this;
    if (length > 0 && (this.data[length - 1] as number) >= start) {
      if ((this.data[length - 1] as number) < end) this.data[length - 1] = end;
      return;
    }
    if (length === this.data.length) {
      const grown = new Int32Array(length * 2);
      grown.set(this.data);
      this.data = grown;
    }
    this.data[length] = start;
    this.data[length + 1] = end;
    this.length = length + 2;
  }

  /** What was collected, as an array of its own. */
  take(): Runs {
    return this.length === 0 ? NO_RUNS : this.data.slice(0, this.length);
  }
}

const buffer = new RunBuffer();

/** Positions in either. */
export function unite(a: Runs, b: Runs): Runs {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  buffer.clear();
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (j >= b.length || (i < a.length && (a[i] as number) <= (b[j] as number))) {
      buffer.push(a[i] as number, a[i + 1] as number);
      i += 2;
    } else {
      buffer.push(b[j] as number, b[j + 1] as number);
      j += 2;
    }
  }
  return buffer.take();
}

/** Positions in `a` and not in `b`. */
export function subtract(a: Runs, b: Runs): Runs {
  if (a.length === 0 || b.length === 0) return a;
  buffer.clear();
  let j = 0;
  for (let i = 0; i < a.length; i += 2) {
    let start = a[i] as number;
    const end = a[i + 1] as number;
    while (j < b.length && (b[j + 1] as number) <= start) j += 2;
    for (let k = j; k < b.length && (b[k] as number) < end; k += 2) {
      buffer.push(start, b[k] as number);
      start = Math.max(start, b[k + 1] as number);
    }
    buffer.push(start, end);
  }
  return buffer.take();
}

/** Runs of positions listed in any order; one named twice counts once. */
export function runsOf(positions: readonly number[]): Runs {
  if (positions.length === 0) return NO_RUNS;
  buffer.clear();
  for (const position of positions.toSorted((a, b) => a - b)) buffer.push(position, position + 1);
  return buffer.take();
}

/** Is the position in one of the runs? */
export function contains(runs: Runs, position: number): boolean {
  let low = 0;
  let high = runs.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((runs[2 * middle + 1] as number) <= position) low = middle + 1;
    else high = middle;
  }
  return 2 * low < runs.length && (runs[2 * low] as number) <= position;
}

/** Only those positions that a mask (1 at the positions to keep) leaves. */
export function masked(runs: Runs, mask: Uint8Array): Runs {
  buffer.clear();
  for (let i = 0; i < runs.length; i += 2) {
    const end = runs[i + 1] as number;
    let position = runs[i] as number;
    while (position < end) {
      while (position < end && mask[position] === 0) position++;
      const start = position;
      while (position < end && mask[position] !== 0) position++;
      buffer.push(start, position);
    }
  }
  return buffer.take();
}

/** Every position, one by one. */
export function* positionsIn(runs: Runs): Generator<number> {
  for (let i = 0; i < runs.length; i += 2) {
    for (let position = runs[i] as number; position < (runs[i + 1] as number); position++) yield position;
  }
}
