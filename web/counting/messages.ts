// What the page and its counting worker say to each other.
import type { PopulationBase, TimeOfDay } from '../../server/domain/figure.ts';
import type { Geometry, Position } from '../../server/domain/feature.ts';
import type { DraftCount } from '../../server/exposure/draftCount.ts';
import type { PackedCount } from '../../server/exposure/packedCount.ts';

interface Asked {
  /** Every question has a number, and its answer the same. */
  readonly number: number;
  readonly base: PopulationBase;
  readonly at: TimeOfDay;
}

/** What a draft is compared with: the shape that is saved, and the zones in whose place it would stand. */
export interface Compared {
  readonly saved: Geometry | null;
  readonly standing: readonly string[];
}

export type Request =
  | { readonly ask: 'load' }
  /** What of an area lives in it and under threat. */
  | (Asked & { readonly ask: 'count'; readonly area: Geometry })
  | ({ readonly ask: 'compare' } & Compared)
  /** @param places also where those are who come in and drop out */
  | (Asked & { readonly ask: 'draft'; readonly shape: Geometry | null; readonly places: boolean });

/** Where those are who come in and drop out, as far as they are few enough to be shown one by one. */
export interface Changed {
  readonly comesIn: readonly Position[];
  readonly dropsOut: readonly Position[];
}

export type Answer =
  | { readonly answer: 'loaded'; readonly revision: number; readonly bytes: number; readonly milliseconds: number }
  | { readonly answer: 'failed'; readonly status: number; readonly message: string }
  | { readonly answer: 'counted'; readonly number: number; readonly count: PackedCount }
  /** A shape could not be counted. */
  | { readonly answer: 'faulty'; readonly number: number; readonly message: string }
  /** The basis is known (anew): drafts are counted against it from here on. */
  | { readonly answer: 'compared' }
  | { readonly answer: 'drafted'; readonly number: number; readonly count: DraftCount; readonly changed: Changed | null };
