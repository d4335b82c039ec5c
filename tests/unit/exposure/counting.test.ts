// The counting rules on small cases that can be checked by eye, and incremental change against a fresh count.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Feature, Geometry, Properties } from '../../../server/domain/feature.ts';
import { Exposure } from '../../../server/exposure/exposure.ts';
import { NO_FILTER } from '../../../server/exposure/filter.ts';
import { exposedUnits, whyExposed } from '../../../server/exposure/lists.ts';
import { exposureReport } from '../../../server/exposure/report.ts';
import { dangerLimits, gradeBy } from '../../../server/exposure/grade.ts';
import { shippedRules } from '../../support/rules.ts';
import { unitOf } from '../../../server/exposure/unit.ts';
import { UnitIndex } from '../../../server/exposure/units/unitIndex.ts';
import { UnitRows } from '../../../server/exposure/units/unitRows.ts';
import { zoneOf, type Zone } from '../../../server/exposure/zone.ts';
import { square } from '../../support/square.ts';

const home = (id: string, x: number, y: number, properties: Properties = {}): Feature => ({
  id,
  geometry: { type: 'Point', coordinates: [x, y] },
  properties,
});
const zone = (id: string, geometry: Geometry, properties: Properties = {}): Zone => {
  const made = zoneOf({ id: `hazard-areas:${id}`, geometry, properties: { layer: 'hazard-areas', rule: 'hazard-area', ...properties } });
  if (!made) throw new Error('no zone');
  return made;
};
const indexOf = (homes: readonly Feature[], zones: readonly Zone[]): Exposure => {
  const rows = new UnitRows();
  for (const one of homes) rows.add(unitOf('households', one));
  return new Exposure({ units: UnitIndex.ofRows(rows), unlocated: [], zones, townships: [] });
};
const STATE = { revision: 1, computedAt: '2026-07-21T00:00:00Z' };
const reportOf = (index: Exposure, filter = NO_FILTER) => exposureReport(index, filter, STATE);

describe('overlapping zones', () => {
  // story 3 of the domain reference: A 12 households and 41 people, B 9 and 30, 3 and 10 of them in both
  const people = (total: number, n: number) =>
    Array.from({ length: n }, (_, i) => (i < total % n ? Math.ceil(total / n) : Math.floor(total / n)));
  const homes = [
    ...people(31, 9).map((p, i) => home(`a${i}`, 0.1 + i * 0.05, 0.5, { people: p })),
    ...people(10, 3).map((p, i) => home(`ab${i}`, 0.8 + i * 0.05, 0.5, { people: p })),
    ...people(20, 6).map((p, i) => home(`b${i}`, 1.2 + i * 0.05, 0.5, { people: p })),
  ];
  const index = indexOf(homes, [zone('A', square(0, 0, 1)), zone('B', square(0.75, 0, 1))]);
  const report = reportOf(index);

  test('each zone has its own, the sum repeats, the total does not', () => {
    expect(report.byZone.map(({ zone: name, households, people: p }) => [name, households, p])).toEqual([
      ['hazard-areas:A', 12, 41],
      ['hazard-areas:B', 9, 30],
    ]);
    expect(report.pointSum).toMatchObject({ households: 21, people: 71 });
    expect(report.totals).toMatchObject({ households: 18, people: 61 });
  });

  test('the list is as long as the number, by every filter', () => {
    for (const filter of [NO_FILTER, { ...NO_FILTER, zone: ['hazard-areas:A'] }, { ...NO_FILTER, certainty: ['certain'] as const }]) {
      expect(exposedUnits(index, 'households', filter).total).toBe(reportOf(index, filter).totals.households);
    }
  });
});

test('on an edge counts, as possible; just outside with a poor position is possible and not counted', () => {
  const index = indexOf(
    [
      home('edge', 1, 0.5),
      home('near', 1.00001, 0.5, { position_accuracy_m: 5 }),
      home('far', 1.00001, 0.6),
      home('deep', 0.5, 0.5, { position_accuracy_m: 5 }),
    ],
    [zone('A', square(0, 0, 1))],
  );
  const { totals } = reportOf(index);
  expect([totals.households, totals.certain.households, totals.possible.households]).toEqual([2, 1, 2]);
  expect(whyExposed(index, 'households', 'near')).toMatchObject({ exposed: false, certainty: 'possible', reasons: [{ inside: false }] });
  expect(whyExposed(index, 'households', 'near')?.reasons[0]?.distance).toBeCloseTo(-1.11, 1);
});

test('households on one spot are counted by their ids, and a footprint that touches counts', () => {
  const stacked = Array.from({ length: 5 }, (_, i) => home(`s${i}`, 0.5, 0.5));
  const footprint: Feature = { id: 'f', geometry: square(1, 0.2, 0.1), properties: {} };
  expect(reportOf(indexOf([...stacked, footprint], [zone('A', square(0, 0, 1))])).totals.households).toBe(6);
});

test('a base that nobody states is null, and said; it is never another base', () => {
  const index = indexOf([home('a', 0.5, 0.5, { people: 4 })], [zone('A', square(0, 0, 1))]);
  expect(reportOf(index).totals.people).toBe(4);
  const registered = reportOf(index, { ...NO_FILTER, base: 'registered' });
  expect(registered.totals.people).toBeNull();
  expect(registered.notAssessed.join()).toContain('户籍人口');
});

test.each([
  [99, 0, 'small'],
  [100, 0, 'medium'],
  [499, 0, 'medium'],
  [500, 0, 'large'],
  [999, 0, 'large'],
  [1000, 0, 'very_large'],
  [0, 4_999_999, 'small'],
  [0, 5_000_000, 'medium'],
  [0, 49_999_999, 'medium'],
  [0, 50_000_000, 'large'],
  [99, 100_000_000, 'very_large'],
])('%i people and %i yuan are %s', (people, yuan, grade) => {
  expect(gradeBy(dangerLimits(shippedRules), people, yuan)).toBe(grade);
});

test('any sequence of changes ends where a fresh count of the same features does', () => {
  const coordinate = fc.integer({ min: 0, max: 8 });
  const change = fc.oneof(
    fc.record({
      kind: fc.constant('home' as const),
      id: fc.nat(9),
      x: coordinate,
      y: coordinate,
      accuracy: fc.constantFrom(null, 0, 60_000, 200_000),
    }),
    fc.record({ kind: fc.constant('zone' as const), id: fc.nat(5), x: coordinate, y: coordinate, size: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ kind: fc.constantFrom('noHome' as const, 'noZone' as const), id: fc.nat(9) }),
  );
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const index = Exposure.empty();
      const homes = new Map<number, Feature>();
      const zones = new Map<number, Zone>();
      for (const one of changes) {
        if (one.kind === 'home') {
          const feature = home(`h${one.id}`, one.x, one.y, { people: one.id, position_accuracy_m: one.accuracy });
          homes.set(one.id, feature);
          index.putUnit(unitOf('households', feature));
        } else if (one.kind === 'zone') {
          const made = zone(`z${one.id}`, square(one.x, one.y, one.size));
          zones.set(one.id, made);
          index.putZone(made);
        } else if (one.kind === 'noHome') {
          homes.delete(one.id);
          index.removeUnit('households', `h${one.id}`);
        } else {
          zones.delete(one.id);
          index.removeZone(`hazard-areas:z${one.id}`);
        }
      }
      const fresh = reportOf(indexOf([...homes.values()], [...zones.values()]));
      const grown = reportOf(index);
      const byName = (rows: typeof grown.byZone) => rows.toSorted((a, b) => (a.zone < b.zone ? -1 : 1));
      expect({ ...grown, byZone: byName(grown.byZone) }).toEqual({ ...fresh, byZone: byName(fresh.byZone) });
    }),
    { numRuns: 300 },
  );
});
