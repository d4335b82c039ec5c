// Is the import open, and what of it lies over the map. Kept apart from the import itself, which is fetched when needed.
import { signal } from '@preact/signals';

export const importOpen = signal(false);

/** Rows of a checked file, those that were mended as they were and as they are. */
export const importPreview = signal<GeoJSON.FeatureCollection | null>(null);
