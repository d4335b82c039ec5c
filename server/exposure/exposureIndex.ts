// Which households and schools lie in which threatened areas, kept up to date change by change.
import RBush from 'rbush';
import type { NotAssessed } from '../domain/figure.ts';
import type { Bounds } from '../domain/service.ts';
import { boundsMeet, boundsOf, widen } from '../geo/bounds.ts';
import type { Geometry } from '../domain/feature.ts';
import { PreparedArea } from '../geo/covers.ts';
import { relate, type Relation } from './relation.ts';
import { anchorOf, type Unit, type UnitKind, type UnitValues } from './unit.ts';
import type { Zone } from './zone.ts';

interface Entry<T> {
  minX: number;
  minY: number;
  maxX: number;
  maxY: number;
  item: T;
}

export interface Township {
  readonly code: string;
  readonly name: string;
  readonly bounds: Bounds;
  readonly area: PreparedArea;
}

export class ExposureIndex {
  readonly units = { households: new Map<string, Unit>(), schools: new Map<string, Unit>() };
  readonly zones = new Map<string, Zone>();
  readonly gaps = new Map<string, readonly NotAssessed[]>();
  /** unit → zones that it lies in or near, for units that lie in or near any. */
  readonly relations = new Map<Unit, Map<Zone, Relation>>();
  private readonly members = new Map<Zone, Set<Unit>>();
  private readonly townships = new Map<string, Township>();
  private readonly townshipByUnit = new Map<Unit, string | null>();
  private readonly unitTree = new RBush<Entry<Unit>>(16);
  private readonly zoneTree = new RBush<Entry<Zone>>(16);
  private readonly entries = new Map<Unit | Zone, Entry<never>[]>();
  /** Metres; of any unit that was ever in the index. */
  greatestAccuracy = 0;
  /** How many units state each value: tells absent from zero without looking at every unit. */
  private readonly stated = new Map<keyof UnitValues, number>();

  /** Adds or replaces a household or school. */
  putUnit(unit: Unit): void {
    this.removeUnit(unit.kind, unit.id);
    this.register(unit);
    const boxes = this.entriesOf(unit, unit.bounds ? [unit.bounds] : []);
    for (const entry of boxes) this.unitTree.insert(entry);
    this.relateUnit(unit);
  }

  /** Adds many at once: the tree is packed, relations follow with the zones. For an empty index. */
  load(units: Iterable<Unit>, zones: Iterable<Zone>): void {
    const unitEntries: Entry<Unit>[] = [];
    for (const unit of units) {
      this.register(unit);
      unitEntries.push(...this.entriesOf(unit, unit.bounds ? [unit.bounds] : []));
    }
    this.unitTree.load(unitEntries);
    for (const zone of zones) this.putZone(zone);
  }

  removeUnit(kind: UnitKind, id: string): void {
    const unit = this.units[kind].get(id);
    if (!unit) return;
    this.units[kind].delete(id);
    this.countStated(unit, -1);
    for (const entry of this.entries.get(unit) ?? []) this.unitTree.remove(entry);
    this.entries.delete(unit);
    for (const zone of this.relations.get(unit)?.keys() ?? []) this.members.get(zone)?.delete(unit);
    this.relations.delete(unit);
    this.townshipByUnit.delete(unit);
  }

  /** Adds or replaces a zone; its members alone are found again. */
  putZone(zone: Zone): void {
    this.removeZone(zone.name);
    this.zones.set(zone.name, zone);
    for (const entry of this.entriesOf(zone, zone.shape.boxes)) this.zoneTree.insert(entry);
    const candidates = new Set<Unit>();
    for (const box of zone.shape.boxes) {
      const [minX, minY, maxX, maxY] = this.greatestAccuracy > 0 ? widen(box, this.greatestAccuracy) : box;
      for (const entry of this.unitTree.search({ minX, minY, maxX, maxY })) candidates.add(entry.item);
    }
    for (const unit of candidates) this.connect(unit, zone);
  }

  removeZone(name: string): void {
    const zone = this.zones.get(name);
    if (!zone) return;
    this.zones.delete(name);
    for (const entry of this.entries.get(zone) ?? []) this.zoneTree.remove(entry);
    this.entries.delete(zone);
    for (const unit of this.members.get(zone) ?? []) {
      const relations = this.relations.get(unit);
      relations?.delete(zone);
      if (relations?.size === 0) this.relations.delete(unit);
    }
    this.members.delete(zone);
  }

  setGaps(zone: string, gaps: readonly NotAssessed[]): void {
    if (gaps.length > 0) this.gaps.set(zone, gaps);
    else this.gaps.delete(zone);
  }

  setTownships(townships: Iterable<Township>): void {
    this.townships.clear();
    for (const township of townships) this.townships.set(township.code, township);
    this.townshipByUnit.clear();
  }

  get townshipList(): readonly Township[] {
    return [...this.townships.values()];
  }

  /** The township of a unit: as given, else the one it lies in, else null. */
  townshipOf(unit: Unit): string | null {
    if (unit.township !== null) return unit.township;
    const known = this.townshipByUnit.get(unit);
    if (known !== undefined) return known;
    const anchor = anchorOf(unit);
    const found = anchor ? this.townshipAt(anchor[0], anchor[1]) : null;
    this.townshipByUnit.set(unit, found);
    return found;
  }

  private townshipAt(lon: number, lat: number): string | null {
    for (const township of this.townships.values()) {
      if (!boundsMeet(township.bounds, [lon, lat, lon, lat])) continue;
      if (township.area.covers([lon, lat])) return township.code;
    }
    return null;
  }

  /** Units whose box meets a box. */
  unitsIn([minX, minY, maxX, maxY]: Bounds): Unit[] {
    return this.unitTree.search({ minX, minY, maxX, maxY }).map((entry) => entry.item);
  }

  /** Zones that a geometry touches. */
  zonesAt(geometry: Geometry): Zone[] {
    const [minX, minY, maxX, maxY] = boundsOf(geometry);
    const near = new Set(this.zoneTree.search({ minX, minY, maxX, maxY }).map((entry) => entry.item));
    return [...near].filter(({ shape }) =>
      geometry.type === 'Point' ? shape.place(geometry.coordinates) !== 'outside' : shape.touches(geometry),
    );
  }

  /** Units in or near a zone. */
  membersOf(zone: Zone): ReadonlySet<Unit> {
    return this.members.get(zone) ?? NOBODY;
  }

  private register(unit: Unit): void {
    this.units[unit.kind].set(unit.id, unit);
    this.countStated(unit, 1);
    this.greatestAccuracy = Math.max(this.greatestAccuracy, unit.accuracy ?? 0);
  }

  private countStated(unit: Unit, by: number): void {
    for (const [name, value] of Object.entries(unit.values) as [keyof UnitValues, number | null][]) {
      if (value !== null) this.stated.set(name, (this.stated.get(name) ?? 0) + by);
    }
  }

  /** Does any unit of this kind state the value? With no unit at all, zero is the truth. */
  states(kind: UnitKind, name: keyof UnitValues): boolean {
    return this.units[kind].size === 0 || (this.stated.get(name) ?? 0) > 0;
  }

  private entriesOf<T extends Unit | Zone>(item: T, boxes: readonly Bounds[]): Entry<T>[] {
    const entries = boxes.map(([minX, minY, maxX, maxY]) => ({ minX, minY, maxX, maxY, item }));
    this.entries.set(item, entries as unknown as Entry<never>[]);
    return entries;
  }

  private relateUnit(unit: Unit): void {
    if (!unit.bounds) return;
    const [minX, minY, maxX, maxY] = unit.accuracy ? widen(unit.bounds, unit.accuracy) : unit.bounds;
    const near = new Set(this.zoneTree.search({ minX, minY, maxX, maxY }).map((entry) => entry.item));
    for (const zone of near) this.connect(unit, zone);
  }

  private connect(unit: Unit, zone: Zone): void {
    const relation = relate(unit, zone.shape);
    if (!relation) return;
    const relations = this.relations.get(unit);
    if (relations) relations.set(zone, relation);
    else this.relations.set(unit, new Map([[zone, relation]]));
    const members = this.members.get(zone);
    if (members) members.add(unit);
    else this.members.set(zone, new Set([unit]));
  }
}

const NOBODY: ReadonlySet<Unit> = new Set();
