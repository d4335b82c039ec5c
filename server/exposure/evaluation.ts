// The sums behind a report: those kept up to date where the filter leaves everything, else computed from the runs of
// the zones that it leaves.
import { Cover } from './cover.ts';
import type { CountedZone, Exposure } from './exposure.ts';
import { asksForPlaces, isPlain, placesMask, zonesFor, type ExposureFilter } from './filter.ts';
import { anyOf, certainOf, type Membership } from './membership.ts';
import { masked, type Runs } from './runs/runList.ts';
import { addSums, noSums, type Sums } from './sums.ts';
import { GROUPINGS, type Grouping } from './zoneCovers.ts';
import { sumsOf } from './units/runSums.ts';

export interface Evaluation {
  readonly zones: readonly CountedZone[];
  /** Each unit once: by the certainty that the filter asks for, else by nominal position. */
  readonly totals: Sums;
  readonly certain: Sums;
  readonly possible: Sums;
  /** By number of the township. */
  readonly byTownship: ReadonlyMap<number, Sums>;
  readonly zoneSums: (counted: CountedZone) => Sums;
  readonly groupSums: (grouping: Grouping, key: string) => Sums;
}

export function evaluate(exposure: Exposure, filter: ExposureFilter): Evaluation {
  if (!isPlain(filter)) return compute(exposure, filter);
  const { covers } = exposure;
  return {
    zones: [...exposure.zones.values()],
    totals: covers.inside.sums,
    certain: covers.certain.sums,
    possible: covers.any.sumsWithout(covers.certain),
    byTownship: covers.inside.byTownship as ReadonlyMap<number, Sums>,
    zoneSums: ({ sums }) => sums,
    groupSums: (grouping, key) => covers.group(grouping, key).sums,
  };
}

function compute(exposure: Exposure, filter: ExposureFilter): Evaluation {
  const { units } = exposure;
  const selection = select(exposure, filter);
  const { zones, certain, any, runsIn } = selection;
  const totals = new Cover(units, zones.length, true);
  const zoneSums = new Map<CountedZone, Sums>();
  for (const counted of zones) {
    const runs = runsIn(counted);
    totals.add(runs);
    zoneSums.set(counted, sumsOf(units, runs));
  }
  const groupSums = (grouping: Grouping, key: string): Sums => {
    const cover = new Cover(units, zones.length);
    for (const counted of zones) if (GROUPINGS[grouping](counted.zone) === key) cover.add(runsIn(counted));
    return cover.sums;
  };
  return {
    zones,
    totals: totals.sums,
    certain: certain.sums,
    possible: any.sumsWithout(certain),
    byTownship: totals.byTownship as ReadonlyMap<number, Sums>,
    zoneSums: (counted) => zoneSums.get(counted) as Sums,
    groupSums,
  };
}

/** The zones of a filter, and of each those members that the filter leaves. */
export interface Selection {
  readonly zones: readonly CountedZone[];
  /** Within the places asked for. */
  readonly certain: Cover;
  readonly any: Cover;
  /** The members that count by the certainty and the places asked for. */
  readonly runsIn: (counted: CountedZone) => Runs;
}

export function select(exposure: Exposure, filter: ExposureFilter): Selection {
  const { units } = exposure;
  const zones = zonesFor(exposure, filter);
  const places = asksForPlaces(filter) ? placesMask(exposure, filter) : null;
  const here = (runs: Runs) => (places ? masked(runs, places) : runs);
  const certain = new Cover(units, zones.length);
  const any = new Cover(units, zones.length);
  for (const { membership } of zones) {
    certain.add(here(certainOf(membership)));
    any.add(here(anyOf(membership)));
  }
  const wanted = new Set(filter.certainty);
  if (wanted.size === 0) return { zones, certain, any, runsIn: ({ membership }) => here(membership.inside) };
  // certain in any zone is certain; possible only who is certain in none
  const standing = new Uint8Array(units.end);
  for (let position = 0; position < standing.length; position++) {
    const isCertain = certain.covers(position);
    if (wanted.has(isCertain ? 'certain' : 'possible') && any.covers(position)) standing[position] = 1;
  }
  const byCertainty = (membership: Membership) =>
    wanted.size === 2 ? anyOf(membership) : wanted.has('certain') ? certainOf(membership) : membership.near;
  return { zones, certain, any, runsIn: ({ membership }) => masked(byCertainty(membership), standing) };
}

/** A sum of the sums of all zones, in which a unit may be counted several times. */
export function pointSum({ zones, zoneSums }: Evaluation): Sums {
  const sum = noSums();
  for (const counted of zones) addSums(sum, zoneSums(counted));
  return sum;
}
