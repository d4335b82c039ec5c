// Is the list of households without a position open. Kept apart from the list itself, which is fetched when needed.
import { signal } from '@preact/signals';

export const unlocatedOpen = signal(false);
