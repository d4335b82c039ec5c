// A shape in the hand against the service: its figures, who comes and goes, and the distinct totals of the townships as they
// are once a zone of that shape is really there. Households of every accuracy, some added and removed since the sheets were
// sorted; zones that overlap each other and the draft.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Geometry, Position } from '../../../server/domain/feature.ts';
import type { Figure } from '../../../server/domain/figure.ts';
import { draftCount, placesOf, type DraftBasis } from '../../../server/exposure/draftCount.ts';
import { Exposure } from '../../../server/exposure/exposure.ts';
import { NO_FILTER } from '../../../server/exposure/filter.ts';
import { flatShape } from '../../../server/exposure/flatShape.ts';
import { membershipOf } from '../../../server/exposure/membership.ts';
import { packIndex, unpackIndex } from '../../../server/exposure/packed.ts';
import { exposureReport } from '../../../server/exposure/report.ts';
import { NO_RUNS } from '../../../server/exposure/runs/runList.ts';
import type { Unit } from '../../../server/exposure/unit.ts';
import { UnitIndex } from '../../../server/exposure/units/unitIndex.ts';
import { whatIf } from '../../../server/exposure/whatIf.ts';
import type { Zone } from '../../../server/exposure/zone.ts';

const STEP = 0.001;
const [LON, LAT] = [113.5, 37.8];
const CODES = ['140303001000', '140303002000', '140303003000'];
const STATE = { revision: 1, computedAt: '2026-07-21T00:00:00Z' };

const at = (x: number, y: number): Position => [LON + x * STEP, LAT + y * STEP];

const unit = (n: number, x: number, y: number): Unit => ({
  kind: n % 11 === 0 ? 'schools' : 'households',
  id: `u${n}`,
  geometry: { type: 'Point', coordinates: at(x, y) },
  bounds: null,
  accuracy: n % 4 === 0 ? 60 : null,
  township: CODES[n % 3] ?? null,
  village: null,
  values: {
    people_registered: n % 5,
    people: n % 6,
    people_at_home: 1,
    vulnerable: n % 2,
    property: n * 100.5,
    students: n % 11 === 0 ? n : null,
    boarders: null,
  },
});

const box = (x: number, y: number, width: number, height: number): Geometry => ({
  type: 'Polygon',
  coordinates: [[at(x, y), at(x + width, y), at(x + width, y + height), at(x, y + height), at(x, y)]],
});

const zone = (name: string, geometry: Geometry): Zone => ({
  name,
  layer: 'hazard-areas',
  label: null,
  hazardType: null,
  register: null,
  state: null,
  rule: 'test',
  season: null,
  shape: flatShape({ kind: 'area', geometry }, geometry),
});

const place = fc.integer({ min: 0, max: 20 });
const area = fc
  .tuple(place, place, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .map(([x, y, width, height]) => box(x, y, width, height));

const world = fc.record({
  homes: fc.array(fc.tuple(place, place), { minLength: 1, maxLength: 80 }),
  late: fc.array(fc.tuple(place, place), { maxLength: 6 }),
  gone: fc.array(fc.nat(60), { maxLength: 4 }),
  others: fc.array(area, { maxLength: 4 }),
  saved: area,
  now: area,
  inForce: fc.boolean(),
});

describe('a draft counted over the packed index', () => {
  test('is what the service counts once it is saved', () => {
    fc.assert(
      fc.property(world, ({ homes, late, gone, others, saved, now, inForce }) => {
        const exposure = new Exposure({
          units: UnitIndex.build(homes.map(([x, y], n) => unit(n, x, y))),
          unlocated: [],
          zones: [
            ...others.map((geometry, n) => zone(`hazard-areas:${n}`, geometry)),
            ...(inForce ? [zone('hazard-areas:own', saved)] : []),
          ],
          townships: [],
        });
        late.forEach(([x, y], n) => exposure.putUnit(unit(1000 + n, x, y)));
        for (const n of gone) exposure.removeUnit(n % 11 === 0 ? 'schools' : 'households', `u${n}`);
        const index = unpackIndex(packIndex(exposure, 1));
        const shapeOf = (geometry: Geometry) => flatShape({ kind: 'area', geometry }, geometry);
        const basis: DraftBasis = {
          saved: membershipOf(index, shapeOf(saved)),
          standing: inForce ? membershipOf(index, shapeOf(saved)).inside : NO_RUNS,
        };
        const counted = draftCount(index, shapeOf(now), basis, 'resident', 'night');

        // the figures are those of what-if
        const { certain, possible, ...figure } = whatIf(exposure, shapeOf(now), null, NO_FILTER);
        expect(counted.count).toMatchObject({ ...figure, certain, possible });
        expect(counted.count.saved).toEqual(whatIf(exposure, shapeOf(saved), null, NO_FILTER));
        const households = (of: Figure): number => of.households ?? 0;
        expect(households(counted.count.comesIn) - households(counted.count.dropsOut)).toBe(
          households(counted.count) - households(counted.count.saved as Figure),
        );
        expect(placesOf(index, counted.comesIn, 1000).length).toBeGreaterThanOrEqual(households(counted.count.comesIn));

        // before: as the report has it; after: as it has it when the zone is there
        const before = exposureReport(exposure, NO_FILTER, STATE);
        exposure.putZone(zone('hazard-areas:own', now));
        const after = exposureReport(exposure, NO_FILTER, STATE);
        const row = (report: typeof before, code: string): Figure | undefined => {
          const found = report.byTownship.find((one) => one.code === code);
          if (!found) return undefined;
          const { code: _code, name: _name, ...own } = found;
          return own;
        };
        for (const effect of counted.count.townships) {
          expect(effect.before).toMatchObject(row(before, effect.code) ?? { households: 0, schools: 0 });
          expect(effect.after).toMatchObject(row(after, effect.code) ?? { households: 0, schools: 0 });
        }
        // a township that is not told of has not changed
        const told = new Set(counted.count.townships.map(({ code }) => code));
        for (const code of CODES) if (!told.has(code)) expect(row(after, code)).toEqual(row(before, code));
      }),
      { numRuns: 300 },
    );
  });

  test('without a basis everybody comes in, and while it is not known no township is told of', () => {
    const exposure = new Exposure({ units: UnitIndex.build([unit(1, 5, 5), unit(2, 6, 6)]), unlocated: [], zones: [], townships: [] });
    const index = unpackIndex(packIndex(exposure, 1));
    const geometry = box(0, 0, 10, 10);
    const { count } = draftCount(
      index,
      flatShape({ kind: 'area', geometry }, geometry),
      { saved: null, standing: null },
      'resident',
      'night',
    );
    expect(count).toMatchObject({ households: 2, saved: null, townships: [], comesIn: { households: 2 }, dropsOut: { households: 0 } });
  });

  test('no shape counts nobody', () => {
    const exposure = new Exposure({ units: UnitIndex.build([unit(1, 5, 5)]), unlocated: [], zones: [], townships: [] });
    const index = unpackIndex(packIndex(exposure, 1));
    expect(draftCount(index, null, { saved: null, standing: NO_RUNS }, 'resident', 'night').count.households).toBe(0);
  });
});
