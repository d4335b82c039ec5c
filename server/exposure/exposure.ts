// Which households and schools lie in which threatened areas, kept up to date change by change: a change costs the
// members of what changed, not all units.
import RBush from 'rbush';
import type { Geometry } from '../domain/feature.ts';
import type { NotAssessed } from '../domain/figure.ts';
import type { Bounds } from '../domain/service.ts';
import type { GradeLimits } from './grade.ts';
import { boundsMeet, boundsOf, splitAtDateLine, widen } from '../geo/bounds.ts';
import type { PreparedArea } from '../geo/covers.ts';
import { Census } from './census.ts';
import { preparedOf } from './flatShape.ts';
import { membershipOf, type Membership } from './membership.ts';
import { relate, type Relation } from './relation.ts';
import { contains, runsOf, unite } from './runs/runList.ts';
import { addSums, type Sums } from './sums.ts';
import type { Unit, UnitKind } from './unit.ts';
import { UnitIndex } from './units/unitIndex.ts';
import { UnitRows } from './units/unitRows.ts';
import type { Zone } from './zone.ts';
import { ZoneCovers } from './zoneCovers.ts';
import { addRun, sumsOf } from './units/runSums.ts';

export interface Township {
  readonly code: string;
  readonly name: string;
  readonly bounds: Bounds;
  readonly area: PreparedArea;
}

/** A zone with those in it. */
export interface CountedZone {
  readonly zone: Zone;
  membership: Membership;
  /** Over those nominally inside. */
  readonly sums: Sums;
}

/** What a fresh computation starts from. */
export interface Inputs {
  readonly units: UnitIndex;
  readonly unlocated: Iterable<Unit>;
  readonly zones: readonly Zone[];
  /** One for each zone, computed on these units; computed here when left out. */
  readonly memberships?: readonly Membership[];
  readonly townships: Iterable<Township>;
  /** Without them no zone has a grade. */
  readonly dangerLimits?: GradeLimits;
}

interface Entry {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
  counted: CountedZone;
}

/** More zones than any county has at a time; past it the covers are made anew, twice as wide. */
const LEAST_ZONES = 1000;

export class Exposure {
  units: UnitIndex;
  readonly unlocated = new Map<string, Unit>();
  readonly zones = new Map<string, CountedZone>();
  readonly gaps = new Map<string, readonly NotAssessed[]>();
  covers: ZoneCovers;
  census = new Census();
  dangerLimits: GradeLimits | null;
  private townships = new Map<string, Township>();
  private readonly zoneTree = new RBush<Entry>(16);
  private readonly entries = new Map<CountedZone, Entry[]>();
  private room = LEAST_ZONES;

  constructor({ units, unlocated, zones, memberships, townships, dangerLimits }: Inputs) {
    this.units = units;
    this.dangerLimits = dangerLimits ?? null;
    for (const unit of unlocated) this.unlocated.set(keyOf(unit.kind, unit.id), unit);
    for (const unit of this.unlocated.values()) this.census.count(unit, 1);
    this.census.countAll(units);
    this.townships = byCode(townships);
    this.placeInTownships();
    zones.forEach((zone, i) => this.register(zone, memberships?.[i] ?? membershipOf(units, zone.shape)));
    this.covers = this.coverAnew();
  }

  /** Nothing loaded. */
  static empty(): Exposure {
    return new Exposure({ units: UnitIndex.ofRows(new UnitRows()), unlocated: [], zones: [], townships: [] });
  }

  /** Adds or replaces a household or school. */
  putUnit(unit: Unit): void {
    this.removeUnit(unit.kind, unit.id);
    this.census.count(unit, 1);
    if (!unit.geometry) {
      this.unlocated.set(keyOf(unit.kind, unit.id), unit);
      return;
    }
    if (this.units.tailIsFull) this.sortAnew();
    const position = this.units.append(unit);
    this.placeInTownship(position);
    const itself = runsOf([position]);
    for (const [counted, relation] of this.relationsOf(unit)) {
      const { zone, membership, sums } = counted;
      const own: Membership = { inside: relation.inside ? itself : runsOf([]), near: relation.possible ? itself : runsOf([]) };
      counted.membership = { inside: unite(membership.inside, own.inside), near: unite(membership.near, own.near) };
      if (relation.inside) addRun(this.units, sums, position, position + 1);
      this.covers.add(zone, own);
    }
  }

  removeUnit(kind: UnitKind, id: string): void {
    const key = keyOf(kind, id);
    const unlocated = this.unlocated.get(key);
    if (unlocated) {
      this.census.count(unlocated, -1);
      this.unlocated.delete(key);
      return;
    }
    const position = this.units.find(kind, id);
    if (position < 0) return;
    const unit = this.units.unitAt(position);
    this.census.count(unit, -1);
    for (const counted of this.zonesNear(unit)) {
      if (contains(counted.membership.inside, position)) addRun(this.units, counted.sums, position, position + 1, -1);
    }
    this.covers.weigh(position, -1);
    // it keeps its position in the zones that took it in, and weighs nothing there from now on
    this.units.kill(position);
  }

  /** Adds or replaces a zone. */
  putZone(zone: Zone): void {
    this.removeZone(zone.name);
    const counted = this.register(zone, membershipOf(this.units, zone.shape));
    if (this.zones.size > this.room) this.covers = this.coverAnew();
    else this.covers.add(zone, counted.membership);
  }

  removeZone(name: string): void {
    const counted = this.zones.get(name);
    if (!counted) return;
    this.zones.delete(name);
    for (const entry of this.entries.get(counted) ?? []) this.zoneTree.remove(entry);
    this.entries.delete(counted);
    this.covers.remove(counted.zone, counted.membership);
  }

  setGaps(zone: string, gaps: readonly NotAssessed[]): void {
    if (gaps.length > 0) this.gaps.set(zone, gaps);
    else this.gaps.delete(zone);
  }

  setTownships(townships: Iterable<Township>): void {
    this.townships = byCode(townships);
    this.placeInTownships();
    this.covers = this.coverAnew();
  }

  get townshipList(): readonly Township[] {
    return [...this.townships.values()];
  }

  /** Zones that a geometry touches. */
  zonesAt(geometry: Geometry): Zone[] {
    const found: Zone[] = [];
    for (const { zone } of this.zonesMeeting([boundsOf(geometry)])) {
      const shape = preparedOf(zone.shape);
      const touched = geometry.type === 'Point' ? shape.place(geometry.coordinates) !== 'outside' : shape.touches(geometry);
      if (touched) found.push(zone);
    }
    return found;
  }

  /** Zones that a unit lies in or near, and how. */
  relationsOf(unit: Unit): Map<CountedZone, Relation> {
    const relations = new Map<CountedZone, Relation>();
    for (const counted of this.zonesNear(unit)) {
      const relation = relate(unit.geometry as Geometry, unit.accuracy ?? 0, preparedOf(counted.zone.shape));
      if (relation) relations.set(counted, relation);
    }
    return relations;
  }

  private zonesNear(unit: Unit): Set<CountedZone> {
    if (!unit.geometry) return new Set();
    const box = boundsOf(unit.geometry);
    return this.zonesMeeting(splitAtDateLine(unit.accuracy ? widen(box, unit.accuracy) : box));
  }

  private zonesMeeting(boxes: readonly Bounds[]): Set<CountedZone> {
    const found = new Set<CountedZone>();
    for (const [west, south, east, north] of boxes) {
      // a position at ±180 lies on both sides of the line
      for (const shift of east >= 180 || west <= -180 ? [0, 360, -360] : [0]) {
        const hits = this.zoneTree.search({ minX: west + shift, minY: south, maxX: east + shift, maxY: north });
        for (const { counted } of hits) found.add(counted);
      }
    }
    return found;
  }

  private register(zone: Zone, membership: Membership): CountedZone {
    const counted: CountedZone = { zone, membership, sums: sumsOf(this.units, membership.inside) };
    this.zones.set(zone.name, counted);
    const entries = splitAtDateLine(zone.shape.bounds).map(([minX, minY, maxX, maxY]) => ({ minX, minY, maxX, maxY, counted }));
    this.entries.set(counted, entries);
    for (const entry of entries) this.zoneTree.insert(entry);
    return counted;
  }

  private coverAnew(): ZoneCovers {
    this.room = Math.max(LEAST_ZONES, this.zones.size * 2);
    const covers = new ZoneCovers(this.units, this.room);
    for (const { zone, membership } of this.zones.values()) covers.add(zone, membership);
    return covers;
  }

  /** Sorts the tail in. */
  private sortAnew(): void {
    this.units = UnitIndex.build(this.units.units());
    this.placeInTownships();
    for (const counted of this.zones.values()) {
      counted.membership = membershipOf(this.units, counted.zone.shape);
      counted.sums.fill(0);
      addSums(counted.sums, sumsOf(this.units, counted.membership.inside));
    }
    this.covers = this.coverAnew();
  }

  /** Finds the township of every position that was not given one. */
  private placeInTownships(): void {
    for (let position = 0; position < this.units.end; position++) this.placeInTownship(position);
  }

  private placeInTownship(position: number): void {
    const { alive, townshipGiven, township, townships } = this.units;
    if (!alive[position] || townshipGiven[position]) return;
    const [lon, lat] = this.units.positionOf(position);
    township[position] = townships.numberOf(this.townshipAt(lon, lat));
  }

  private townshipAt(lon: number, lat: number): string | null {
    for (const township of this.townships.values()) {
      if (boundsMeet(township.bounds, [lon, lat, lon, lat]) && township.area.covers([lon, lat])) return township.code;
    }
    return null;
  }

  /** Bytes by part, beside those of the units. */
  get memory(): Readonly<Record<string, number>> {
    let runs = 0;
    for (const { membership } of this.zones.values()) runs += membership.inside.byteLength + membership.near.byteLength;
    return { ...this.units.memory, covers: this.covers.byteLength, runs };
  }
}

const keyOf = (kind: UnitKind, id: string) => `${kind} ${id}`;

const byCode = (townships: Iterable<Township>) => new Map(Array.from(townships, (township) => [township.code, township]));
