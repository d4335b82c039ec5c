// The one store of what is looked at and how it is counted. The address bar follows it.
import { computed, effect, signal } from '@preact/signals';
import { readView, writeView, type Book, type View } from './permalink.ts';

export const view = signal<View>(readView(location.hash));

export function changeView(change: Partial<View>): void {
  view.value = { ...view.peek(), ...change };
}

/** A part of the view that only changes when that part does. */
export const picking = <K extends keyof View>(key: K) => computed(() => view.value[key]);

export const filtersOn = computed(() => {
  const { township, register, hazardType, layer } = view.value;
  return Boolean(township ?? register ?? hazardType ?? layer);
});

export function clearFilters(): void {
  changeView({ township: null, register: null, hazardType: null, layer: null });
}

/** Opens the rules or the checks beside the map, at one rule where it is named. */
export function openBook(book: Book, rule?: string): void {
  changeView({ book, rule });
}

export function closeBook(): void {
  changeView({ book: undefined, rule: undefined });
}

export function keepAddress(): void {
  effect(() => {
    const hash = writeView(view.value);
    if (hash !== location.hash) history.replaceState(history.state, '', `${location.pathname}${location.search}${hash}`);
  });
  // A link pasted into the same tab: take everything from it (the map listens for the camera itself).
  addEventListener('hashchange', () => {
    view.value = readView(location.hash);
  });
}
