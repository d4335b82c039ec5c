// Changes one by one against counting everything anew: zones of every kind moved about, households that come, move and
// go, at every latitude and across 180°; also past the point where the tail is sorted in.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Geometry, Position } from '../../../server/domain/feature.ts';
import { Exposure } from '../../../server/exposure/exposure.ts';
import { NO_FILTER, type ExposureFilter } from '../../../server/exposure/filter.ts';
import { flatShape } from '../../../server/exposure/flatShape.ts';
import { exposedUnits } from '../../../server/exposure/lists.ts';
import { exposureReport } from '../../../server/exposure/report.ts';
import type { Unit } from '../../../server/exposure/unit.ts';
import { UnitIndex } from '../../../server/exposure/units/unitIndex.ts';
import { whatIf } from '../../../server/exposure/whatIf.ts';
import type { Zone } from '../../../server/exposure/zone.ts';
import type { CountingShape } from '../../../server/geo/shape.ts';

const STATE = { revision: 1, computedAt: '2026-07-21T00:00:00Z' };
const FILTERS: readonly ExposureFilter[] = [
  NO_FILTER,
  { ...NO_FILTER, base: 'registered', certainty: ['certain'] },
  { ...NO_FILTER, township: ['140303001000'], certainty: ['possible'] },
  { ...NO_FILTER, village: ['村1'], layer: ['hazard-areas'], at: 'day' },
  { ...NO_FILTER, hazard_type: ['disc'], certainty: ['certain', 'possible'] },
];
const STEP = 0.0005;
const wrap = (lon: number) => (lon > 180 ? lon - 360 : lon);

describe.each([
  ['38° N', 113.5, 38],
  ['the equator', 0, 0],
  ['80° N', 20, 80],
  ['180°', 179.996, -17],
])('at %s', (_where, lon, lat) => {
  const at = (x: number, y: number): Position => [wrap(lon + x * STEP), lat + y * STEP];
  const home = (n: number, x: number, y: number, accuracy: number | null): Unit => ({
    kind: n % 9 === 0 ? 'schools' : 'households',
    id: `u${n}`,
    geometry: accuracy === 7 ? null : { type: 'Point', coordinates: at(x, y) },
    bounds: null,
    accuracy,
    township: n % 3 === 0 ? '140303001000' : '140303002000',
    village: `村${n % 2}`,
    values: {
      people_registered: n % 4 === 0 ? null : n,
      people: n,
      people_at_home: null,
      vulnerable: 1,
      property: n * 1000.25,
      students: n % 9 === 0 ? 50 : null,
      boarders: null,
    },
  });
  const zone = (n: number, x: number, y: number, size: number): Zone => {
    const corners = (west: number, east: number): Position[] => [
      [west, lat + y * STEP],
      [east, lat + y * STEP],
      [east, lat + (y + size) * STEP],
      [west, lat + (y + size) * STEP],
      [west, lat + y * STEP],
    ];
    const [west, east] = [lon + x * STEP, lon + (x + size) * STEP];
    // split where it crosses the date line, as RFC 7946 asks
    const rings =
      east <= 180
        ? [corners(west, east)]
        : west >= 180
          ? [corners(west - 360, east - 360)]
          : [corners(west, 180), corners(-180, east - 360)];
    const area: Geometry = { type: 'MultiPolygon', coordinates: rings.map((ring) => [ring]) };
    const line = [at(x, y), at(x + size, y + 1), at(x + 2 * size, y)];
    const shapes: CountingShape[] = [
      { kind: 'area', geometry: area },
      { kind: 'disc', center: at(x, y), radius: size * 40 },
      { kind: 'margin', geometry: { type: 'LineString', coordinates: line }, margin: size * 15 },
    ];
    const shape = shapes[n % shapes.length] as CountingShape;
    const layer = n % 2 ? 'hazard-areas' : 'hazard-points';
    return {
      name: `${layer}:z${n}`,
      layer,
      label: null,
      hazardType: shape.kind,
      register: n % 2 ? null : 'flood',
      state: null,
      rule: 'test',
      season: null,
      shape: flatShape(shape, shape.kind === 'area' ? area : { type: 'MultiPolygon', coordinates: [] }),
    };
  };
  const fresh = (homes: Iterable<Unit>, zones: Iterable<Zone>): Exposure => {
    const list = [...homes];
    const units = UnitIndex.build(list);
    return new Exposure({ units, unlocated: list.filter((one) => !one.geometry), zones: [...zones], townships: [] });
  };
  const answers = (exposure: Exposure) =>
    FILTERS.map((filter) => [exposureReport(exposure, filter, STATE), exposedUnits(exposure, 'households', filter)]);

  const x = fc.integer({ min: -2, max: 22 });
  const change = fc.oneof(
    fc.record({ kind: fc.constant('home' as const), n: fc.nat(60), x, y: x, accuracy: fc.constantFrom(null, 0, 7, 20, 300) }),
    fc.record({ kind: fc.constant('zone' as const), n: fc.nat(8), x, y: x, size: fc.integer({ min: 1, max: 9 }) }),
    fc.record({ kind: fc.constantFrom('noHome' as const, 'noZone' as const), n: fc.nat(60) }),
  );

  test('any sequence of changes ends where a fresh count does, by every filter', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 60 }), fc.nat(8), (changes, moved) => {
        const homes = new Map<string, Unit>();
        for (let n = 0; n < 40; n++) homes.set(`u${n}`, home(n, (n * 7) % 20, (n * 3) % 20, n % 5 ? 20 : null));
        const zones = new Map<string, Zone>();
        const exposure = fresh(homes.values(), []);
        for (const one of changes) {
          if (one.kind === 'home') {
            const unit = home(one.n, one.x, one.y, one.accuracy);
            homes.set(unit.id, unit);
            exposure.putUnit(unit);
          } else if (one.kind === 'zone') {
            const made = zone(one.n, one.x, one.y, one.size);
            zones.set(made.name, made);
            exposure.putZone(made);
          } else if (one.kind === 'noHome') {
            const gone = homes.get(`u${one.n}`);
            homes.delete(`u${one.n}`);
            if (gone) exposure.removeUnit(gone.kind, gone.id);
          } else {
            const { name } = zone(one.n % 9, 0, 0, 1);
            zones.delete(name);
            exposure.removeZone(name);
          }
        }
        expect(answers(exposure)).toEqual(answers(fresh(homes.values(), zones.values())));
        // what-if says what would be, and leaves everything as it was
        const target = zone(moved, 5, 5, 6);
        const counted = exposure.zones.get(target.name);
        if (!counted) return;
        const { totals } = whatIf(exposure, target.shape, counted, NO_FILTER);
        expect(answers(exposure)).toEqual(answers(fresh(homes.values(), zones.values())));
        exposure.putZone(target);
        expect(totals).toEqual(exposureReport(exposure, NO_FILTER, STATE).totals);
      }),
      { numRuns: 40 },
    );
  });

  test('so do more changes than the tail holds', () => {
    const homes = Array.from({ length: 300 }, (_, n) => home(n, (n * 7) % 20, (n * 3) % 20, n % 5 ? 20 : null));
    const zones = Array.from({ length: 9 }, (_, n) => zone(n, n * 2, n * 2, 6));
    const exposure = fresh(homes, zones);
    const before = exposure.units;
    for (let i = 0; i < 1500; i++) {
      const n = (i * 11) % 300;
      homes[n] = home(n, (i * 13) % 20, (i * 5) % 20, i % 3 ? 20 : null);
      exposure.putUnit(homes[n]);
    }
    expect(exposure.units).not.toBe(before);
    expect(answers(exposure)).toEqual(answers(fresh(homes, zones)));
  });
});
