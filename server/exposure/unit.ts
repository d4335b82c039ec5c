// A household or a school as counting sees it: where it is and what is summed. No name, no phone.
import { numberOf, textOf, type Feature, type Geometry, type Position } from '../domain/feature.ts';
import type { Bounds } from '../domain/service.ts';
import { boundsOf } from '../geo/bounds.ts';

export type UnitKind = 'households' | 'schools';

export interface Unit {
  readonly kind: UnitKind;
  readonly id: string;
  readonly geometry: Geometry | null;
  readonly bounds: Bounds | null;
  /** Position accuracy in metres; null where it was not given (counts as 0, and is reported). */
  readonly accuracy: number | null;
  /** The township it was given; where none was, it is found by its position. */
  readonly township: string | null;
  readonly village: string | null;
  readonly values: UnitValues;
}

/** What is summed; null where the feature does not say. */
export interface UnitValues {
  readonly people_registered: number | null;
  readonly people: number | null;
  readonly people_at_home: number | null;
  readonly vulnerable: number | null;
  /** yuan */
  readonly property: number | null;
  readonly students: number | null;
  readonly boarders: number | null;
}

const YUAN_PER_WAN = 10_000;

export function unitOf(kind: UnitKind, feature: Feature): Unit {
  const p = feature.properties;
  const property = numberOf(p, 'property_wan');
  const household = kind === 'households';
  return {
    kind,
    id: feature.id,
    geometry: feature.geometry,
    bounds: feature.geometry ? boundsOf(feature.geometry) : null,
    accuracy: numberOf(p, 'position_accuracy_m'),
    township: textOf(p, 'township'),
    village: textOf(p, 'village'),
    values: {
      people_registered: household ? numberOf(p, 'people_registered') : null,
      people: household ? numberOf(p, 'people') : null,
      people_at_home: household ? numberOf(p, 'people_at_home') : null,
      vulnerable: household ? vulnerableOf(p) : null,
      property: household && property !== null ? property * YUAN_PER_WAN : null,
      students: household ? null : numberOf(p, 'students'),
      boarders: household ? null : numberOf(p, 'boarders'),
    },
  };
}

/** Distinct vulnerable people: as given, or elderly + children + disabled capped at the resident people. */
export function vulnerableOf(properties: Feature['properties']): number | null {
  const given = numberOf(properties, 'vulnerable');
  if (given !== null) return given;
  const groups = ['elderly', 'children', 'disabled'].map((name) => numberOf(properties, name));
  if (groups.every((value) => value === null)) return null;
  const sum = groups.reduce<number>((total, value) => total + (value ?? 0), 0);
  const people = numberOf(properties, 'people');
  return people === null ? sum : Math.min(sum, people);
}

/** A position that stands for the unit: its point, or the first vertex of its footprint. */
export function anchorOf(unit: Unit): Position | null {
  const { geometry } = unit;
  if (geometry?.type === 'Point') return geometry.coordinates;
  if (geometry?.type === 'Polygon') return geometry.coordinates[0]?.[0] ?? null;
  if (geometry?.type === 'MultiPolygon') return geometry.coordinates[0]?.[0]?.[0] ?? null;
  return null;
}
