// Where along a river a position lies, and how far from its strip and its management range: worked vectors on the geodesic.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Position, Properties } from '../../../server/domain/feature.ts';
import { prepareShape } from '../../../server/geo/shape.ts';
import type { StoredFeature } from '../../../server/store/store.ts';
import { loadKernel, type GeometryKernel } from '../../../server/zones/kernel/geos.ts';
import { outlineOf } from '../../../server/zones/kernel/outline.ts';
import { managementArea, managementRange } from '../../../server/zones/rivers/managementRange.ts';
import { chainageLabel, riverPosition, type RiverPosition } from '../../../server/zones/rivers/riverPosition.ts';
import { linesOf, riverStrip } from '../../../server/zones/rivers/riverStrip.ts';
import { distance } from '../../support/oracle/distance.ts';
import { azimuth, project, setDown } from '../../support/oracle/offsetGeodesic.ts';
import { seeded } from '../../support/postgis.ts';

const AT: Position = [113.56, 37.87];
let kernel: GeometryKernel;
beforeAll(async () => {
  kernel = await loadKernel();
});

/** Vertices in metres east and north of a place. */
const along = (vertices: readonly Position[]): readonly Position[] => {
  const line = setDown({ type: 'LineString', coordinates: vertices }, AT);
  return line.type === 'LineString' ? line.coordinates : [];
};
const place = (east: number, north: number): Position => along([[east, north]])[0] as Position;
const at = (lines: readonly (readonly Position[])[], p: Position, properties: Properties = {}): RiverPosition => {
  const found = riverPosition(lines, properties, p);
  if (!found) throw new Error('the section has no line');
  return found;
};
const section = (lines: readonly (readonly Position[])[], properties: Properties = {}): StoredFeature => ({
  id: 'R1',
  geometry: { type: 'MultiLineString', coordinates: lines },
  properties,
  sequence: 1,
  revision: 1,
});

/** Flows north, turns east (to the right), then north again (to the left). */
const BENT = along([
  [0, 0],
  [0, 500],
  [400, 500],
  [400, 900],
]);

describe('position', () => {
  test('facing downstream the left hand is the left bank, at any place of a bent line', () => {
    const [a, b] = [BENT[0] as Position, BENT[1] as Position];
    const north = azimuth(a, b);
    for (const [metres, off] of [
      [100, 60],
      [250, 7.5],
      [333, 150],
    ] as const) {
      for (const [bank, turn] of [
        ['left', -90],
        ['right', 90],
      ] as const) {
        const found = at([BENT], project(project(a, north, metres), north + turn, off));
        expect(found.bank).toBe(bank);
        expect(found.along).toBeCloseTo(metres, 2);
        expect(found.distance).toBeCloseTo(off, 3);
        expect(found.beyondEnd).toBe(false);
      }
    }
  });

  test('on the line itself it lies on neither bank', () => {
    expect(at([BENT], place(0, 200))).toMatchObject({ bank: 'on_line' });
    expect(at([BENT], BENT[2] as Position).bank).toBe('on_line');
  });

  test('beyond a bend the nearest place is its vertex, and the bank is the outer one', () => {
    // a right turn at (0, 500): outside it lies the left bank; a left turn at (400, 500): the right bank
    for (const [p, bank] of [
      [place(-30, 540), 'left'],
      [place(-3, 501), 'left'],
      [place(430, 460), 'right'],
      [place(401, 497), 'right'],
    ] as const) {
      expect(at([BENT], p)).toMatchObject({ bank, beyondEnd: false });
    }
    expect(at([BENT], place(-30, 540)).along).toBeCloseTo(distance(BENT[0] as Position, BENT[1] as Position), 3);
  });

  test('inside a bend the nearer segment decides where, and both agree on the bank', () => {
    expect(at([BENT], place(20, 450))).toMatchObject({ bank: 'right' });
    expect(at([BENT], place(20, 450)).distance).toBeCloseTo(20, 2);
    expect(at([BENT], place(380, 530))).toMatchObject({ bank: 'left' });
    expect(at([BENT], place(380, 530)).distance).toBeCloseTo(20, 2);
  });

  test('a hairpin keeps the outer bank all around its tip', () => {
    const hairpin = along([
      [0, 0],
      [500, 10],
      [0, 20],
    ]);
    // it turns back to the left, so that all beyond its tip is the right bank
    for (const degrees of [30, 60, 90, 120, 150]) expect(at([hairpin], project(hairpin[1] as Position, degrees, 25)).bank).toBe('right');
  });

  test('beyond an end the distance is to the end, and it is said to lie beyond', () => {
    const upstream = at([BENT], place(40, -30));
    expect(upstream).toMatchObject({ beyondEnd: true, bank: 'right', along: 0 });
    expect(upstream.distance).toBeCloseTo(50, 2);
    const downstream = at([BENT], place(370, 940));
    expect(downstream).toMatchObject({ beyondEnd: true, bank: 'left' });
    expect(downstream.distance).toBeCloseTo(50, 2);
  });

  test('parts of a section follow one another; a gap between them has no length', () => {
    const parts = [
      along([
        [0, 0],
        [0, 300],
      ]),
      along([
        [0, 350],
        [0, 650],
      ]),
    ];
    const second = at(parts, place(-15, 450));
    expect(second.along).toBeCloseTo(300 + 100, 1);
    expect(second).toMatchObject({ bank: 'left', beyondEnd: false });
    expect(at(parts, place(0.5, 320))).toMatchObject({ beyondEnd: false });
    expect(at(parts, place(3, 700)).beyondEnd).toBe(true);
  });

  test('a section without a line has no positions', () => {
    expect(riverPosition([], {}, AT)).toBeNull();
    expect(riverPosition([[AT]], {}, AT)).toBeNull();
  });

  test('reversing the line flips the bank and keeps the distance, wherever the position lies', () => {
    const random = seeded(7);
    for (let i = 0; i < 400; i++) {
      const line = along(
        Array.from({ length: 2 + Math.floor(random() * 5) }, (_, k): Position => [k * 150 + 100 * random(), 400 * random()]),
      );
      const p = place(900 * random() - 50, 500 * random() - 50);
      const [there, back] = [at([line], p), at([line.toReversed()], p)];
      expect(back.distance).toBeCloseTo(there.distance, 6);
      expect([there.bank, back.bank].toSorted()).toEqual(['left', 'right']);
      const whole = line.slice(1).reduce((sum, q, k) => sum + distance(line[k] as Position, q), 0);
      expect(there.along + back.along).toBeCloseTo(whole, 2);
      expect(there.beyondEnd).toBe(back.beyondEnd);
    }
  });
});

describe('chainage', () => {
  const straight = along([
    [0, 0],
    [0, 1000],
  ]);
  const chainage = (properties: Properties, north = 250) => at([straight], place(5, north), properties);

  test.each([
    ['counted from its upstream end', { chainage_from_m: 12_000, chainage_to_m: 13_000, chainage_origin: 'upstream' }, 12_250],
    ['counted from the mouth', { chainage_from_m: 13_000, chainage_to_m: 12_000, chainage_origin: 'mouth' }, 12_750],
    ['with its ends written the other way round', { chainage_from_m: 12_000, chainage_to_m: 13_000, chainage_origin: 'mouth' }, 12_750],
    ['in proportion, where the signs stand farther apart than the line is long', { chainage_from_m: 0, chainage_to_m: 2000 }, 500],
    ['from its start alone', { chainage_from_m: 700 }, 950],
    ['from its start alone, counted from the mouth', { chainage_from_m: 700, chainage_origin: 'mouth' }, 450],
    ['from its end alone', { chainage_to_m: 700 }, -50],
    ['from its end alone, counted from the mouth', { chainage_to_m: 700, chainage_origin: 'mouth' }, 1450],
  ])('%s', (_, properties, stated) => {
    expect(chainage(properties).chainage).toBeCloseTo(stated, 1);
    expect(chainage(properties).chainageAssumed).toBe(false);
  });

  test('without chainage of its own a section counts from its upstream end, and says that this is assumed', () => {
    const found = chainage({});
    expect(found.chainageAssumed).toBe(true);
    expect(found.chainage).toBeCloseTo(250, 1);
  });

  test('is written as K12+345', () => {
    expect([12_345, 5, 999.6, 0, -50].map(chainageLabel)).toEqual(['K12+345', 'K0+005', 'K1+000', 'K0+000', '-K0+050']);
  });
});

describe('strips and management ranges', () => {
  const straight = along([
    [0, -3000],
    [0, 3000],
  ]);
  const strip = (properties: Properties) => {
    const { area } = riverStrip(section([BENT], properties), []);
    if (area?.shape.kind !== 'strip') throw new Error('no strip');
    return prepareShape(area.shape, outlineOf(area.shape, kernel));
  };

  test('1,050 m from the middle of a channel whose management boundary lies 80 m out it is 970 m to that boundary', () => {
    const range = managementRange(section([straight], { management_left_m: 80, management_right_m: 60 }), []);
    if (!range) throw new Error('no range');
    const shape = prepareShape(range.shape, outlineOf(range.shape, kernel));
    const [left, right] = [project(AT, 270, 1050), project(AT, 90, 1050)];
    expect(shape.place(left)).toBe('outside');
    expect(shape.distanceToEdge(left)).toBeCloseTo(970, 2);
    expect(shape.distanceToEdge(left)).toBeLessThan(1000);
    expect(shape.distanceToEdge(right)).toBeCloseTo(990, 2);
    expect(at([straight], left).distance).toBeCloseTo(1050, 3);
  });

  test('a bank whose range is not stated is unknown, never zero', () => {
    expect(managementRange(section([straight], { management_left_m: 80 }), [])?.known).toEqual({ left: true, right: false });
    expect(managementRange(section([straight], { management_left_m: 80, bank: 'left' }), [])?.known).toEqual({ left: true, right: true });
    expect(managementRange(section([straight]), [])).toBeNull();
    expect(managementArea(section([straight], { management_left_m: 80 }), [], kernel)?.formula).toBe(
      'left 80 m, right ? m, facing downstream',
    );
  });

  test('the two banks have widths of their own, which a line digitised the other way round exchanges', () => {
    const widths = { width_left_m: 30, width_right_m: 80 };
    const places = [place(-29.9, 200), place(-30.1, 200), place(79.9, 200), place(80.1, 200)];
    expect(places.map((p) => strip(widths).place(p))).toEqual(['inside', 'outside', 'inside', 'outside']);
    const { area } = riverStrip(section([BENT.toReversed()], widths), []);
    if (!area) throw new Error('no strip');
    const turned = prepareShape(area.shape, outlineOf(area.shape, kernel));
    expect([place(-79.9, 200), place(-80.1, 200), place(29.9, 200), place(30.1, 200)].map((p) => turned.place(p))).toEqual([
      'inside',
      'outside',
      'inside',
      'outside',
    ]);
  });

  test('the ends are flat and the outer side of a bend is round', () => {
    const shape = strip({ width_left_m: 50, width_right_m: 50 });
    expect([place(10, 0.1), place(10, -0.1), place(440, 899.9), place(440, 900.1)].map((p) => shape.place(p))).toEqual([
      'inside',
      'outside',
      'inside',
      'outside',
    ]);
    const corner = BENT[1] as Position;
    expect([49.9, 50.1].map((off) => shape.place(project(corner, 315, off)))).toEqual(['inside', 'outside']);
  });

  test('a section of one bank has a strip on that bank only', () => {
    const shape = strip({ width_left_m: 50, width_right_m: 50, bank: 'left' });
    expect([place(-20, 200), place(20, 200)].map((p) => shape.place(p))).toEqual(['inside', 'outside']);
  });

  test('where a line turns straight back, its outline is what counts', () => {
    const back = along([
      [0, 0],
      [200, 0],
      [100, 0],
    ]);
    const { area } = riverStrip(section([back], { width_left_m: 60, width_right_m: 20 }), []);
    if (!area) throw new Error('no strip');
    const outline = outlineOf(area.shape, kernel);
    const [counted, drawn] = [prepareShape(area.shape, outline), prepareShape({ kind: 'area', geometry: outline }, outline)];
    for (const degrees of [10, 45, 80, 100, 135, 170]) {
      const p = project(back[1] as Position, degrees, 40);
      expect([degrees, drawn.place(p)]).toEqual([degrees, counted.place(p)]);
    }
  });

  test('a bank whose width is missing is said by its field, in both languages', () => {
    for (const [properties, fields] of [
      [{ width_left_m: 10 }, ['width_right_m']],
      [{ width_right_m: 10 }, ['width_left_m']],
      [{}, ['width_left_m', 'width_right_m']],
    ] as const) {
      const { gaps } = riverStrip(section([BENT], properties), []);
      expect(gaps).toHaveLength(1);
      for (const field of fields) {
        expect(gaps[0]?.zh).toContain(`（${field}）`);
        expect(gaps[0]?.en).toContain(`(${field})`);
      }
    }
  });

  test('repeated vertices and lines of one place make no section', () => {
    const [a, b] = [place(0, 0), place(0, 100)];
    expect(
      linesOf({
        type: 'MultiLineString',
        coordinates: [
          [a, a, b, b, b],
          [a, a],
        ],
      }),
    ).toEqual([[a, b]]);
  });
});
