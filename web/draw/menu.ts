// Where the context menu stands, in pixels of the map, and the place it was asked for.
import { signal } from '@preact/signals';

export interface MenuAt {
  readonly x: number;
  readonly y: number;
  readonly lon: number;
  readonly lat: number;
}

export const menuAt = signal<MenuAt | null>(null);
