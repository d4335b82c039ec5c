// Fetches the records when a planner opens them. They, the book, the import and the drawing take the same place: one of them is open.
import { computed, effect, signal, untracked } from '@preact/signals';
import { atLeast } from '../../server/domain/role.ts';
import { importOpen } from '../state/importView.ts';
import { role } from '../state/service.ts';
import { drawOpen } from '../state/staff/drawView.ts';
import { recordsOpen } from '../state/staff/recordsView.ts';
import { unlocatedOpen } from '../state/staff/unlocatedView.ts';
import { closeBook, picking } from '../state/view.ts';

type RecordsModule = typeof import('./records/Records.tsx');

const asked = computed(() => recordsOpen.value && atLeast(role.value, 'planner'));
const book = picking('book');

export const records = signal<RecordsModule | null>(null);

/** The records are open and here. */
export const recordsShown = computed(() => asked.value && records.value !== null);

export function followRecordsModule(): void {
  effect(() => {
    if (!asked.value || records.peek()) return;
    void import('./records/Records.tsx').then((module) => {
      records.value = module;
    });
  });
  effect(() => {
    if (!recordsOpen.value) return;
    untracked(() => {
      closeBook();
      importOpen.value = false;
      drawOpen.value = false;
      unlocatedOpen.value = false;
    });
  });
  effect(() => {
    if (book.value !== undefined || importOpen.value || drawOpen.value) recordsOpen.value = false;
  });
}
