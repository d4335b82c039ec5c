// Lets water cut a landscape: uplift against stream power (E = K A^m S), solved implicitly along the drainage tree as in
// Braun & Willett, "A very efficient O(n), implicit and parallel method to solve the stream power equation", 2013. Ridges and
// gullies come out branched as real ones do, which noise alone never gives.

const ROUNDS = 44;
/** Metres raised a round. */
const UPLIFT = 4.6;
const ERODIBILITY = 0.43;
const AREA_EXPONENT = 0.45;
/** Share of the neighbours' curvature that creeps away in a round: rounds the ridges. */
const CREEP = 0.21;
/** Loess and shale do not stand steeper for long, metres per metre. */
const STEEPEST = 0.95;

export interface Drainage {
  /** The cell each cell drains to; itself where water leaves the grid. */
  readonly receiver: Int32Array;
  /** Every cell after the one it drains to. */
  readonly order: Int32Array;
  /** Area drained through a cell, square metres. */
  readonly upstream: Float64Array;
}

export interface Grid {
  readonly columns: number;
  readonly rows: number;
  /** Metres a side. */
  readonly cell: number;
}

/** A fixed number between -1 and 1 for a pair of cells. */
function scatter(here: number, there: number): number {
  const mixed = Math.imul(here ^ Math.imul(there, 0x9e3779b1), 0x85ebca6b);
  return (((mixed ^ (mixed >>> 15)) >>> 8) & 0xffff) / 32_768 - 1;
}

function receivers(height: Float64Array, fixed: Uint8Array, { columns, rows, cell }: Grid): Int32Array {
  const receiver = new Int32Array(height.length);
  const diagonal = cell * Math.SQRT2;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const here = row * columns + column;
      let best = here;
      if (fixed[here] === 0) {
        const level = height[here] ?? 0;
        let steepest = 0;
        for (let dr = -1; dr <= 1; dr++) {
          for (let dc = -1; dc <= 1; dc++) {
            const r = row + dr;
            const c = column + dc;
            if ((dr === 0 && dc === 0) || r < 0 || c < 0 || r >= rows || c >= columns) continue;
            const there = r * columns + c;
            const slope = (level - (height[there] ?? 0)) / (dr !== 0 && dc !== 0 ? diagonal : cell);
            // A little favour for some neighbours over others keeps gullies from running along the grid.
            const favoured = slope * (1 + 0.3 * scatter(here, there));
            if (slope > 0 && favoured > steepest) {
              steepest = favoured;
              best = there;
            }
          }
        }
      }
      receiver[here] = best;
    }
  }
  return receiver;
}

/** Cells sorted so that each comes after its receiver: counting sort of donors, then a walk up the tree. */
function upstreamOrder(receiver: Int32Array): Int32Array {
  const count = receiver.length;
  const start = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) {
    const to = receiver[i] ?? i;
    if (to !== i) start[to + 1] = (start[to + 1] ?? 0) + 1;
  }
  for (let i = 0; i < count; i++) start[i + 1] = (start[i + 1] ?? 0) + (start[i] ?? 0);
  const fill = start.slice();
  const donors = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const to = receiver[i] ?? i;
    if (to === i) continue;
    donors[fill[to] ?? 0] = i;
    fill[to] = (fill[to] ?? 0) + 1;
  }
  const order = new Int32Array(count);
  let length = 0;
  for (let i = 0; i < count; i++) if (receiver[i] === i) order[length++] = i;
  for (let at = 0; at < length; at++) {
    const here = order[at] ?? 0;
    for (let d = start[here] ?? 0; d < (start[here + 1] ?? 0); d++) order[length++] = donors[d] ?? 0;
  }
  return order;
}

/** Where the water of a surface goes. `fixed` cells (rivers, rims) keep their water. */
export function drainageOf(height: Float64Array, fixed: Uint8Array, grid: Grid): Drainage {
  const receiver = receivers(height, fixed, grid);
  const order = upstreamOrder(receiver);
  const upstream = new Float64Array(height.length).fill(grid.cell * grid.cell);
  for (let at = order.length - 1; at >= 0; at--) {
    const here = order[at] ?? 0;
    const to = receiver[here] ?? here;
    if (to !== here) upstream[to] = (upstream[to] ?? 0) + (upstream[here] ?? 0);
  }
  return { receiver, order, upstream };
}

function creep(height: Float64Array, fixed: Uint8Array, columns: number, rows: number): void {
  const before = height.slice();
  for (let row = 1; row < rows - 1; row++) {
    for (let i = row * columns + 1; i < (row + 1) * columns - 1; i++) {
      if (fixed[i] !== 0) continue;
      const around = (before[i - 1] ?? 0) + (before[i + 1] ?? 0) + (before[i - columns] ?? 0) + (before[i + columns] ?? 0);
      height[i] = (before[i] ?? 0) + CREEP * (around - 4 * (before[i] ?? 0));
    }
  }
}

/**
 * Erodes `height` (metres) in place. `fixed` cells keep their height; `strength` multiplies uplift and erodibility per cell, so
 * that some hills stand higher and some valleys cut deeper.
 */
export function erode(height: Float64Array, fixed: Uint8Array, uplift: Float32Array, softness: Float32Array, grid: Grid): void {
  const { columns, rows, cell } = grid;
  for (let round = 0; round < ROUNDS; round++) {
    const { receiver, order, upstream } = drainageOf(height, fixed, grid);
    for (const here of order) {
      if (fixed[here] !== 0) continue;
      const to = receiver[here] ?? here;
      const raised = (height[here] ?? 0) + UPLIFT * (uplift[here] ?? 1);
      if (to === here) {
        height[here] = raised;
        continue;
      }
      const step = Math.abs(to - here);
      const run = step === 1 || step === columns ? cell : cell * Math.SQRT2;
      const force = (ERODIBILITY * (softness[here] ?? 1) * (upstream[here] ?? 0) ** AREA_EXPONENT) / run;
      const below = height[to] ?? 0;
      height[here] = Math.min((raised + force * below) / (1 + force), below + STEEPEST * run);
    }
    creep(height, fixed, columns, rows);
  }
}
