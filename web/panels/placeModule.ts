// Fetches the list of households without a position when somebody of the staff opens it. It lies over the totals, so it
// is closed when the book or the import takes their place.
import { computed, effect, signal } from '@preact/signals';
import { importOpen } from '../state/importView.ts';
import { isStaff, user } from '../state/service.ts';
import { unlocatedOpen } from '../state/staff/unlocatedView.ts';
import { picking } from '../state/view.ts';

type PlaceModule = typeof import('./place/Place.tsx');

const book = picking('book');

export const place = signal<PlaceModule | null>(null);

/** The list is open and here. */
export const unlocatedShown = computed(() => isStaff.value && unlocatedOpen.value && place.value !== null);

export function followPlaceModule(): void {
  effect(() => {
    if (!unlocatedOpen.value || place.peek()) return;
    void import('./place/Place.tsx').then((module) => {
      module.followPlace();
      place.value = module;
    });
  });
  effect(() => {
    void user.value;
    if (book.value !== undefined || importOpen.value || !isStaff.value) unlocatedOpen.value = false;
  });
}
