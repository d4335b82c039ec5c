// Finds what is near a place: things sorted into square cells.
import type { Place } from './plane.ts';

export class SpatialHash<T> {
  readonly #cell: number;
  readonly #cells = new Map<number, { at: Place; item: T }[]>();

  /** `cell`: side of a cell in metres; about the radius that is asked for. */
  constructor(cell: number) {
    this.#cell = cell;
  }

  #key(column: number, row: number): number {
    return (column + 32_768) * 65_536 + row + 32_768;
  }

  add(at: Place, item: T): void {
    const key = this.#key(Math.floor(at[0] / this.#cell), Math.floor(at[1] / this.#cell));
    const list = this.#cells.get(key);
    if (list) list.push({ at, item });
    else this.#cells.set(key, [{ at, item }]);
  }

  /** Everything within `radius` metres, nearest or not. */
  *within(place: Place, radius: number): Generator<T> {
    const [x, y] = place;
    const lastColumn = Math.floor((x + radius) / this.#cell);
    const lastRow = Math.floor((y + radius) / this.#cell);
    for (let column = Math.floor((x - radius) / this.#cell); column <= lastColumn; column++) {
      for (let row = Math.floor((y - radius) / this.#cell); row <= lastRow; row++) {
        for (const entry of this.#cells.get(this.#key(column, row)) ?? []) {
          const dx = entry.at[0] - x;
          const dy = entry.at[1] - y;
          if (dx * dx + dy * dy <= radius * radius) yield entry.item;
        }
      }
    }
  }

  any(place: Place, radius: number): boolean {
    for (const _ of this.within(place, radius)) return true;
    return false;
  }

  count(place: Place, radius: number): number {
    let found = 0;
    for (const _ of this.within(place, radius)) found++;
    return found;
  }
}
