// All memberships anew, by one thread or several: each takes the next zone from a counter that all share, the costliest
// first. A zone is counted by one thread alone, so the result does not depend on their number.
import type { FlatShape } from './flatShape.ts';
import { membershipOf, type Membership } from './membership.ts';
import type { Positions } from './units/positions.ts';

/** Places in the shared control: the next zone to take, zones done, and whether to stop. */
const NEXT = 0;
const DONE = 1;
const STOP = 2;

/** Shared by the threads of one computation. */
export class Control {
  readonly state: Int32Array;

  /** @param memory 12 bytes, shared where several threads count */
  constructor(memory: ArrayBufferLike = new ArrayBuffer(12)) {
    this.state = new Int32Array(memory);
  }

  /** The place in the order of the next zone to count. */
  take(): number {
    return Atomics.add(this.state, NEXT, 1);
  }

  finish(): void {
    Atomics.add(this.state, DONE, 1);
  }

  /** Zones counted so far, by all threads. */
  get done(): number {
    return Atomics.load(this.state, DONE);
  }

  cancel(): void {
    Atomics.store(this.state, STOP, 1);
  }

  get cancelled(): boolean {
    return Atomics.load(this.state, STOP) === 1;
  }
}

/** Numbers of the zones, the costliest first: by vertices and by the ground they take up. */
export function orderOf(shapes: readonly FlatShape[]): Int32Array {
  const cost = shapes.map((shape) => {
    const [west, south, east, north] = shape.bounds;
    return verticesOf(shape) + 1e6 * (east - west) * (north - south);
  });
  return Int32Array.from(shapes.keys()).sort((a, b) => (cost[b] as number) - (cost[a] as number) || a - b);
}

export function verticesOf(shape: FlatShape): number {
  const chains = shape.kind === 'disc' ? [] : shape.kind === 'strip' ? [shape.lines] : shape.parts;
  return chains.reduce((sum, { xy }) => sum + xy.length / 2, shape.kind === 'margin' ? shape.lines.xy.length / 2 : 1);
}

/** Memberships in one array, to be handed to another thread: zone, lengths, positions inside, positions near. */
export type PackedShare = Int32Array;

/** Counts zones until none is left or the computation is cancelled. Yields after each, so that the caller can breathe. */
export function* countShare(
  positions: Positions,
  shapes: readonly FlatShape[],
  order: Int32Array,
  control: Control,
): Generator<void, PackedShare> {
  const found: [number, Membership][] = [];
  let length = 0;
  for (let place = control.take(); place < order.length && !control.cancelled; place = control.take()) {
    const zone = order[place] as number;
    const membership = membershipOf(positions, shapes[zone] as FlatShape);
    found.push([zone, membership]);
    length += HEAD + membership.inside.length + membership.near.length;
    control.finish();
    yield;
  }
  const share = new Int32Array(length);
  let at = 0;
  for (const [zone, { inside, near }] of found) {
    share.set([zone, inside.length, near.length], at);
    share.set(inside, at + HEAD);
    share.set(near, at + HEAD + inside.length);
    at += HEAD + inside.length + near.length;
  }
  return share;
}

const HEAD = 3;

/** Puts the memberships of a share in their places. */
export function unpackShare(share: PackedShare, memberships: Membership[]): void {
  for (let at = 0; at < share.length;) {
    const [zone, inside, near] = [share[at] as number, share[at + 1] as number, share[at + 2] as number];
    const from = at + HEAD;
    memberships[zone] = { inside: share.slice(from, from + inside), near: share.slice(from + inside, from + inside + near) };
    at = from + inside + near;
  }
}
