// Are the records open, and what of them is looked at. Kept apart from the records themselves, which are fetched when needed.
import { batch, signal } from '@preact/signals';
import type { LayerName } from '../../../server/domain/layer.ts';

export type RecordsPage =
  | { readonly at: 'table' }
  | { readonly at: 'removed' }
  | { readonly at: 'new' }
  /** `id` null: a feature that is not stored yet. */
  | { readonly at: 'form'; readonly id: string | null };

export const recordsOpen = signal(false);
export const recordsLayer = signal<LayerName>('hazard-points');
export const recordsPage = signal<RecordsPage>({ at: 'table' });

/** @param keepsTable what was changed in the table stays in hand: only the form is left */
type Guard = (go: () => void, keepsTable: boolean) => void;
let guard: Guard = (go) => go();

/** Whoever holds something unsaved says what happens before the records go elsewhere. */
export function guardRecords(next: Guard): void {
  guard = next;
}

/** Goes elsewhere in the records, or out of them; what is unsaved is asked about first. */
export const leaving = (go: () => void, keepsTable = false): void => guard(go, keepsTable);

/** Shows a page of a layer's records. */
export function showRecords(layer: LayerName, page: RecordsPage): void {
  leaving(
    () =>
      batch(() => {
        recordsLayer.value = layer;
        recordsPage.value = page;
        recordsOpen.value = true;
      }),
    layer === recordsLayer.peek(),
  );
}

/** Leaves the records; the next time they open with the table. */
export function closeRecords(after: () => void = () => undefined): void {
  leaving(() => {
    batch(() => {
      recordsOpen.value = false;
      recordsPage.value = { at: 'table' };
    });
    after();
  });
}

/** Opens the form of a feature. */
export const openRecord = (layer: LayerName, id: string): void => showRecords(layer, { at: 'form', id });
