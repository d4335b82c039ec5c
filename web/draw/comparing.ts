// A second shape laid beside the draft: somebody else's version, or an earlier one. Shown, never edited.
import { signal } from '@preact/signals';
import type { Shape } from '../draft/shape.ts';

export interface ComparedShape {
  readonly shape: Shape;
  readonly look: 'theirs' | 'earlier';
}

export const compared = signal<ComparedShape | null>(null);
