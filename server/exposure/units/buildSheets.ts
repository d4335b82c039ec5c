// Sorts rows of units into sheets: by kind and reach, then by strip, longitude, latitude and id. The order depends on
// the units alone, never on the order in which they came.
import { countSlot, SLOT, VALUE_NAMES, VALUES_OF, type Slot, type ValueName } from '../sums.ts';
import type { UnitKind } from '../unit.ts';
import { planStrips, type Sheet } from './sheet.ts';
import { UNIT_KINDS, type UnitRows } from './unitRows.ts';

/** Metres. Near an edge the units of a sheet are looked at singly within the sheet's reach, so reaches go by likeness. */
const REACHES = [0, 4, 16, 64, 256, 1024, Infinity];

export interface Sorted {
  readonly sheets: readonly Sheet[];
  /** The row at each position; -1 at the empty ones. */
  readonly order: Int32Array;
}

export type Allocate = (bytes: number) => ArrayBufferLike;

export function sortIntoSheets(rows: UnitRows, allocate: Allocate): Sorted {
  const groups = groupRows(rows);
  const sheets: Sheet[] = [];
  const orders: Int32Array[] = [];
  let first = 0;
  for (const { kind, members } of groups) {
    const { order, ...strips } = sortIntoStrips(rows, members, first);
    const sums = runningSums(rows, kind, order, allocate);
    const box = boxOf(rows, members);
    sheets.push({
      kind,
      reach: members.reduce((most, row) => Math.max(most, rows.reach[row] as number), 0),
      hasFootprints: rows.footprints.size > 0 && members.some((row) => rows.footprints.has(row)),
      first,
      last: first + order.length,
      ...box,
      ...strips,
      ...sums,
    });
    orders.push(order);
    first += order.length;
  }
  const order = new Int32Array(first);
  sheets.forEach((sheet, i) => order.set(orders[i] as Int32Array, sheet.first));
  return { sheets, order };
}

function groupRows(rows: UnitRows): { kind: UnitKind; members: Uint32Array }[] {
  const classOf = (row: number) => REACHES.findIndex((reach) => (rows.reach[row] as number) <= reach);
  const keys = new Uint8Array(rows.size);
  const counts = new Uint32Array(UNIT_KINDS.length * REACHES.length);
  for (let row = 0; row < rows.size; row++) {
    const key = (rows.kind[row] as number) * REACHES.length + classOf(row);
    keys[row] = key;
    counts[key] = (counts[key] as number) + 1;
  }
  const lists = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (let row = 0; row < rows.size; row++) {
    const key = keys[row] as number;
    (lists[key] as Uint32Array)[counts[key] as number] = row;
    counts[key] = (counts[key] as number) + 1;
  }
  return lists.flatMap((members, key) =>
    members.length === 0 ? [] : [{ kind: UNIT_KINDS[Math.floor(key / REACHES.length)] as UnitKind, members }],
  );
}

function boxOf(rows: UnitRows, members: Uint32Array) {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const row of members) {
    const x = rows.lon[row] as number;
    const y = rows.lat[row] as number;
    if (x < west) west = x;
    if (x > east) east = x;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  return { west, south, east, north };
}

function sortIntoStrips(rows: UnitRows, members: Uint32Array, first: number) {
  const { south, height, strips } = planStrips(rows.lon, rows.lat, members);
  const stripOf = new Uint32Array(members.length);
  const counts = new Uint32Array(strips);
  members.forEach((row, i) => {
    // the same division as at every later question, so that both always name the same strip
    const strip = Math.min(strips - 1, Math.floor(((rows.lat[row] as number) - south) / height));
    stripOf[i] = strip;
    counts[strip] = (counts[strip] as number) + 1;
  });
  const starts = new Uint32Array(strips + 1);
  let at = first;
  for (let strip = 0; strip < strips; strip++) {
    starts[strip] = at;
    const count = counts[strip] as number;
    if (count > 0) at += count + 1;
  }
  starts[strips] = at;
  const order = new Int32Array(at - first).fill(-1);
  const next = counts;
  for (let strip = 0; strip < strips; strip++) next[strip] = (starts[strip] as number) + 1 - first;
  members.forEach((row, i) => {
    const strip = stripOf[i] as number;
    order[next[strip] as number] = row;
    next[strip] = (next[strip] as number) + 1;
  });
  const spare = new Int32Array(members.length);
  const before = (a: number, b: number): boolean => {
    const x = (rows.lon[a] as number) - (rows.lon[b] as number);
    if (x !== 0) return x < 0;
    const y = (rows.lat[a] as number) - (rows.lat[b] as number);
    return y !== 0 ? y < 0 : rows.ids.compare(a, b) <= 0;
  };
  for (let strip = 0; strip < strips; strip++) {
    const from = (starts[strip] as number) + 1 - first;
    const to = (starts[strip + 1] as number) - first;
    if (to - from > 1) mergeSort(order, spare, from, to, before);
  }
  return { south, height, strips, starts, order };
}

/** Sorts order[from, to). Short stretches by insertion, then merged pairwise. */
function mergeSort(order: Int32Array, spare: Int32Array, from: number, to: number, before: (a: number, b: number) => boolean): void {
  const SHORT = 12;
  for (let low = from; low < to; low += SHORT) {
    const high = Math.min(low + SHORT, to);
    for (let i = low + 1; i < high; i++) {
      const row = order[i] as number;
      let j = i - 1;
      while (j >= low && !before(order[j] as number, row)) {
        order[j + 1] = order[j] as number;
        j--;
      }
      order[j + 1] = row;
    }
  }
  for (let width = SHORT; width < to - from; width *= 2) {
    for (let low = from; low + width < to; low += width * 2) {
      const middle = low + width;
      const high = Math.min(middle + width, to);
      if (before(order[middle - 1] as number, order[middle] as number)) continue;
      const count = middle - low;
      for (let i = 0; i < count; i++) spare[i] = order[low + i] as number;
      let i = 0;
      let j = middle;
      let k = low;
      while (i < count) {
        if (j >= high || before(spare[i] as number, order[j] as number)) order[k++] = spare[i++] as number;
        else order[k++] = order[j++] as number;
      }
    }
  }
}

function runningSums(rows: UnitRows, kind: UnitKind, order: Int32Array, allocate: Allocate) {
  const names = VALUES_OF[kind].filter((name) => name !== 'property' && rows.values.has(name));
  const slots: Slot[] = [countSlot(kind), ...names.map((name) => SLOT[name])];
  const stride = slots.length;
  const columns = names.map((name) => rows.values.get(name) as Uint32Array);
  const property = VALUES_OF[kind].includes('property') ? rows.values.get('property') : undefined;
  const counts = new Uint32Array(allocate(order.length * stride * 4));
  const money = property ? new Float64Array(allocate(order.length * 8)) : null;
  for (let i = 0; i < order.length; i++) {
    const row = order[i] as number;
    if (row < 0) continue; // a strip begins: its sums begin at 0
    const at = i * stride;
    counts[at] = (counts[at - stride] as number) + 1;
    for (let c = 1; c < stride; c++)
      counts[at + c] = (counts[at - stride + c] as number) + ((columns[c - 1] as Uint32Array)[row] as number);
    if (money && property) money[i] = (money[i - 1] as number) + (property[row] as number);
  }
  return { slots, counts, money };
}

/** All values by their bit, for readers of `stated`. */
export const bitOf = (name: ValueName): number => 1 << VALUE_NAMES.indexOf(name);
