// What all units together state, whether they lie in an area or not: to tell absent from zero, and to say beside each
// figure who has no position and whose accuracy nobody knows.
import { addUnit, noSums, SLOT, VALUE_NAMES, type Sums, type ValueName } from './sums.ts';
import type { Unit, UnitKind } from './unit.ts';
import { bitOf } from './units/buildSheets.ts';
import type { UnitIndex } from './units/unitIndex.ts';
import { ACCURACY_STATED, statedBits } from './units/unitRows.ts';
import { addRun } from './units/runSums.ts';

export class Census {
  /** Of all units, with a position or without. */
  readonly sums: Sums = noSums();
  readonly unlocated: Sums = noSums();
  /** Households with a position of unknown accuracy. */
  accuracyUnknown = 0;
  private readonly stated: Record<UnitKind, Map<ValueName, number>> = { households: new Map(), schools: new Map() };

  count(unit: Unit, times: 1 | -1): void {
    addUnit(this.sums, unit.kind, unit.values, times);
    if (!unit.geometry) addUnit(this.unlocated, unit.kind, unit.values, times);
    const bits = statedBits(unit);
    if (unit.kind === 'households' && unit.geometry && (bits & ACCURACY_STATED) === 0) this.accuracyUnknown += times;
    const stated = this.stated[unit.kind];
    for (const name of VALUE_NAMES) if ((bits & bitOf(name)) !== 0) stated.set(name, (stated.get(name) ?? 0) + times);
  }

  /** All units of an index. */
  countAll(units: UnitIndex): void {
    for (const { kind, first, last, starts, strips } of units.sheets) {
      for (let strip = 0; strip < strips; strip++) {
        const from = (starts[strip] as number) + 1;
        if (from < (starts[strip + 1] as number)) addRun(units, this.sums, from, starts[strip + 1] as number);
      }
      const stated = new Uint32Array(256);
      let alive = 0;
      for (let position = first; position < last; position++) {
        if (!units.alive[position]) continue;
        alive++;
        const bits = units.statedAt(position);
        stated[bits] = (stated[bits] as number) + 1;
      }
      let accurate = 0;
      stated.forEach((count, bits) => {
        if ((bits & ACCURACY_STATED) !== 0) accurate += count;
        for (const name of VALUE_NAMES) {
          if ((bits & bitOf(name)) !== 0) this.stated[kind].set(name, this.statedBy(kind, name) + count);
        }
      });
      if (kind === 'households') this.accuracyUnknown += alive - accurate;
    }
    for (let position = units.tail.first + 1; position < units.end; position++) {
      if (units.alive[position]) this.count(units.unitAt(position), 1);
    }
  }

  get households(): number {
    return this.sums[SLOT.households] as number;
  }

  get schools(): number {
    return this.sums[SLOT.schools] as number;
  }

  /** How many units of a kind state a value. */
  statedBy(kind: UnitKind, name: ValueName): number {
    return this.stated[kind].get(name) ?? 0;
  }

  /** Does any unit of this kind state the value? With no unit at all, zero is the truth. */
  states(kind: UnitKind, name: ValueName): boolean {
    return this[kind] === 0 || this.statedBy(kind, name) > 0;
  }
}
