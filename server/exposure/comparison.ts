// Two shapes side by side: who is in one and not in the other, exactly as zones are counted.
import type { Certainty } from '../domain/figure.ts';
import type { Position } from '../domain/feature.ts';
import type { Exposure } from './exposure.ts';
import type { FlatShape } from './flatShape.ts';
import { membershipOf, NOBODY, type Membership } from './membership.ts';
import { contains, positionsIn, subtract } from './runs/runList.ts';
import type { UnitKind } from './unit.ts';
import type { UnitIndex } from './units/unitIndex.ts';

/** A household or school that is in one shape only. */
export interface Mover {
  readonly id: string;
  /** Within the shape that it is in: `possible` where the accuracy of its position reaches that shape's edge. */
  readonly certainty: Certainty;
  /** Degrees; of a footprint its first vertex. */
  readonly at: Position;
}

/** `total`: all of them; `movers`: the first ones in order of their ids. */
export interface Movers {
  readonly total: number;
  readonly movers: readonly Mover[];
}

export type MoversByKind = Readonly<Record<UnitKind, Movers>>;

export interface Comparison {
  /** Everybody nominally in the shape. */
  readonly inside: Readonly<Record<UnitKind, number>>;
  readonly comesIn: MoversByKind;
  readonly dropsOut: MoversByKind;
}

/**
 * Compares a shape with another, or with none at all. Positions decide by where they nominally are: on an edge is in.
 * @param limit how many of each kind are listed either way
 */
export function compareShapes(exposure: Exposure, shape: FlatShape, against: FlatShape | null, limit: number): Comparison {
  const { units } = exposure;
  const now = membershipOf(units, shape);
  const then = against ? membershipOf(units, against) : NOBODY;
  const inside = { households: 0, schools: 0 };
  for (const position of positionsIn(now.inside)) if (units.alive[position]) inside[units.kindAt(position)]++;
  return { inside, comesIn: moversOf(units, now, then, limit), dropsOut: moversOf(units, then, now, limit) };
}

function moversOf(units: UnitIndex, of: Membership, without: Membership, limit: number): MoversByKind {
  const positions: Record<UnitKind, number[]> = { households: [], schools: [] };
  for (const position of positionsIn(subtract(of.inside, without.inside))) {
    if (units.alive[position]) positions[units.kindAt(position)].push(position);
  }
  const listed = (kind: UnitKind): Movers => {
    const found = positions[kind];
    if (found.length === 0) return { total: 0, movers: [] };
    const ranks = units.idRanks;
    found.sort((a, b) => (ranks[a] as number) - (ranks[b] as number));
    const movers = found.slice(0, limit).map((position): Mover => ({
      id: units.idAt(position),
      certainty: contains(of.near, position) ? 'possible' : 'certain',
      at: units.positionOf(position),
    }));
    return { total: found.length, movers };
  };
  return { households: listed('households'), schools: listed('schools') };
}
