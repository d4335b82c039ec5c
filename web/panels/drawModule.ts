// Fetches the drawing when a planner opens it. It takes the place of the figures, the book, the import and the records.
import { computed, effect, signal, untracked } from '@preact/signals';
import { atLeast } from '../../server/domain/role.ts';
import { importOpen } from '../state/importView.ts';
import { role } from '../state/service.ts';
import { draftKept, drawOpen } from '../state/staff/drawView.ts';
import { unlocatedOpen } from '../state/staff/unlocatedView.ts';
import { changeView, closeBook, picking, view } from '../state/view.ts';

type DrawModule = typeof import('./draw/Draw.tsx');

const asked = computed(() => drawOpen.value && atLeast(role.value, 'planner'));
const book = picking('book');

export const drawing = signal<DrawModule | null>(null);

/** The drawing is open and here. */
export const drawShown = computed(() => asked.value && drawing.value !== null);

export function followDrawModule(): void {
  // a reload, or a link, comes back to the drawing, where what was not saved waits
  drawOpen.value = view.peek().draw === true && atLeast(role.peek(), 'planner');
  effect(() => {
    const draw = drawOpen.value || undefined;
    if (untracked(() => view.peek().draw) !== draw) changeView({ draw });
  });
  effect(() => {
    if (!asked.value || drawing.peek()) return;
    void import('./draw/Draw.tsx').then((module) => {
      module.followDrawing();
      drawing.value = module;
    });
  });
  effect(() => {
    if (!drawOpen.value) return;
    untracked(() => {
      closeBook();
      importOpen.value = false;
      unlocatedOpen.value = false;
    });
  });
  effect(() => {
    if (book.value !== undefined || importOpen.value) drawOpen.value = false;
  });
  effect(() => {
    if (atLeast(role.value, 'planner')) {
      if (untracked(() => draftKept.peek())) drawOpen.value = true;
      draftKept.value = false;
      return;
    }
    draftKept.value = untracked(() => drawOpen.peek() && (drawing.peek()?.holdsDraft() ?? false));
    drawOpen.value = false;
  });
}
