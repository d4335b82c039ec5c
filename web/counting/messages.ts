// What the page and its counting worker say to each other.
import type { PopulationBase, TimeOfDay } from '../../server/domain/figure.ts';
import type { Geometry } from '../../server/domain/feature.ts';
import type { PackedCount } from '../../server/exposure/packedCount.ts';

export type Request =
  | { readonly ask: 'load' }
  | { readonly ask: 'count'; readonly number: number; readonly area: Geometry; readonly base: PopulationBase; readonly at: TimeOfDay };

export type Answer =
  | { readonly answer: 'loaded'; readonly revision: number }
  | { readonly answer: 'failed'; readonly status: number; readonly message: string }
  | { readonly answer: 'counted'; readonly number: number; readonly count: PackedCount };
