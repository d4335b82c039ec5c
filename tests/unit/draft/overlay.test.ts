// Areas laid over each other: what is cut, merged or split neither gains nor loses, and leaves alone what it does not touch.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Position } from '../../../server/domain/feature.ts';
import { faultsOf } from '../../../web/draft/check.ts';
import type { Ring, Shape } from '../../../web/draft/shape.ts';
import { centreOf } from '../../../web/draft/verbs/move.ts';
import { areaOfRing, cut, holds, merge, split } from '../../../web/draft/verbs/overlay.ts';
import { flatArea, NOTHING, square, star } from './stars.ts';

describe('areas laid over each other', () => {
  test('what is cut out and what is left are the whole, and a merge puts it back', () => {
    fc.assert(
      fc.property(star, fc.double({ min: -0.8, max: 0.8, noNaN: true }), (ring, shift) => {
        const a = areaOfRing(ring);
        const b = areaOfRing(ring.map(([lon, lat]): Position => [lon + shift / 100, lat + shift / 150]));
        const left = cut(a, b);
        const taken = cut(a, left);
        const whole = flatArea(a);
        expect(Math.abs(flatArea(left) + flatArea(taken) - whole)).toBeLessThan(whole * 1e-9 + NOTHING);
        expect(Math.abs(flatArea(merge(left, taken)) - whole)).toBeLessThan(whole * 1e-9 + NOTHING);
        expect(faultsOf(left).filter(({ code }) => code === 'crosses_itself')).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('a line through the middle splits in two that share the cut and lose nothing', () => {
    fc.assert(
      fc.property(star, fc.double({ min: 0, max: Math.PI, noNaN: true }), (ring, angle) => {
        const whole = areaOfRing(ring);
        const [lon, lat] = centreOf(whole) as Position;
        const line: Ring = [-1, 1].map((end): Position => [lon + (end * Math.cos(angle)) / 50, lat + (end * Math.sin(angle)) / 50]);
        const parts = split(whole, line);
        if (typeof parts === 'string') return; // beside the star's thin middle
        expect(parts.parts.length).toBeGreaterThanOrEqual(2);
        expect(Math.abs(flatArea(parts) - flatArea(whole))).toBeLessThan(flatArea(whole) * 1e-9 + NOTHING);
        const keys = parts.parts.map((part) => new Set((part[0] ?? []).map(String)));
        const shared = [...(keys[0] ?? [])].filter((key) => keys.slice(1).some((other) => other.has(key)));
        expect(shared.length).toBeGreaterThanOrEqual(keys.length === 2 ? 2 : 0);
      }),
      { numRuns: 60 },
    );
  });

  test('a line that misses, or crosses itself, splits nothing and says why', () => {
    const shape = areaOfRing(square(0, 0, 1));
    expect(
      split(shape, [
        [5, 5],
        [6, 6],
      ]),
    ).toBe('line_does_not_cross');
    expect(
      split(shape, [
        [-1, 0.5],
        [2, 0.5],
        [0.5, 2],
        [0.5, -1],
      ]),
    ).toBe('line_crosses_itself');
    expect(split(shape, [[0.5, 0.5]])).toBe('line_does_not_cross');
  });

  test('parts and legs that the line does not touch stay whole', () => {
    const two: Shape = { kind: 'area', parts: [[square(0, 0, 1)], [square(3, 0, 1)]] };
    const across = split(two, [
      [0.5, -1],
      [0.5, 2],
    ]);
    expect(typeof across === 'string' ? across : across.parts.length).toBe(3);
    const u = areaOfRing([
      [0, 0],
      [5, 0],
      [5, 4],
      [4, 4],
      [4, 1],
      [1, 1],
      [1, 4],
      [0, 4],
    ]);
    const leg = split(u, [
      [-1, 3],
      [2, 3],
    ]);
    expect(typeof leg === 'string' ? leg : leg.parts.length).toBe(2);
    if (typeof leg !== 'string') expect(leg.parts.map((part) => flatArea({ kind: 'area', parts: [part] })).sort()).toEqual([1, 10]);
    const holed = cut(areaOfRing(square(0, 0, 3)), areaOfRing(square(1, 1, 1)));
    const through = split(holed, [
      [1.5, -1],
      [1.5, 4],
    ]);
    expect(typeof through === 'string' ? through : through.parts.length).toBe(2);
  });

  test('a line that ends inside splits nothing and says so', () => {
    expect(
      split(areaOfRing(square(0, 0, 1)), [
        [0.5, -1],
        [0.5, 0.5],
      ]),
    ).toBe('line_ends_inside');
    expect(
      split(areaOfRing(square(0, 0, 1)), [
        [0.2, 0.2],
        [0.8, 0.8],
      ]),
    ).toBe('line_ends_inside');
  });

  test('a bent cut follows its bends', () => {
    const parts = split(areaOfRing(square(0, 0, 1)), [
      [-0.5, 0.2],
      [0.5, 0.6],
      [1.5, 0.2],
    ]);
    expect(typeof parts).toBe('object');
    if (typeof parts === 'string') return;
    expect(parts.parts).toHaveLength(2);
    expect(parts.parts.every(([shell]) => shell?.some(([lon, lat]) => lon === 0.5 && lat === 0.6))).toBe(true);
  });

  test('inside is by even and odd, a hole is outside', () => {
    const holed = cut(areaOfRing(square(0, 0, 3)), areaOfRing(square(1, 1, 1)));
    expect(holds(holed, [0.5, 0.5])).toBe(true);
    expect(holds(holed, [1.5, 1.5])).toBe(false);
    expect(holds(holed, [5, 5])).toBe(false);
  });
});
