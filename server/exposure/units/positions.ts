// What counting needs of the units, and nothing that names one: shared with other threads, packed for the page.
import type { Geometry } from '../../domain/feature.ts';
import type { Sheet } from './sheet.ts';

export interface Positions {
  readonly sheets: readonly Sheet[];
  /** Degrees, by position. */
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** Metres, 0 where none is stated; null while nobody states any. */
  readonly accuracy: Float64Array | null;
  readonly footprints: ReadonlyMap<number, Geometry>;
  readonly tail: Tail;
}

/** Positions [first + 1, next): units in the order they came. */
export interface Tail {
  readonly first: number;
  next: number;
  readonly capacity: number;
  /** Running sums of all slots, SLOTS a position. */
  readonly sums: Float64Array;
  /** Metres, by position from `first`; -1 where no unit is any more. */
  readonly reach: Float64Array;
}
