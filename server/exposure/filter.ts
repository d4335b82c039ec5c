// The filters of `GET /api/exposure` and of the lists behind its numbers. A repeated filter means or.
import type { Certainty, PopulationBase, TimeOfDay } from '../domain/figure.ts';
import type { Relation } from './relation.ts';
import type { Unit } from './unit.ts';
import { inSeason, type Zone } from './zone.ts';
import type { ExposureIndex } from './exposureIndex.ts';

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

/** The zones that a filter leaves. `gradeOf` is asked only when grades are filtered. */
export function zonesFor(index: ExposureIndex, filter: ExposureFilter, gradeOf: (zone: Zone) => string | null): Set<Zone> {
  const zones = new Set<Zone>();
  for (const zone of index.zones.values()) {
    if (!passes(filter.zone, zone.name)) continue;
    if (!passes(filter.layer, zone.layer)) continue;
    if (!passes(filter.hazard_type, zone.hazardType)) continue;
    if (!passes(filter.register, zone.register)) continue;
    if (!passes(filter.state, zone.state)) continue;
    if (filter.date !== null && !inSeason(zone.season, filter.date)) continue;
    if (filter.grade.length > 0 && !passes(filter.grade, gradeOf(zone))) continue;
    zones.add(zone);
  }
  return zones;
}

/** Does the unit belong to the places asked for? */
export function unitPasses(index: ExposureIndex, filter: ExposureFilter, unit: Unit): boolean {
  if (filter.village.length > 0 && !passes(filter.village, unit.village)) return false;
  if (filter.township.length === 0) return true;
  const code = index.townshipOf(unit);
  return code !== null && filter.township.some((wanted) => code === wanted || code === wanted.padEnd(12, '0'));
}

/** How a unit stands to several zones at once: once-counted. */
export interface Standing {
  inside: boolean;
  certain: boolean;
  possible: boolean;
}

/** certain in any zone is certain; possible only where it is certain in none. */
export function standingIn(relations: Iterable<readonly [Zone, Relation]>, zones: ReadonlySet<Zone>): Standing {
  let inside = false;
  let certain = false;
  let possible = false;
  for (const [zone, relation] of relations) {
    if (!zones.has(zone)) continue;
    inside ||= relation.inside;
    certain ||= relation.certain;
    possible ||= relation.possible;
  }
  return { inside, certain, possible: possible && !certain };
}

/** Is a unit in the list that the filter's certainty asks for? Without one the nominal position decides. */
export function standingPasses(standing: Standing, certainty: readonly Certainty[]): boolean {
  if (certainty.length === 0) return standing.inside;
  return certainty.some((wanted) => standing[wanted]);
}
