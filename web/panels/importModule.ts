// Fetches the import when a planner opens it. It and the book take the same place: one of them is open.
import { computed, effect, signal } from '@preact/signals';
import { atLeast } from '../../server/domain/role.ts';
import { importOpen } from '../state/importView.ts';
import { role } from '../state/service.ts';
import { picking } from '../state/view.ts';

type ImportModule = typeof import('./import/Import.tsx');

const asked = computed(() => importOpen.value && atLeast(role.value, 'planner'));
const book = picking('book');

export const doctor = signal<ImportModule | null>(null);

/** The import is open and here. */
export const importShown = computed(() => asked.value && doctor.value !== null);

export function followImportModule(): void {
  effect(() => {
    if (!asked.value || doctor.peek()) return;
    void import('./import/Import.tsx').then((module) => {
      doctor.value = module;
    });
  });
  effect(() => {
    if (book.value !== undefined) importOpen.value = false;
  });
}
