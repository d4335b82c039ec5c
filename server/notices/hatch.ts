// Slanting lines within an area, cut at its rings: a canvas clips to tens of thousands of corners only in seconds (pure).
import type { Position } from '../domain/feature.ts';

export type Stroke = readonly [from: Position, to: Position];

/**
 * Strokes from lower left to upper right, `gap` apart along x, inside the rings by the even-odd rule. Units are those of the
 * rings, y goes down. Rings need not be closed.
 */
export function hatch(rings: readonly (readonly Position[])[], gap: number): Stroke[] {
  // x + y is the same all along a stroke, so strokes are the whole multiples of the gap
  const cuts = new Map<number, number[]>();
  for (const ring of rings) {
    for (const [i, b] of ring.entries()) {
      const a = ring[(i + ring.length - 1) % ring.length] as Position;
      const [from, to] = [(a[0] + a[1]) / gap, (b[0] + b[1]) / gap];
      // half open, so that a stroke through a corner meets one of its edges or both, never one of two
      for (let line = Math.ceil(Math.min(from, to)); line < Math.max(from, to); line++) {
        const x = a[0] + ((b[0] - a[0]) * (line - from)) / (to - from);
        const found = cuts.get(line);
        if (found) found.push(x);
        else cuts.set(line, [x]);
      }
    }
  }
  const strokes: Stroke[] = [];
  for (const [line, xs] of cuts) {
    xs.sort((one, other) => one - other);
    for (let i = 1; i < xs.length; i += 2) {
      const [from, to] = [xs[i - 1] as number, xs[i] as number];
      strokes.push([
        [from, line * gap - from],
        [to, line * gap - to],
      ]);
    }
  }
  return strokes;
}
