// The place a reader asked about, for the answer in words.
import { signal } from '@preact/signals';
import type { Place } from './selection.ts';

export interface Here {
  readonly place: Place;
  readonly township: string | null;
}

export const here = signal<Here | null>(null);
