// Households and schools as counting sees them, by position: sorted sheets, and a tail of those that came or moved
// since the sheets were sorted. A unit that leaves keeps its position, and weighs nothing.
import type { Geometry, Position } from '../../domain/feature.ts';
import { addUnit, inSlot, noSums, SLOT, SLOTS, VALUE_NAMES } from '../sums.ts';
import type { Unit, UnitKind, UnitValues } from '../unit.ts';
import { boundsOf } from '../../geo/bounds.ts';
import { sortIntoSheets, type Allocate } from './buildSheets.ts';
import type { Positions, Tail } from './positions.ts';
import { addRun, sheetAt } from './runSums.ts';
import type { Sheet } from './sheet.ts';
import { IdColumn, IdTable } from './unitIds.ts';
import { ACCURACY_STATED, reachOf, statedBits, UNIT_KINDS, UnitRows, type Words } from './unitRows.ts';

/** A tail of this part of the units is sorted in; shorter ones cost a pass over them per zone, some microseconds. */
const TAIL_PART = 64;
const LEAST_TAIL = 1024;

const ownMemory: Allocate = (bytes) => new ArrayBuffer(bytes);

export class UnitIndex implements Positions {
  readonly sheets: readonly Sheet[];
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  accuracy: Float64Array | null;
  readonly footprints = new Map<number, Geometry>();
  readonly tail: Tail;
  /** By position: numbers of words; 0 is none. */
  readonly township: Uint16Array;
  readonly village: Uint32Array;
  readonly townships: Words;
  readonly villages: Words;
  /** By position: which values are stated, by their bits. */
  private readonly stated: Uint8Array;
  /** By position: 1 where a unit is. */
  readonly alive: Uint8Array;
  /** By position: 1 where the township was given and not found by position. */
  readonly townshipGiven: Uint8Array;
  private readonly ids: IdColumn;
  private readonly tables: Record<UnitKind, IdTable>;
  private ranks: Uint32Array | null = null;

  private constructor(rows: UnitRows, allocate: Allocate) {
    const { sheets, order } = sortIntoSheets(rows, allocate);
    const capacity = Math.max(LEAST_TAIL, Math.ceil(rows.size / TAIL_PART)) + 1;
    const size = order.length + capacity;
    this.sheets = sheets;
    this.lon = new Float64Array(allocate(size * 8));
    this.lat = new Float64Array(allocate(size * 8));
    const accurate = rows.accuracy.subarray(0, rows.size).some((metres) => metres > 0);
    this.accuracy = accurate ? new Float64Array(allocate(size * 8)) : null;
    this.tail = {
      first: order.length,
      next: order.length + 1,
      capacity,
      sums: new Float64Array(capacity * SLOTS),
      reach: new Float64Array(capacity),
    };
    this.township = new Uint16Array(size);
    this.village = new Uint32Array(size);
    this.townships = rows.townships;
    this.villages = rows.villages;
    this.stated = new Uint8Array(size);
    this.alive = new Uint8Array(size);
    this.townshipGiven = new Uint8Array(size);
    this.ids = rows.ids.reordered(order, size);
    const schools = rows.kind.subarray(0, rows.size).reduce((sum, kind) => sum + kind, 0);
    this.tables = { households: new IdTable(this.ids, rows.size - schools), schools: new IdTable(this.ids, schools) };
    for (let position = 0; position < order.length; position++) {
      const row = order[position] as number;
      if (row < 0) continue;
      this.lon[position] = rows.lon[row] as number;
      this.lat[position] = rows.lat[row] as number;
      if (this.accuracy) this.accuracy[position] = rows.accuracy[row] as number;
      this.township[position] = rows.township[row] as number;
      this.townshipGiven[position] = rows.township[row] === 0 ? 0 : 1;
      this.village[position] = rows.village[row] as number;
      this.stated[position] = rows.stated[row] as number;
      this.alive[position] = 1;
      this.tables[UNIT_KINDS[rows.kind[row] as number] as UnitKind].add(position);
      const footprint = rows.footprints.size > 0 ? rows.footprints.get(row) : undefined;
      if (footprint) this.footprints.set(position, footprint);
    }
  }

  /**
   * Sorts units that have a position; the others are skipped.
   * @param allocate makes the memory of the arrays that other threads may read
   */
  static build(units: Iterable<Unit>, allocate: Allocate = ownMemory): UnitIndex {
    const rows = new UnitRows();
    for (const unit of units) if (unit.geometry) rows.add(unit);
    return new UnitIndex(rows, allocate);
  }

  static ofRows(rows: UnitRows, allocate: Allocate = ownMemory): UnitIndex {
    return new UnitIndex(rows, allocate);
  }

  /** Positions in use are below this; some are empty. */
  get end(): number {
    return this.tail.next;
  }

  /** Positions there is room for. */
  get capacity(): number {
    return this.lon.length;
  }

  get tailIsFull(): boolean {
    return this.tail.next - this.tail.first >= this.tail.capacity;
  }

  /** The position of a unit, or -1. */
  find(kind: UnitKind, id: string): number {
    return this.tables[kind].find(id);
  }

  idAt(position: number): string {
    return this.ids.get(position);
  }

  /** Where the id stands in UTF-8; the bytes must not be kept over a change. */
  idSpanAt(position: number, span: { bytes: Uint8Array; from: number; length: number }): void {
    this.ids.locate(position, span);
  }

  kindAt(position: number): UnitKind {
    if (position < this.tail.first) return (sheetAt(this, position) as Sheet).kind;
    return this.tail.sums[(position - this.tail.first) * SLOTS + SLOT.schools] ===
      this.tail.sums[(position - this.tail.first - 1) * SLOTS + SLOT.schools]
      ? 'households'
      : 'schools';
  }

  positionOf(position: number): Position {
    return [this.lon[position] as number, this.lat[position] as number];
  }

  geometryAt(position: number): Geometry {
    return this.footprints.get(position) ?? { type: 'Point', coordinates: this.positionOf(position) };
  }

  /** Bits of what the unit at a position states. */
  statedAt(position: number): number {
    return this.stated[position] as number;
  }

  /** The unit at a position, as it was put in. */
  unitAt(position: number): Unit {
    const kind = this.kindAt(position);
    const geometry = this.geometryAt(position);
    const sums = noSums();
    addRun(this, sums, position, position + 1);
    const stated = this.statedAt(position);
    const values: Record<string, number | null> = {};
    VALUE_NAMES.forEach((name, i) => {
      const inUnits = (sums[SLOT[name]] as number) / inSlot(name, 1);
      values[name] = (stated & (1 << i)) !== 0 ? inUnits : null;
    });
    return {
      kind,
      id: this.idAt(position),
      geometry,
      bounds: boundsOf(geometry),
      accuracy: (stated & ACCURACY_STATED) !== 0 ? (this.accuracy?.[position] ?? 0) : null,
      township: this.townshipGiven[position] ? this.townships.at(this.township[position] as number) : null,
      village: this.villages.at(this.village[position] as number),
      values: values as unknown as UnitValues,
    };
  }

  /** Appends a located unit; there must be room (`tailIsFull`). @returns its position */
  append(unit: Unit): number {
    if (!unit.geometry) throw new Error(`unit ${unit.id} has no position`);
    const position = this.tail.next++;
    const [anchorLon, anchorLat] = anchorPosition(unit.geometry);
    this.lon[position] = anchorLon;
    this.lat[position] = anchorLat;
    if ((unit.accuracy ?? 0) > 0) this.accuracy ??= new Float64Array(this.lon.length);
    if (this.accuracy) this.accuracy[position] = unit.accuracy ?? 0;
    this.township[position] = this.townships.numberOf(unit.township);
    this.townshipGiven[position] = unit.township === null ? 0 : 1;
    this.village[position] = this.villages.numberOf(unit.village);
    this.stated[position] = statedBits(unit);
    this.alive[position] = 1;
    this.ids.set(position, unit.id);
    this.tables[unit.kind].add(position);
    if (unit.geometry.type !== 'Point') this.footprints.set(position, unit.geometry);
    const at = (position - this.tail.first) * SLOTS;
    this.tail.sums.copyWithin(at, at - SLOTS, at);
    addUnit(this.tail.sums.subarray(at, at + SLOTS), unit.kind, unit.values);
    this.tail.reach[position - this.tail.first] = reachOf(unit);
    this.ranks = null;
    return position;
  }

  /** The unit at a position is gone: it weighs nothing and is found no more. */
  kill(position: number): void {
    const kind = this.kindAt(position);
    const own = noSums();
    addRun(this, own, position, position + 1);
    this.tables[kind].remove(position);
    this.alive[position] = 0;
    this.footprints.delete(position);
    this.ranks = null;
    if (position >= this.tail.first) {
      this.tail.reach[position - this.tail.first] = -1;
      for (let at = position; at < this.tail.next; at++) {
        for (let slot = 0; slot < SLOTS; slot++) {
          const i = (at - this.tail.first) * SLOTS + slot;
          this.tail.sums[i] = (this.tail.sums[i] as number) - (own[slot] as number);
        }
      }
      return;
    }
    const sheet = sheetAt(this, position) as Sheet;
    const { slots, counts, money, first } = sheet;
    const end = stripEnd(sheet, position);
    for (let at = position; at < end; at++) {
      slots.forEach((slot, column) => {
        const i = (at - first) * slots.length + column;
        counts[i] = (counts[i] as number) - (own[slot] as number);
      });
      if (money) money[at - first] = (money[at - first] as number) - (own[SLOT.property] as number);
    }
  }

  /** All units that are there, in order of position. */
  *units(): Generator<Unit> {
    for (let position = 0; position < this.end; position++) if (this.alive[position]) yield this.unitAt(position);
  }

  /** Places of all positions in the order of their ids; made when first asked for, and again after a change. */
  get idRanks(): Uint32Array {
    if (this.ranks) return this.ranks;
    const order = new Uint32Array(this.end);
    for (let position = 0; position < order.length; position++) order[position] = position;
    order.sort((a, b) => this.ids.compare(a, b) || a - b);
    this.ranks = new Uint32Array(this.end);
    order.forEach((position, rank) => ((this.ranks as Uint32Array)[position] = rank));
    return this.ranks;
  }

  /** Order of the id at a position and another id, by code points. */
  compareId(position: number, id: string): number {
    const a = this.ids.bytesAt(position);
    const b = IdColumn.encode(id);
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
    }
    return a.length - b.length;
  }

  /** Bytes by part. */
  get memory(): Readonly<Record<string, number>> {
    const sum = (pick: (sheet: Sheet) => number) => this.sheets.reduce((total, sheet) => total + pick(sheet), 0);
    return {
      positions: this.lon.byteLength + this.lat.byteLength,
      sums: sum((sheet) => sheet.counts.byteLength + (sheet.money?.byteLength ?? 0)) + this.tail.sums.byteLength,
      strips: sum((sheet) => sheet.starts.byteLength),
      accuracy: this.accuracy?.byteLength ?? 0,
      places: this.township.byteLength + this.village.byteLength + this.townshipGiven.byteLength,
      states: this.stated.byteLength + this.alive.byteLength,
      ids: this.ids.byteLength + this.tables.households.byteLength + this.tables.schools.byteLength,
    };
  }
}

function anchorPosition(geometry: Geometry): Position {
  if (geometry.type === 'Point') return geometry.coordinates;
  if (geometry.type === 'Polygon') return geometry.coordinates[0]?.[0] as Position;
  if (geometry.type === 'MultiPolygon') return geometry.coordinates[0]?.[0]?.[0] as Position;
  throw new Error(`a unit is a point or a footprint, not a ${geometry.type}`);
}

/** Where the strip of a position ends. */
function stripEnd(sheet: Sheet, position: number): number {
  let low = 0;
  let high = sheet.strips;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sheet.starts[middle + 1] as number) <= position) low = middle + 1;
    else high = middle;
  }
  return sheet.starts[low + 1] as number;
}
