// What a shape that nobody has saved would threaten, and what would change if a zone had that shape.
import type { CountedZone, Exposure } from './exposure.ts';
import { figureOf, measuresOf } from './figures.ts';
import { isPlain, zonesFor, type ExposureFilter } from './filter.ts';
import type { FlatShape } from './flatShape.ts';
import { membershipOf } from './membership.ts';
import { shapeFigure, type ShapeFigure } from './packedCount.ts';
import { positionsIn, subtract, type Runs } from './runs/runList.ts';
import type { UnitKind } from './unit.ts';
import { ZoneCovers } from './zoneCovers.ts';

export interface WhatIf extends ShapeFigure {
  /** Only with a zone: the distinct totals of everything, as they would be. */
  readonly totals?: ShapeFigure;
  /** Only with a zone: who comes into it and who drops out. */
  readonly comesIn?: readonly { kind: UnitKind; id: string }[];
  readonly dropsOut?: readonly { kind: UnitKind; id: string }[];
}

/**
 * @param zone the zone that would have this shape, or null for a shape of its own
 * @param filter the base and time of day to count by, and which other zones count beside
 */
export function whatIf(exposure: Exposure, shape: FlatShape, zone: CountedZone | null, filter: ExposureFilter): WhatIf {
  const { units } = exposure;
  const measures = measuresOf(exposure.census, filter.base, filter.at);
  const membership = membershipOf(units, shape);
  const inShape = shapeFigure(units, membership, measures);
  if (!zone) return inShape;
  const covers = coversWithout(exposure, zone, filter);
  covers.add(zone.zone, membership);
  const totals: ShapeFigure = {
    ...figureOf(covers.inside.sums, measures),
    certain: figureOf(covers.certain.sums, measures),
    possible: figureOf(covers.any.sumsWithout(covers.certain), measures),
  };
  if (covers === exposure.covers) {
    covers.remove(zone.zone, membership);
    covers.add(zone.zone, zone.membership);
  }
  const named = (runs: Runs) =>
    [...positionsIn(runs)]
      .filter((position) => units.alive[position])
      .map((position) => ({ kind: units.kindAt(position), id: units.idAt(position) }))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...inShape,
    totals,
    comesIn: named(subtract(membership.inside, zone.membership.inside)),
    dropsOut: named(subtract(zone.membership.inside, membership.inside)),
  };
}

/** Totals without one zone: the totals that are kept, with the zone taken out for a moment, or those of other zones. */
function coversWithout(exposure: Exposure, zone: CountedZone, filter: ExposureFilter): ZoneCovers {
  if (isPlain(filter)) {
    exposure.covers.remove(zone.zone, zone.membership);
    return exposure.covers;
  }
  const others = zonesFor(exposure, filter).filter((other) => other !== zone);
  const covers = new ZoneCovers(exposure.units, others.length + 1);
  for (const other of others) covers.add(other.zone, other.membership);
  return covers;
}
