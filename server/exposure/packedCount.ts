// Counts a shape over the packed index: what the page's worker does while a shape or the view moves.
import type { Figure, PopulationBase, TimeOfDay } from '../domain/figure.ts';
import { figureOf, measuresOf, type Measures } from './figures.ts';
import type { FlatShape } from './flatShape.ts';
import { certainOf, membershipOf, type Membership } from './membership.ts';
import type { PackedIndex } from './packed.ts';
import { noSums } from './sums.ts';
import type { Positions } from './units/positions.ts';
import { addRun, sumsOf } from './units/runSums.ts';

/** The figure inside a shape, nominally, for certain and possibly. */
export interface ShapeFigure extends Figure {
  readonly certain: Figure;
  readonly possible: Figure;
}

export function shapeFigure(positions: Positions, membership: Membership, measures: Measures): ShapeFigure {
  return {
    ...figureOf(sumsOf(positions, membership.inside), measures),
    certain: figureOf(sumsOf(positions, certainOf(membership)), measures),
    possible: figureOf(sumsOf(positions, membership.near), measures),
  };
}

export interface PackedCount extends ShapeFigure {
  readonly revision: number;
  /** Those inside who lie in any threatened area, each counted once. */
  readonly threatened: Figure;
}

export function countPacked(index: PackedIndex, shape: FlatShape, base: PopulationBase, at: TimeOfDay): PackedCount {
  const measures = measuresOf({ states: (_kind, name) => index.stated.includes(name) }, base, at);
  const membership = membershipOf(index, shape);
  const { inside } = index.covers;
  const threatened = noSums();
  const runs = membership.inside;
  for (let i = 0; i < runs.length; i += 2) {
    const end = runs[i + 1] as number;
    let position = runs[i] as number;
    while (position < end) {
      while (position < end && inside[position] === 0) position++;
      const start = position;
      while (position < end && inside[position] !== 0) position++;
      if (start < position) addRun(index, threatened, start, position);
    }
  }
  return { ...shapeFigure(index, membership, measures), threatened: figureOf(threatened, measures), revision: index.revision };
}
