// Fetches the planners' part of the card when a planner is there.
import { effect, signal } from '@preact/signals';
import { atLeast } from '../../server/domain/role.ts';
import { role } from '../state/service.ts';

type LifecycleModule = typeof import('./lifecycle/Lifecycle.tsx');

export const lifecycle = signal<LifecycleModule | null>(null);

export function followLifecycleModule(): void {
  effect(() => {
    if (!atLeast(role.value, 'planner') || lifecycle.peek()) return;
    void import('./lifecycle/Lifecycle.tsx').then((module) => {
      lifecycle.value = module;
    });
  });
}
