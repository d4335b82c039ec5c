// What is summed over units: integers only, so that a sum is the same in whatever order it is made.
import type { UnitKind, UnitValues } from './unit.ts';

/** Slots of a sum. Property is in fen (1/100 yuan), so that it too is an integer. */
export const SLOT = {
  households: 0,
  schools: 1,
  people_registered: 2,
  people: 3,
  people_at_home: 4,
  vulnerable: 5,
  property: 6,
  students: 7,
  boarders: 8,
} as const;
export type Slot = (typeof SLOT)[keyof typeof SLOT];

export const SLOTS = 9;

/** Sums by slot; exact up to 2^53. */
export type Sums = Float64Array;

export const noSums = (): Sums => new Float64Array(SLOTS);

export const FEN_PER_YUAN = 100;

/** The slot that counts units of a kind. */
export const countSlot = (kind: UnitKind): Slot => (kind === 'households' ? SLOT.households : SLOT.schools);

/** The values of a unit in the order of the bits by which an index remembers what was stated. */
export const VALUE_NAMES = ['people_registered', 'people', 'people_at_home', 'vulnerable', 'property', 'students', 'boarders'] as const;
export type ValueName = (typeof VALUE_NAMES)[number];

/** What is summed of each kind: whatever else a unit may say is not counted. */
export const VALUES_OF: Readonly<Record<UnitKind, readonly ValueName[]>> = {
  households: ['people_registered', 'people', 'people_at_home', 'vulnerable', 'property'],
  schools: ['students', 'boarders'],
};

/** One unit's contribution, added to or (with `times` -1) taken from `sums`. */
export function addUnit(sums: Sums, kind: UnitKind, values: UnitValues, times: 1 | -1 = 1): void {
  const count = countSlot(kind);
  sums[count] = (sums[count] as number) + times;
  for (const name of VALUES_OF[kind]) {
    const value = values[name];
    if (value !== null) sums[SLOT[name]] = (sums[SLOT[name]] as number) + times * inSlot(name, value);
  }
}

/** A value as it is summed. */
export function inSlot(name: ValueName, value: number): number {
  return Math.round(name === 'property' ? value * FEN_PER_YUAN : value);
}

export function addSums(to: Sums, from: Sums, times: 1 | -1 = 1): void {
  for (let slot = 0; slot < SLOTS; slot++) to[slot] = (to[slot] as number) + times * (from[slot] as number);
}
