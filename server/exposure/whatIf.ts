// What a shape that nobody has saved would threaten, and what would change if a zone had that shape.
import type { Figure } from '../domain/figure.ts';
import type { PreparedShape } from '../geo/shape.ts';
import { widen } from '../geo/bounds.ts';
import type { ExposureIndex } from './exposureIndex.ts';
import { standingIn, zonesFor, type ExposureFilter } from './filter.ts';
import { relate, type Relation } from './relation.ts';
import { measuresOf, Tally } from './tally.ts';
import type { Unit, UnitKind } from './unit.ts';
import type { Zone } from './zone.ts';

export interface ShapeFigure extends Figure {
  readonly certain: Figure;
  readonly possible: Figure;
}

export interface WhatIf extends ShapeFigure {
  /** Only with a zone: the distinct totals of everything, as they would be. */
  readonly totals?: ShapeFigure;
  /** Only with a zone: who comes into it and who drops out. */
  readonly comesIn?: readonly { kind: UnitKind; id: string }[];
  readonly dropsOut?: readonly { kind: UnitKind; id: string }[];
}

/** Units in or near a shape. */
function relationsTo(index: ExposureIndex, shape: PreparedShape): Map<Unit, Relation> {
  const found = new Map<Unit, Relation>();
  for (const box of shape.boxes) {
    for (const unit of index.unitsIn(widen(box, index.greatestAccuracy))) {
      const relation = found.has(unit) ? null : relate(unit, shape);
      if (relation) found.set(unit, relation);
    }
  }
  return found;
}

/** @param zone the zone that would have this shape, or null for a shape of its own */
export function whatIf(index: ExposureIndex, shape: PreparedShape, zone: Zone | null, filter: ExposureFilter): WhatIf {
  const relations = relationsTo(index, shape);
  const inShape = figureOf(index, filter, function* standings() {
    for (const [unit, relation] of relations) yield [unit, relation];
  });
  if (!zone) return inShape;
  const others = zonesFor(index, filter, () => null);
  others.delete(zone);
  const touched = new Set([...index.relations.keys(), ...relations.keys()]);
  const totals = figureOf(index, filter, function* standings() {
    for (const unit of touched) {
      const before = standingIn(index.relations.get(unit) ?? [], others);
      const now = relations.get(unit);
      const certain = before.certain || now?.certain === true;
      yield [
        unit,
        {
          inside: before.inside || now?.inside === true,
          certain,
          possible: !certain && (before.possible || now?.possible === true),
        },
      ];
    }
  });
  const was = (unit: Unit) => index.relations.get(unit)?.get(zone)?.inside === true;
  const is = (unit: Unit) => relations.get(unit)?.inside === true;
  const named = (units: Iterable<Unit>) => [...units].map(({ kind, id }) => ({ kind, id })).toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    ...inShape,
    totals,
    comesIn: named([...relations.keys()].filter((unit) => is(unit) && !was(unit))),
    dropsOut: named([...index.membersOf(zone)].filter((unit) => was(unit) && !is(unit))),
  };
}

function figureOf(index: ExposureIndex, filter: ExposureFilter, standings: () => Iterable<[Unit, Relation]>): ShapeFigure {
  const measures = measuresOf(index, filter.base, filter.at);
  const nominal = new Tally(measures);
  const certain = new Tally(measures);
  const possible = new Tally(measures);
  for (const [unit, standing] of standings()) {
    if (standing.inside) nominal.add(unit);
    if (standing.certain) certain.add(unit);
    if (standing.possible) possible.add(unit);
  }
  return { ...nominal.figure(), certain: certain.figure(), possible: possible.figure() };
}
