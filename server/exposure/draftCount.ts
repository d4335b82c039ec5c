// Counts a shape that is being drawn, over the packed index: its own figure, what differs from the shape that is saved,
// and what the distinct totals of the townships would be if it were in force. What the page's worker does at every move.
import type { Figure, PopulationBase, TimeOfDay } from '../domain/figure.ts';
import type { Position } from '../domain/feature.ts';
import { figureOf, measuresOf, type Measures } from './figures.ts';
import type { FlatShape } from './flatShape.ts';
import { membershipOf, NOBODY, type Membership } from './membership.ts';
import type { PackedIndex } from './packed.ts';
import { shapeFigure, type ShapeFigure } from './packedCount.ts';
import { NO_RUNS, positionsIn, subtract, type Runs } from './runs/runList.ts';
import { addSums, noSums, type Sums } from './sums.ts';
import { addRun, sumsOf } from './units/runSums.ts';

/** What a draft is measured against. */
export interface DraftBasis {
  /** The shape as it is saved; null for a new one. */
  readonly saved: Membership | null;
  /**
   * What stands in the counted totals at present in the place that the draft would take: the zone itself when it counts,
   * the point's default area when the zone would replace that. By positions of the same index; null: not known (yet).
   */
  readonly standing: Runs | null;
}

export const NO_BASIS: DraftBasis = { saved: null, standing: NO_RUNS };

/** The distinct total of a township (each household once over all threatened areas), now and with the draft in force. */
export interface TownshipEffect {
  readonly code: string;
  readonly before: Figure;
  readonly after: Figure;
}

export interface DraftCount extends ShapeFigure {
  readonly revision: number;
  readonly saved: ShapeFigure | null;
  /** Inside now and not in the saved shape, and the reverse. Without a saved shape everybody inside comes in. */
  readonly comesIn: Figure;
  readonly dropsOut: Figure;
  /** Townships with somebody inside the draft, the saved shape or what stands in its place, the most households first; none while that is not known. */
  readonly townships: readonly TownshipEffect[];
}

export interface DraftCounted {
  readonly count: DraftCount;
  readonly comesIn: Runs;
  readonly dropsOut: Runs;
}

/** @param shape an area; how `basis` and the index belong together is the caller's to see to (one revision) */
export function draftCount(
  index: PackedIndex,
  shape: FlatShape | null,
  basis: DraftBasis,
  base: PopulationBase,
  at: TimeOfDay,
): DraftCounted {
  const measures = measuresOf({ states: (_kind, name) => index.stated.includes(name) }, base, at);
  const now = shape ? membershipOf(index, shape) : NOBODY;
  const before = basis.saved?.inside ?? NO_RUNS;
  const comesIn = subtract(now.inside, before);
  const dropsOut = subtract(before, now.inside);
  const figure = (runs: Runs): Figure => figureOf(sumsOf(index, runs), measures);
  return {
    count: {
      ...shapeFigure(index, now, measures),
      revision: index.revision,
      saved: basis.saved ? shapeFigure(index, basis.saved, measures) : null,
      comesIn: figure(comesIn),
      dropsOut: figure(dropsOut),
      townships: basis.standing ? effects(index, now.inside, before, basis.standing, measures) : [],
    },
    comesIn,
    dropsOut,
  };
}

function effects(index: PackedIndex, now: Runs, saved: Runs, standing: Runs, measures: Measures): TownshipEffect[] {
  const changes = new Map<number, Sums>();
  const touched = new Map<number, number>();
  const change = (runs: Runs, covers: Covers, times: 1 | -1): void => {
    eachStretch(index, runs, (start, end, township, own) => {
      if (own !== covers) return;
      const sums = changes.get(township) ?? noSums();
      changes.set(township, sums);
      addRun(index, sums, start, end, times);
    });
  };
  // nobody else covers them: the draft is what brings them under threat, or was what kept them there
  change(subtract(now, standing), 0, 1);
  change(subtract(standing, now), 1, -1);
  for (const runs of [now, saved, standing]) {
    eachStretch(index, runs, (start, end, township) => touched.set(township, (touched.get(township) ?? 0) + end - start));
  }
  const totals = distinctTotals(index);
  return [...touched]
    .filter(([township]) => township !== 0)
    .sort((a, b) => b[1] - a[1])
    .map(([township]): TownshipEffect => {
      const total = totals.get(township) ?? noSums();
      const after = total.slice();
      const difference = changes.get(township);
      if (difference) addSums(after, difference);
      return { code: index.townships[township] ?? '', before: figureOf(total, measures), after: figureOf(after, measures) };
    });
}

/** By how many zones a position is covered: none, one, or more. */
type Covers = 0 | 1 | 2;

/** Positions at which the township or the covers are others than just before, in order: stretches are as long as they can be. */
const breaksOf = new WeakMap<PackedIndex, Int32Array>();

function breaks(index: PackedIndex): Int32Array {
  let found = breaksOf.get(index);
  if (found) return found;
  const { township } = index;
  const at: number[] = [];
  for (let position = 1; position < township.length; position++) {
    if (township[position] !== township[position - 1] || coversAt(index, position) !== coversAt(index, position - 1)) at.push(position);
  }
  found = Int32Array.from(at);
  breaksOf.set(index, found);
  return found;
}

function coversAt({ covers }: PackedIndex, position: number): Covers {
  const zones = covers.inside[position] as number;
  return zones === 0 ? 0 : zones === 1 ? 1 : 2;
}

/** Calls back for the stretches of runs that lie in one township and are covered alike: as many as there are breaks, not positions. */
function eachStretch(index: PackedIndex, runs: Runs, visit: (start: number, end: number, township: number, covers: Covers) => void): void {
  const at = breaks(index);
  for (let i = 0; i < runs.length; i += 2) {
    const end = runs[i + 1] as number;
    let start = runs[i] as number;
    for (let next = firstAfter(at, start); start < end; next++) {
      const to = Math.min(end, at[next] ?? end);
      visit(start, to, index.township[start] as number, coversAt(index, start));
      start = to;
    }
  }
}

/** The number of the first break beyond a position. */
function firstAfter(at: Int32Array, position: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] as number) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Makes ready what the first count of a draft would otherwise wait for: one pass over the index. */
export function prepareDrafts(index: PackedIndex): void {
  distinctTotals(index);
}

const kept = new WeakMap<PackedIndex, Map<number, Sums>>();

/** Sums of everybody under threat by number of township: one pass over the index, kept with it. */
function distinctTotals(index: PackedIndex): Map<number, Sums> {
  let totals = kept.get(index);
  if (totals) return totals;
  const all = new Map<number, Sums>();
  totals = all;
  for (const runs of everybody(index)) {
    eachStretch(index, runs, (start, end, township, covers) => {
      if (covers === 0) return;
      const sums = all.get(township) ?? noSums();
      all.set(township, sums);
      addRun(index, sums, start, end);
    });
  }
  kept.set(index, totals);
  return totals;
}

/** All positions as runs that stay within one strip: sums run over strips and start anew in the next. */
function* everybody({ sheets, tail }: PackedIndex): Generator<Runs> {
  for (const { starts, strips } of sheets) {
    for (let strip = 0; strip < strips; strip++) {
      const [from, to] = [starts[strip] as number, starts[strip + 1] as number];
      // the first position of a strip is the empty one that its sums start from
      if (from + 1 < to) yield Int32Array.of(from + 1, to);
    }
  }
  if (tail.next > tail.first + 1) yield Int32Array.of(tail.first + 1, tail.next);
}

/** Where those in the runs are, at most so many. */
export function placesOf({ lon, lat }: PackedIndex, runs: Runs, most: number): Position[] {
  const places: Position[] = [];
  for (const position of positionsIn(runs)) {
    if (places.length >= most) break;
    places.push([lon[position] as number, lat[position] as number]);
  }
  return places;
}
