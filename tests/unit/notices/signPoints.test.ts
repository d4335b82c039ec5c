// Warning signs: registered ones as they are, proposals on the boundary neither too few nor too far apart.
import { describe, expect, test } from 'vitest';
import type { Feature, Position, Ring } from '../../../server/domain/feature.ts';
import { geodesicDistance } from '../../../server/geo/ellipsoid.ts';
import { footOn } from '../../../server/geo/segment.ts';
import { signPlan } from '../../../server/notices/signPoints.ts';
import { ringOf } from './cases.ts';

const texts = { boundary: '禁止入内', road: '禁止停留' };
const road = (...coordinates: Position[]): Feature => ({
  id: 'road',
  geometry: { type: 'LineString', coordinates },
  properties: { kind: 'road', name: '矿山路' },
});

/** Metres along a ring of a position on it. */
function along(ring: Ring, position: Position): number {
  let passed = 0;
  for (let i = 1; i < ring.length; i++) {
    const [a, b] = [ring[i - 1] as Position, ring[i] as Position];
    if (footOn(a, b, position).distance < 0.01) return passed + geodesicDistance(a, position);
    passed += geodesicDistance(a, b);
  }
  throw new Error('the sign is not on the boundary');
}

function gaps(ring: Ring, positions: readonly Position[]): number[] {
  const length = ring.slice(1).reduce((sum, b, i) => sum + geodesicDistance(ring[i] as Position, b), 0);
  const at = positions.map((position) => along(ring, position)).toSorted((a, b) => a - b);
  return at.map((one, i) => (at[i + 1] ?? (at[0] ?? 0) + length) - one);
}

describe('proposals', () => {
  test('a long boundary has them at most the spacing apart, evenly', () => {
    const ring = ringOf(113.5, 37.8, 0.01);
    const { signs, spacing } = signPlan(null, [ring], [], 200, texts);
    const between = gaps(
      ring,
      signs.map(({ position }) => position),
    );
    expect(Math.max(...between)).toBeLessThanOrEqual(200.01);
    expect(Math.max(...between)).toBeCloseTo(spacing ?? 0, 1);
    expect(Math.max(...between) - Math.min(...between)).toBeLessThan(0.1);
    expect(signs.every((sign) => sign.proposed && sign.text === '禁止入内')).toBe(true);
  });

  test('a short boundary has four, each part its own', () => {
    const { signs } = signPlan(null, [ringOf(113.5, 37.8, 0.0005), ringOf(113.51, 37.8, 0.0005)], [], 200, texts);
    expect(signs.map(({ label }) => label)).toEqual(['B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B8']);
  });

  test('where a road crosses there is one that lets traffic pass, and the others close the gaps', () => {
    const ring = ringOf(113.5, 37.8, 0.01);
    const { signs } = signPlan(null, [ring], [road([113.49, 37.8031], [113.52, 37.8031])], 200, texts);
    const atRoad = signs.filter(({ text }) => text === '禁止停留');
    expect(atRoad.map(({ position }) => position[0]).toSorted((a, b) => a - b)).toEqual([
      expect.closeTo(113.5, 9),
      expect.closeTo(113.51, 9),
    ]);
    expect(atRoad[0]?.place).toBe('道路“矿山路”与边界交点');
    expect(
      Math.max(
        ...gaps(
          ring,
          signs.map(({ position }) => position),
        ),
      ),
    ).toBeLessThanOrEqual(200.01);
  });

  test('both edges of one road share a sign; a spacing of nothing fills no book', () => {
    const ring = ringOf(113.5, 37.8, 0.01);
    const twice = [road([113.49, 37.803], [113.505, 37.803]), road([113.49, 37.80305], [113.505, 37.80305])];
    expect(signPlan(null, [ring], twice, 200, texts).signs.filter(({ text }) => text === '禁止停留')).toHaveLength(1);
    expect(signPlan(null, [ring], [], 0, texts).signs.length).toBeLessThanOrEqual(1001);
  });
});

describe('registered signs', () => {
  test('are taken in every spelling of a position; what has none is counted', () => {
    const plan = signPlan(
      [
        { point: [113.5, 37.8], text: '前方危险' },
        { lon: 113.51, lat: 37.8, text: '' },
        { coordinates: [113.52, 37.8] },
        { point: ['113.5', 37.8] },
        { lon: 113.5, lat: 97 },
        '边界',
        null,
      ],
      [ringOf(113.5, 37.8, 0.01)],
      [],
      200,
      texts,
    );
    expect(plan).toMatchObject({ malformed: 4, spacing: null });
    expect(plan.signs.map(({ position, text, proposed }) => [position[0], text, proposed])).toEqual([
      [113.5, '前方危险', false],
      [113.51, null, false],
      [113.52, null, false],
    ]);
  });

  test('a list of nothing usable is counted, and places are proposed', () => {
    const plan = signPlan([{ text: '无位置' }], [ringOf(113.5, 37.8, 0.001)], [], 200, texts);
    expect(plan.malformed).toBe(1);
    expect(plan.signs).toHaveLength(4);
    expect(plan.signs.every(({ proposed }) => proposed)).toBe(true);
  });
});
