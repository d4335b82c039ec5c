// Whoever signs in or out sees nothing that was opened before as somebody else: cards, answers, filters of lists.
import { effect, untracked } from '@preact/signals';
import { here } from './here.ts';
import { clearSelection } from './selection.ts';
import { isStaff, role } from './service.ts';
import { listFilter } from './table.ts';
import { clearFilters, closeBook } from './view.ts';

export function followRole(): void {
  let before = role.peek();
  effect(() => {
    const now = role.value;
    if (now === before) return;
    before = now;
    untracked(() => {
      clearSelection();
      here.value = null;
      listFilter.value = {};
      if (isStaff.peek()) return;
      clearFilters();
      closeBook();
    });
  });
}
