// The outline of an area that the rules propose, while somebody decides whether to keep it.
import { signal } from '@preact/signals';

export const proposal = signal<GeoJSON.Geometry | null>(null);
