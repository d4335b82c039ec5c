// (zone, household) pairs as numbers, and the figures that follow from them.
import type { PairKeys, Totals, World, ZoneCount } from './types.ts';

/** One number for a pair: it orders by zone, then by household. Exact up to 2^53. */
export function pairKey(world: World, zone: number, household: number): number {
  return zone * world.lon.length + household;
}

export function pairOf(world: World, key: number): readonly [zone: number, household: number] {
  const zone = Math.floor(key / world.lon.length);
  return [zone, key - zone * world.lon.length];
}

/** Sorted, each once. */
export function pairKeys(keys: Float64Array): PairKeys {
  keys.sort();
  let size = 0;
  for (const key of keys) if (size === 0 || key !== keys[size - 1]) keys[size++] = key;
  return keys.subarray(0, size);
}

/** Pairs of an iteration whose length is known about. */
export function collectPairs(world: World, pairs: Iterable<readonly [zone: number, household: number]>, expected: number): PairKeys {
  let keys = new Float64Array(expected + 1024);
  let size = 0;
  for (const [zone, household] of pairs) {
    if (size === keys.length) {
      const wider = new Float64Array(size * 2);
      wider.set(keys);
      keys = wider;
    }
    keys[size++] = pairKey(world, zone, household);
  }
  return pairKeys(keys.slice(0, size));
}

export interface Difference {
  readonly missing: number;
  readonly extra: number;
  /** The first few of both, by key. */
  readonly examples: readonly number[];
}

/** What an answer lacks and has too much of, against the oracle's. */
export function differenceOf(oracle: PairKeys, answer: PairKeys): Difference {
  let [missing, extra, i, j] = [0, 0, 0, 0];
  const examples: number[] = [];
  const note = (key: number) => examples.length < 10 && examples.push(key);
  while (i < oracle.length || j < answer.length) {
    const [a, b] = [oracle[i] ?? Infinity, answer[j] ?? Infinity];
    if (a === b) {
      i++;
      j++;
    } else if (a < b) {
      missing++;
      i++;
      note(a);
    } else {
      extra++;
      j++;
      note(b);
    }
  }
  return { missing, extra, examples };
}

/** Figures by zone from pairs. */
export function zoneCounts(world: World, keys: PairKeys): ZoneCount[] {
  const households = new Float64Array(world.zones.length);
  const people = new Float64Array(world.zones.length);
  for (const key of keys) {
    const [zone, household] = pairOf(world, key);
    households[zone] = (households[zone] as number) + 1;
    people[zone] = (people[zone] as number) + (world.people[household] as number);
  }
  return world.zones.map(({ name }, i) => ({ name, households: households[i] as number, people: people[i] as number }));
}

/** Zones whose households or people differ. */
export function zonesThatDiffer(a: readonly ZoneCount[], b: readonly ZoneCount[]): number {
  const other = new Map(b.map((row) => [row.name, row]));
  return a.filter((row) => {
    const same = other.get(row.name);
    return row.households !== (same?.households ?? 0) || row.people !== (same?.people ?? 0);
  }).length;
}

/** Households of the pairs, each once. The schools are not in the pairs. */
export function onceCounted(world: World, keys: PairKeys, schools: number): Totals {
  const seen = new Uint8Array(world.lon.length);
  for (const key of keys) seen[pairOf(world, key)[1]] = 1;
  let [households, people, vulnerable] = [0, 0, 0];
  seen.forEach((flag, i) => {
    households += flag;
    people += flag * (world.people[i] as number);
    vulnerable += flag * (world.vulnerable[i] as number);
  });
  return { households, people, vulnerable, schools };
}
