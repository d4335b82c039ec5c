// Fetches the staff's part of the page when somebody of the staff is there.
import { effect, signal } from '@preact/signals';
import { isStaff } from '../state/service.ts';

type CountModule = typeof import('./count/Count.tsx');

export const count = signal<CountModule | null>(null);

export function followCountModule(): void {
  effect(() => {
    if (!isStaff.value || count.peek()) return;
    void import('./count/Count.tsx').then((module) => {
      module.followStaff();
      count.value = module;
    });
  });
}
