// Units as columns in the order they come, before they are sorted: a million of them without a million objects.
import type { Geometry } from '../../domain/feature.ts';
import { distanceBetween } from '../../geo/ellipsoid.ts';
import { positionsOf } from '../../geo/bounds.ts';
import { inSlot, VALUE_NAMES, type ValueName } from '../sums.ts';
import { anchorOf, type Unit, type UnitKind } from '../unit.ts';
import { grown, IdColumn } from './unitIds.ts';

export const UNIT_KINDS: readonly UnitKind[] = ['households', 'schools'];

/** Bit of the accuracy in `stated`; the bits below are those of VALUE_NAMES. */
export const ACCURACY_STATED = 1 << VALUE_NAMES.length;

/** Words that many rows share, by number; 0 is none. */
export class Words {
  readonly list: string[] = [''];
  private readonly numbers = new Map<string, number>();

  numberOf(word: string | null): number {
    if (word === null) return 0;
    let number = this.numbers.get(word);
    if (number === undefined) {
      number = this.list.length;
      this.numbers.set(word, number);
      this.list.push(word);
    }
    return number;
  }

  /** The number of a word that may not be among them, or -1. */
  find(word: string): number {
    return this.numbers.get(word) ?? -1;
  }

  at(number: number): string | null {
    return number === 0 ? null : (this.list[number] as string);
  }
}

/** A value's column exists once somebody states it; property in fen needs more than 32 bits. */
export type ValueColumn = Uint32Array | Float64Array;

export class UnitRows {
  size = 0;
  lon = new Float64Array(1024);
  lat = new Float64Array(1024);
  /** Metres; 0 where none is stated. */
  accuracy = new Float64Array(1024);
  /** Metres from the anchor within which the unit's own extent and its accuracy lie. */
  reach = new Float64Array(1024);
  kind = new Uint8Array(1024);
  township = new Uint32Array(1024);
  village = new Uint32Array(1024);
  stated = new Uint8Array(1024);
  readonly ids = new IdColumn(1024);
  readonly values = new Map<ValueName, ValueColumn>();
  readonly footprints = new Map<number, Geometry>();
  readonly townships: Words;
  readonly villages: Words;

  constructor(townships = new Words(), villages = new Words()) {
    this.townships = townships;
    this.villages = villages;
  }

  /** Adds a located unit. */
  add(unit: Unit): void {
    const anchor = anchorOf(unit);
    if (!anchor || !unit.geometry) throw new Error(`unit ${unit.id} has no position`);
    const row = this.size++;
    if (row === this.lon.length) this.grow();
    [this.lon[row], this.lat[row]] = anchor;
    this.accuracy[row] = unit.accuracy ?? 0;
    this.reach[row] = reachOf(unit);
    this.kind[row] = UNIT_KINDS.indexOf(unit.kind);
    this.township[row] = this.townships.numberOf(unit.township);
    this.village[row] = this.villages.numberOf(unit.village);
    this.stated[row] = statedBits(unit);
    this.ids.set(row, unit.id);
    if (unit.geometry.type !== 'Point') this.footprints.set(row, unit.geometry);
    for (const name of VALUE_NAMES) {
      const value = unit.values[name];
      if (value !== null) this.columnOf(name)[row] = inSlot(name, value);
    }
  }

  private columnOf(name: ValueName): ValueColumn {
    let column = this.values.get(name);
    if (!column) {
      column = name === 'property' ? new Float64Array(this.lon.length) : new Uint32Array(this.lon.length);
      this.values.set(name, column);
    }
    return column;
  }

  private grow(): void {
    const length = this.lon.length * 2;
    this.lon = grown(this.lon, length, Float64Array);
    this.lat = grown(this.lat, length, Float64Array);
    this.accuracy = grown(this.accuracy, length, Float64Array);
    this.reach = grown(this.reach, length, Float64Array);
    this.kind = grown(this.kind, length, Uint8Array);
    this.township = grown(this.township, length, Uint32Array);
    this.village = grown(this.village, length, Uint32Array);
    this.stated = grown(this.stated, length, Uint8Array);
    for (const [name, column] of this.values) {
      this.values.set(name, column instanceof Float64Array ? grown(column, length, Float64Array) : grown(column, length, Uint32Array));
    }
  }
}

export function statedBits(unit: Unit): number {
  let bits = unit.accuracy === null ? 0 : ACCURACY_STATED;
  VALUE_NAMES.forEach((name, i) => {
    if (unit.values[name] !== null) bits |= 1 << i;
  });
  return bits;
}

/** How far from its anchor (metres) an edge could still matter to a unit: its own extent and its accuracy. */
export function reachOf(unit: Unit): number {
  const accuracy = unit.accuracy ?? 0;
  const anchor = anchorOf(unit);
  if (!anchor || !unit.geometry || unit.geometry.type === 'Point') return accuracy;
  let extent = 0;
  for (const position of positionsOf(unit.geometry)) extent = Math.max(extent, distanceBetween(anchor, position));
  return extent * 1.001 + 0.01 + accuracy;
}
