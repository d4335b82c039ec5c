// The lists behind the numbers, by the same filters, and why a unit is in them.
import type { Certainty } from '../domain/figure.ts';
import type { ExposureIndex } from './exposureIndex.ts';
import { standingIn, standingPasses, unitPasses, zonesFor, type ExposureFilter } from './filter.ts';
import { signedDistance } from './relation.ts';
import { gradeOf } from './report.ts';
import type { Unit, UnitKind } from './unit.ts';
import type { Zone } from './zone.ts';

export interface Exposed {
  readonly unit: Unit;
  readonly certainty: Certainty;
  readonly zones: readonly string[];
}

/** Exposed units in order of their id: as many as the figure of the same filter says. */
export function exposedUnits(index: ExposureIndex, kind: UnitKind, filter: ExposureFilter): Exposed[] {
  const zones = zonesFor(index, filter, (zone) => gradeOf(index, zone));
  const list: Exposed[] = [];
  for (const [unit, relations] of index.relations) {
    if (unit.kind !== kind || !unitPasses(index, filter, unit)) continue;
    const standing = standingIn(relations, zones);
    if (!standingPasses(standing, filter.certainty)) continue;
    const names = [...relations]
      .filter(([zone, relation]) => zones.has(zone) && standingPasses(relation, filter.certainty))
      .map(([zone]) => zone.name)
      .sort();
    list.push({ unit, certainty: standing.certain ? 'certain' : 'possible', zones: names });
  }
  return list.sort((a, b) => (a.unit.id < b.unit.id ? -1 : 1));
}

export interface Reason {
  readonly zone: string;
  readonly name: string | null;
  readonly rule: string;
  readonly certainty: Certainty;
  readonly inside: boolean;
  /** Metres from the nominal position to the zone's edge, positive inside. */
  readonly distance: number | null;
  /** Metres by which the distance exceeds the position's accuracy: the room before the answer could change. */
  readonly margin: number | null;
}

export interface Why {
  readonly exposed: boolean;
  readonly certainty: Certainty | null;
  readonly located: boolean;
  readonly reasons: readonly Reason[];
}

/** Why a household or school is counted, or null when there is none of that id. */
export function whyExposed(index: ExposureIndex, kind: UnitKind, id: string): Why | null {
  const unit = index.units[kind].get(id);
  if (!unit) return null;
  const relations = index.relations.get(unit) ?? new Map<Zone, never>();
  const standing = standingIn(relations, new Set(relations.keys()));
  const reasons = [...relations].map(([zone, relation]): Reason => {
    const distance = signedDistance(unit, zone.shape);
    return {
      zone: zone.name,
      name: zone.label,
      rule: zone.rule,
      certainty: relation.certain ? 'certain' : 'possible',
      inside: relation.inside,
      distance: distance === null ? null : Math.round(distance * 100) / 100,
      margin: distance === null ? null : Math.round((Math.abs(distance) - (unit.accuracy ?? 0)) * 100) / 100,
    };
  });
  return {
    exposed: standing.inside,
    certainty: standing.certain ? 'certain' : standing.possible || standing.inside ? 'possible' : null,
    located: unit.geometry !== null,
    reasons: reasons.sort((a, b) => (a.zone < b.zone ? -1 : 1)),
  };
}
