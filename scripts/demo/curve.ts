// Turns a few chosen vertices into lines that look grown: midpoint displacement, corner cutting, even spacing.
import { add, distance, left, minus, times, type Place } from './plane.ts';
import type { Random } from './random.ts';

/** Breaks each segment in the middle and shifts the break sideways by up to `amount` of the segment's length, `rounds` times. */
export function displaced(line: readonly Place[], random: Random, amount: number, rounds: number): Place[] {
  let current = [...line];
  for (let round = 0; round < rounds; round++) {
    const next: Place[] = [];
    current.forEach((vertex, index) => {
      const before = current[index - 1];
      if (before) {
        const across = times(left(minus(vertex, before)), random.between(-amount, amount));
        next.push(add(times(add(before, vertex), 0.5), across));
      }
      next.push(vertex);
    });
    current = next;
  }
  return current;
}

/** Chaikin's corner cutting; the ends stay. With `closed` the line is a ring without repeated vertex. */
export function rounded(line: readonly Place[], rounds: number, closed = false): Place[] {
  let current = [...line];
  for (let round = 0; round < rounds; round++) {
    const next: Place[] = [];
    current.forEach((vertex, index) => {
      const after = current[index + 1] ?? (closed ? current[0] : undefined);
      if (!after) return;
      next.push(add(times(vertex, 0.75), times(after, 0.25)), add(times(vertex, 0.25), times(after, 0.75)));
    });
    const [first] = current;
    const last = current.at(-1);
    current = closed || !first || !last ? next : [first, ...next, last];
  }
  return current;
}

/** Vertices about `spacing` metres apart along the line; both ends stay. */
export function evenly(line: readonly Place[], spacing: number): Place[] {
  const result: Place[] = [];
  let carried = 0;
  line.forEach((vertex, index) => {
    const before = line[index - 1];
    if (!before) {
      result.push(vertex);
      return;
    }
    const length = distance(before, vertex);
    let at = spacing - carried;
    for (; at < length; at += spacing) result.push(add(before, times(minus(vertex, before), at / length)));
    carried = length - (at - spacing);
  });
  const last = line.at(-1);
  if (last && carried > spacing * 0.3) result.push(last);
  else if (last) result[result.length - 1] = last;
  return result;
}
