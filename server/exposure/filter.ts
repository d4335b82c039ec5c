// The filters of `GET /api/exposure` and of the lists behind its numbers. A repeated filter means or.
import type { Certainty, PopulationBase, TimeOfDay } from '../domain/figure.ts';
import type { CountedZone, Exposure } from './exposure.ts';
import { gradeOf } from './grade.ts';
import type { Unit } from './unit.ts';
import { inSeason } from './zone.ts';

export interface ExposureFilter {
  readonly township: readonly string[];
  readonly village: readonly string[];
  readonly hazard_type: readonly string[];
  readonly layer: readonly string[];
  readonly register: readonly string[];
  readonly grade: readonly string[];
  readonly state: readonly string[];
  readonly zone: readonly string[];
  readonly certainty: readonly Certainty[];
  readonly base: PopulationBase;
  readonly at: TimeOfDay;
  /** YYYY-MM-DD: zones out of season and schools out of term do not count on that day. */
  readonly date: string | null;
}

export const NO_FILTER: ExposureFilter = {
  township: [],
  village: [],
  hazard_type: [],
  layer: [],
  register: [],
  grade: [],
  state: [],
  zone: [],
  certainty: [],
  base: 'resident',
  at: 'night',
  date: null,
};

const passes = (wanted: readonly string[], value: string | null) => wanted.length === 0 || (value !== null && wanted.includes(value));

/** The zones that a filter leaves. */
export function zonesFor(exposure: Exposure, filter: ExposureFilter): CountedZone[] {
  return [...exposure.zones.values()].filter((counted) => {
    const { zone } = counted;
    if (!passes(filter.zone, zone.name)) return false;
    if (!passes(filter.layer, zone.layer)) return false;
    if (!passes(filter.hazard_type, zone.hazardType)) return false;
    if (!passes(filter.register, zone.register)) return false;
    if (!passes(filter.state, zone.state)) return false;
    if (filter.date !== null && !inSeason(zone.season, filter.date)) return false;
    return filter.grade.length === 0 || passes(filter.grade, gradeOf(exposure, counted));
  });
}

/** Does the filter ask for some of the places only? */
export const asksForPlaces = (filter: ExposureFilter): boolean => filter.township.length > 0 || filter.village.length > 0;

const isTownship = (wanted: readonly string[], code: string | null) =>
  code !== null && wanted.some((one) => code === one || code === one.padEnd(12, '0'));

/** Does a unit without a position belong to the places asked for? */
export function unlocatedPasses(filter: ExposureFilter, unit: Unit): boolean {
  return passes(filter.village, unit.village) && (filter.township.length === 0 || isTownship(filter.township, unit.township));
}

/** By position, 1 where the unit belongs to the places asked for. */
export function placesMask({ units }: Exposure, filter: ExposureFilter): Uint8Array {
  const townships = units.townships.list.map(
    (word, i) => filter.township.length === 0 || isTownship(filter.township, i === 0 ? null : word),
  );
  const villages = units.villages.list.map((word, i) => passes(filter.village, i === 0 ? null : word));
  const mask = new Uint8Array(units.end);
  for (let position = 0; position < mask.length; position++) {
    if (!units.alive[position]) continue;
    if (townships[units.township[position] as number] && villages[units.village[position] as number]) mask[position] = 1;
  }
  return mask;
}

/** Does the filter leave all zones, all places and the nominal position? Then the totals are there already. */
export function isPlain(filter: ExposureFilter): boolean {
  const lists = [filter.hazard_type, filter.layer, filter.register, filter.grade, filter.state, filter.zone, filter.certainty];
  return filter.date === null && !asksForPlaces(filter) && lists.every((list) => list.length === 0);
}
