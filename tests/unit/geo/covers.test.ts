// Point in polygon against an oracle in exact rational arithmetic, with points forced onto edges and vertices.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Position, Ring } from '../../../server/domain/feature.ts';
import { EdgeBands, segmentsMeet, type Place } from '../../../server/geo/covers.ts';

/** Small whole numbers: exact in floating point, and rich in coincidences. */
const coordinate = fc.integer({ min: -6, max: 6 });
const position = fc.tuple(coordinate, coordinate) as fc.Arbitrary<Position>;
const ring = fc.array(position, { minLength: 3, maxLength: 9 }).map((positions): Ring => [...positions, positions[0] as Position]);

/** Even-odd by exact integers: BigInt cross products, and no floating point anywhere. */
function oracle(rings: readonly Ring[], [x, y]: Position): Place {
  let inside = false;
  const [px, py] = [BigInt(x), BigInt(y)];
  for (const one of rings) {
    for (let i = 1; i < one.length; i++) {
      const [ax, ay] = (one[i - 1] as Position).map(BigInt) as [bigint, bigint];
      const [bx, by] = (one[i] as Position).map(BigInt) as [bigint, bigint];
      const cross = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
      const within = (a: bigint, b: bigint, p: bigint) => (a <= p && p <= b) || (b <= p && p <= a);
      if (cross === 0n && within(ax, bx, px) && within(ay, by, py)) return 'edge';
      if (ay > py !== by > py && (by > ay ? cross > 0n : cross < 0n)) inside = !inside;
    }
  }
  return inside ? 'inside' : 'outside';
}

describe('EdgeBands.place', () => {
  test('agrees with exact arithmetic for any rings, self-crossing and touching ones too', () => {
    fc.assert(
      fc.property(fc.array(ring, { minLength: 1, maxLength: 3 }), position, (rings, p) => {
        expect(new EdgeBands(rings).place(p[0], p[1])).toBe(oracle(rings, p));
      }),
      { numRuns: 5000 },
    );
  });

  test('every vertex is on the edge, whatever the scale', () => {
    const anywhere = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
    ) as fc.Arbitrary<Position>;
    fc.assert(
      fc.property(fc.array(anywhere, { minLength: 3, maxLength: 60 }), (positions) => {
        const bands = new EdgeBands([[...positions, positions[0] as Position]]);
        for (const [x, y] of positions) expect(bands.place(x, y)).toBe('edge');
      }),
      { numRuns: 500 },
    );
  });

  test('neither the start nor the direction of a ring matters', () => {
    fc.assert(
      fc.property(fc.array(position, { minLength: 3, maxLength: 9 }), fc.nat(8), position, (positions, shift, p) => {
        const turned = [...positions.slice(shift % positions.length), ...positions.slice(0, shift % positions.length)];
        const place = (list: readonly Position[]) => new EdgeBands([[...list, list[0] as Position]]).place(p[0], p[1]);
        expect(place(turned)).toBe(place(positions));
        expect(place(positions.toReversed())).toBe(place(positions));
      }),
    );
  });
});

test('segmentsMeet agrees with exact arithmetic', () => {
  const meet = (a: Position, b: Position, c: Position, d: Position): boolean => {
    // a segment as a flat ring: its edge test is exact
    const on = (p: Position, q: Position, r: Position) => oracle([[p, q, p]], r) === 'edge';
    if (on(a, b, c) || on(a, b, d) || on(c, d, a) || on(c, d, b)) return true;
    const turn = (p: Position, q: Position, r: Position) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
    return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
  };
  fc.assert(
    fc.property(position, position, position, position, (a, b, c, d) => {
      expect(segmentsMeet(a, b, c, d)).toBe(meet(a, b, c, d));
    }),
    { numRuns: 5000 },
  );
});
