// Where names and numbers stand on a map so that none covers another: first come, first placed (pure).
import type { Position } from '../domain/feature.ts';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const CELL = 24;

/** Boxes in points that are taken, in a grid of cells so that thousands stay cheap. */
export class LabelPlaces {
  private readonly cells = new Map<string, Box[]>();
  private readonly face: Box;

  constructor(width: number, height: number) {
    this.face = { left: 0, top: 0, right: width, bottom: height };
  }

  /** Takes a box; false when another overlaps it or it leaves the face. `force` takes it anyway. */
  take(left: number, top: number, width: number, height: number, force = false): boolean {
    const box = { left, top, right: left + width, bottom: top + height };
    const { face } = this;
    if (!force && (box.left < face.left || box.top < face.top || box.right > face.right || box.bottom > face.bottom)) return false;
    const keys = keysOf(box);
    if (!force && keys.some((key) => this.cells.get(key)?.some((other) => overlap(box, other)))) return false;
    for (const key of keys) {
      const boxes = this.cells.get(key);
      if (boxes) boxes.push(box);
      else this.cells.set(key, [box]);
    }
    return true;
  }
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function keysOf({ left, top, right, bottom }: Box): string[] {
  const keys: string[] = [];
  for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++)
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) keys.push(`${x},${y}`);
  return keys;
}

/** The numbers 0 to n − 1, coarse to fine: whatever prefix of them finds room is spread over the whole ring. */
export function* coarseToFine(n: number): Generator<number> {
  if (n > 0) yield 0;
  let step = 1;
  while (step < n) step *= 2;
  for (; step >= 1; step /= 2) for (let at = step; at < n; at += 2 * step) yield at;
}

/** The unit direction in which a ring looks outwards at a vertex, given its neighbours; `clockwise` as seen on the page. */
export function outward(before: Position, at: Position, after: Position, clockwise: boolean): Position {
  const one = unit(at[0] - before[0], at[1] - before[1]);
  const two = unit(after[0] - at[0], after[1] - at[1]);
  // the normal of the way through the vertex: left of it on a page with y down is (dy, −dx)
  const [dx, dy] = [one[0] + two[0], one[1] + two[1]];
  const normal = Math.hypot(dx, dy) < 1e-9 ? one : unit(dy, -dx);
  return clockwise ? normal : [-normal[0], -normal[1]];
}

function unit(x: number, y: number): Position {
  const length = Math.hypot(x, y);
  return length === 0 ? [0, 0] : [x / length, y / length];
}

/** Does a ring run clockwise as seen on a page with y down? */
export function isClockwise(ring: readonly Position[]): boolean {
  let twice = 0;
  for (const [i, b] of ring.entries()) {
    const a = ring[(i + ring.length - 1) % ring.length] as Position;
    twice += a[0] * b[1] - b[0] * a[1];
  }
  return twice > 0;
}
