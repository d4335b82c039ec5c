// Is the drawing open, and on what. Kept apart from the drawing itself, which is fetched when needed.
import { signal } from '@preact/signals';
import type { LayerName } from '../../../server/domain/layer.ts';

/** What is to be drawn: a feature that is there, or a new one of a layer. */
export interface DrawTarget {
  readonly layer: LayerName;
  readonly id?: string;
  /** Properties that a new feature starts with. */
  readonly properties?: Readonly<Record<string, string>>;
}

/** The drawing is open: it takes the place of the figures beside the map. */
export const drawOpen = signal(false);

/** The session ended over a draft: it is kept, and comes back with its owner. */
export const draftKept = signal(false);

/** What somebody asked to draw, until the drawing has taken it up. */
export const drawTarget = signal<DrawTarget | null>(null);

/** Opens the drawing on a feature, or on a new one. */
export function openDraft(target: DrawTarget): void {
  drawTarget.value = target;
  drawOpen.value = true;
}
