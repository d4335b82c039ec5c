// Speaks to screen readers through one polite live region. What somebody did is said at once; what happens around
// them waits until it has settled, so that a burst of new figures is one sentence.
import { signal } from '@preact/signals';

export const announcement = signal('');
const AMBIENT_MS = 500;
let timer: ReturnType<typeof setTimeout> | undefined;

export function announce(text: string, ambient = false): void {
  clearTimeout(timer);
  timer = setTimeout(
    () => {
      // The same words twice are read once by most readers unless something invisible differs.
      announcement.value = announcement.peek() === text ? `${text}\u200B` : text;
    },
    ambient ? AMBIENT_MS : 0,
  );
}
