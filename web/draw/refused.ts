// Why the last thing was not done, shown until the next one is.
import { signal } from '@preact/signals';

export const refused = signal<
  'too_few' | 'crosses_itself' | 'line_crosses_itself' | 'line_does_not_cross' | 'line_ends_inside' | 'overlay_failed' | null
>(null);
