// Two shapes compared, against each unit asked one by one.
import { expect, test } from 'vitest';
import type { Feature, Position } from '../../../server/domain/feature.ts';
import { compareShapes } from '../../../server/exposure/comparison.ts';
import { Exposure } from '../../../server/exposure/exposure.ts';
import { flatShape, preparedOf } from '../../../server/exposure/flatShape.ts';
import { relate } from '../../../server/exposure/relation.ts';
import { unitOf } from '../../../server/exposure/unit.ts';
import { UnitIndex } from '../../../server/exposure/units/unitIndex.ts';
import { seeded } from '../../support/postgis.ts';
import { square } from '../../support/square.ts';

const random = seeded(5);
const somewhere = (): Position => [113 + random(), 37 + random()];
const feature = (i: number): Feature => ({
  id: `u${String(i).padStart(4, '0')}`,
  geometry: i % 7 === 0 ? square(113 + random(), 37 + random(), 0.002) : { type: 'Point', coordinates: somewhere() },
  properties: { position_accuracy_m: i % 3 === 0 ? 300 : null },
});
const kindOf = (i: number): 'households' | 'schools' => (i % 5 === 0 ? 'schools' : 'households');
const areaShape = (x: number, y: number, size: number) => {
  const geometry = square(x, y, size);
  return flatShape({ kind: 'area', geometry }, geometry);
};

test('who is in one and not in the other, with certainty, in order of ids', () => {
  const units = Array.from({ length: 600 }, (_, i) => unitOf(kindOf(i), feature(i)));
  const exposure = new Exposure({ units: UnitIndex.build(units.slice(0, 550)), unlocated: [], zones: [], townships: [] });
  for (const unit of units.slice(550)) exposure.putUnit(unit);
  exposure.removeUnit('households', 'u0001');
  const there = units.filter(({ id }) => id !== 'u0001');
  for (let round = 0; round < 20; round++) {
    const now = areaShape(113 + random() * 0.6, 37 + random() * 0.6, 0.4);
    const then = areaShape(113 + random() * 0.6, 37 + random() * 0.6, 0.4);
    const relation = (unit: (typeof units)[number], shape: typeof now) =>
      unit.geometry && relate(unit.geometry, unit.accuracy ?? 0, preparedOf(shape));
    const expected = (of: typeof now, without: typeof now, kind: string) =>
      there
        .filter((unit) => unit.kind === kind && relation(unit, of)?.inside && !relation(unit, without)?.inside)
        .map((unit) => [unit.id, relation(unit, of)?.possible ? 'possible' : 'certain']);
    const compared = compareShapes(exposure, now, then, 1000);
    for (const kind of ['households', 'schools'] as const) {
      expect(compared.comesIn[kind].movers.map(({ id, certainty }) => [id, certainty])).toEqual(expected(now, then, kind));
      expect(compared.dropsOut[kind].movers.map(({ id, certainty }) => [id, certainty])).toEqual(expected(then, now, kind));
      expect(compared.inside[kind]).toBe(there.filter((unit) => unit.kind === kind && relation(unit, now)?.inside).length);
    }
    const [few, alone] = [compareShapes(exposure, now, then, 2), compareShapes(exposure, now, null, 0)];
    expect(few.comesIn.households).toEqual({
      total: compared.comesIn.households.total,
      movers: compared.comesIn.households.movers.slice(0, 2),
    });
    expect(alone).toMatchObject({ comesIn: { households: { total: compared.inside.households } }, dropsOut: { schools: { total: 0 } } });
  }
});
