// On a phone: is the rest of the panel pulled up over the map?
import { signal } from '@preact/signals';

export const sheetOpen = signal(false);
