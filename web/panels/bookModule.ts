// Fetches the book of rules and checks when somebody of the staff opens it.
import { computed, effect, signal } from '@preact/signals';
import { isStaff } from '../state/service.ts';
import { picking } from '../state/view.ts';

type BookModule = typeof import('./book/Book.tsx');

const asked = picking('book');

export const book = signal<BookModule | null>(null);

/** The book is open and here. */
export const bookOpen = computed(() => isStaff.value && asked.value !== undefined && book.value !== null);

export function followBookModule(): void {
  effect(() => {
    if (!isStaff.value || asked.value === undefined || book.peek()) return;
    void import('./book/Book.tsx').then((module) => {
      book.value = module;
    });
  });
}
