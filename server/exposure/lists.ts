// The lists behind the numbers, by the same filters, and why a unit is in them.
import type { Certainty } from '../domain/figure.ts';
import { Cover } from './cover.ts';
import { select } from './evaluation.ts';
import type { Exposure } from './exposure.ts';
import type { ExposureFilter } from './filter.ts';
import { signedDistance } from './relation.ts';
import { preparedOf } from './flatShape.ts';
import { positionsIn } from './runs/runList.ts';
import type { Unit, UnitKind } from './unit.ts';

export interface Exposed {
  readonly unit: Unit;
  readonly certainty: Certainty;
  readonly zones: readonly string[];
}

export interface ExposedPage {
  /** As many as the figure of the same filter says. */
  readonly total: number;
  readonly items: readonly Exposed[];
  /** Ids of the page after this one come after it; null at the end. */
  readonly next: string | null;
}

/** Exposed units in order of their id, those after `after`, at most `limit` of them (all where it is null). */
export function exposedUnits(
  exposure: Exposure,
  kind: UnitKind,
  filter: ExposureFilter,
  { after = null, limit = null }: { after?: string | null; limit?: number | null } = {},
): ExposedPage {
  const { units } = exposure;
  const { zones, certain, runsIn } = select(exposure, filter);
  const cover = new Cover(units, zones.length);
  for (const counted of zones) cover.add(runsIn(counted));
  const found: number[] = [];
  for (let position = 0; position < units.end; position++) {
    if (cover.covers(position) && units.alive[position] && units.kindAt(position) === kind) found.push(position);
  }
  const ranks = units.idRanks;
  found.sort((a, b) => (ranks[a] as number) - (ranks[b] as number));
  const from = after === null ? 0 : found.findIndex((position) => units.compareId(position, after) > 0);
  const start = from < 0 ? found.length : from;
  const page = found.slice(start, limit === null ? found.length : start + limit);
  const places = new Map(page.map((position, i) => [position, i]));
  const zonesOf: string[][] = page.map(() => []);
  for (const counted of zones) {
    for (const position of positionsIn(runsIn(counted))) {
      const place = places.get(position);
      if (place !== undefined) zonesOf[place]?.push(counted.zone.name);
    }
  }
  const items = page.map((position, i): Exposed => ({
    unit: units.unitAt(position),
    certainty: certain.covers(position) ? 'certain' : 'possible',
    zones: (zonesOf[i] as string[]).sort(),
  }));
  const last = items.at(-1);
  return { total: found.length, items, next: last && start + items.length < found.length ? last.unit.id : null };
}

export interface Reason {
  readonly zone: string;
  readonly name: string | null;
  readonly rule: string;
  readonly certainty: Certainty;
  readonly inside: boolean;
  /** Metres from the nominal position to the zone's edge, positive inside. */
  readonly distance: number;
  /** Metres by which the distance exceeds the position's accuracy: the room before the answer could change. */
  readonly margin: number;
}

export interface Why {
  readonly exposed: boolean;
  readonly certainty: Certainty | null;
  readonly located: boolean;
  readonly reasons: readonly Reason[];
}

/** Why a household or school is counted, or null when there is none of that id. */
export function whyExposed(exposure: Exposure, kind: UnitKind, id: string): Why | null {
  const position = exposure.units.find(kind, id);
  if (position < 0) {
    return exposure.unlocated.has(`${kind} ${id}`) ? { exposed: false, certainty: null, located: false, reasons: [] } : null;
  }
  const unit = exposure.units.unitAt(position);
  const { geometry } = unit;
  if (!geometry) return null;
  const relations = [...exposure.relationsOf(unit)];
  const reasons = relations.map(([{ zone }, relation]): Reason => {
    const distance = signedDistance(geometry, preparedOf(zone.shape));
    return {
      zone: zone.name,
      name: zone.label,
      rule: zone.rule,
      certainty: relation.certain ? 'certain' : 'possible',
      inside: relation.inside,
      distance: Math.round(distance * 100) / 100,
      margin: Math.round((Math.abs(distance) - (unit.accuracy ?? 0)) * 100) / 100,
    };
  });
  const isCertain = relations.some(([, relation]) => relation.certain);
  return {
    exposed: relations.some(([, relation]) => relation.inside),
    certainty: isCertain ? 'certain' : relations.length > 0 ? 'possible' : null,
    located: true,
    reasons: reasons.sort((a, b) => (a.zone < b.zone ? -1 : 1)),
  };
}
