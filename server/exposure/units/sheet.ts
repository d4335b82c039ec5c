// A sheet of positions: units of one kind and of like reach in latitude strips, each strip sorted by longitude.
import type { UnitKind } from '../unit.ts';
import type { Slot } from '../sums.ts';

/**
 * Positions [first, last) of the index. Each strip that holds units begins with an empty position whose running sums
 * are 0, so that sums over any run of positions are a difference of two reads and a change of one unit costs its strip
 * alone.
 */
export interface Sheet {
  readonly kind: UnitKind;
  /** Metres: no unit of the sheet reaches further from its anchor. 0: points of exact positions. */
  readonly reach: number;
  readonly hasFootprints: boolean;
  readonly first: number;
  readonly last: number;
  /** The box of the anchors, degrees. */
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  /** Degrees. */
  readonly height: number;
  /** Number of strips; the first begins at `south`. */
  readonly strips: number;
  /** strips + 1 positions: where each strip begins with its empty position; equal to the next where it has no unit. */
  readonly starts: Uint32Array;
  /** Columns of `counts`: the slot that each adds to. The first counts the units. */
  readonly slots: readonly Slot[];
  /** Running sums within each strip, interleaved by position: `counts[(position - first) * slots.length + column]`. */
  readonly counts: Uint32Array;
  /** Running sums of property in fen; null where nobody states any. */
  readonly money: Float64Array | null;
}

/** The strip of a latitude; -1 and `strips` for latitudes south and north of the sheet. */
export function stripAt(sheet: Sheet, latitude: number): number {
  const strip = Math.floor((latitude - sheet.south) / sheet.height);
  return strip < 0 ? -1 : strip >= sheet.strips ? (latitude <= sheet.north ? sheet.strips - 1 : sheet.strips) : strip;
}

/** The first position of [from, to) whose longitude is at least `longitude`. */
export function lowerBound(lon: Float64Array, from: number, to: number, longitude: number): number {
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((lon[middle] as number) < longitude) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The first position of [from, to) whose longitude is greater than `longitude`. */
export function upperBound(lon: Float64Array, from: number, to: number, longitude: number): number {
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((lon[middle] as number) <= longitude) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Sizes of strips for a sheet of these anchors. */
export interface StripPlan {
  readonly south: number;
  readonly height: number;
  readonly strips: number;
}

/** Mean distance between neighbours, by which strips are high; found best by trial from 10,000 to 10 million units. */
const HEIGHT_BY_SPACING = 1.5;
const SAMPLE = 4096;

/**
 * Strips by the density where the units are: quantiles of a sample, so that one unit far off does not make them high.
 * @param lat latitudes of the rows
 */
export function planStrips(lon: Float64Array, lat: Float64Array, rows: Uint32Array): StripPlan {
  const count = rows.length;
  let south = Infinity;
  let north = -Infinity;
  for (const row of rows) {
    const y = lat[row] as number;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  const step = Math.max(1, Math.floor(count / SAMPLE));
  const xs: number[] = [];
  const ys: number[] = [];
  for (let i = 0; i < count; i += step) {
    xs.push(lon[rows[i] as number] as number);
    ys.push(lat[rows[i] as number] as number);
  }
  const spread = (values: number[]) => {
    values.sort((a, b) => a - b);
    const at = (q: number) => values[Math.round(q * (values.length - 1))] as number;
    return Math.max(at(0.99) - at(0.01), 1e-9);
  };
  const middle = ((south + north) / 2) * (Math.PI / 180);
  const spacing = Math.sqrt((spread(xs) * Math.max(Math.cos(middle), 0.01) * spread(ys)) / count);
  // at most a few strips per unit: units far apart would otherwise make an array of empty ones
  const strips = Math.max(1, Math.min(Math.ceil((north - south) / (spacing * HEIGHT_BY_SPACING)), count * 4 + 16, 1 << 24));
  return { south, height: Math.max((north - south) / strips, 1e-12), strips };
}
