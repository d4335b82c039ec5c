import * as fc from 'fast-check';
import type { Polygon, Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { anchorOf, boundsOf, compassEighth, insideStretches, roughMetres } from '../../../web/map/geometry.ts';
import { labelPlace } from '../../../web/map/labelPlace.ts';
import { districtLine } from '../../../web/map/districtLine.ts';
import { veilOver } from '../../../web/map/veil.ts';

const square = (west: number, south: number, size: number): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});

/** Naive: is the point within one of the stretches of its parallel? */
function inside({ coordinates }: Polygon, [lon = 0, lat = 0]: Position): boolean {
  return insideStretches(coordinates, lat).some(([from, to]) => lon >= from && lon <= to);
}

/** A star around the origin: any radii give a simple polygon. */
const star = fc.array(fc.double({ min: 0.1, max: 1, noNaN: true }), { minLength: 5, maxLength: 20 }).map((radii): Polygon => {
  const ring = radii.map((radius, i): Position => [
    radius * Math.cos((i / radii.length) * 2 * Math.PI),
    radius * Math.sin((i / radii.length) * 2 * Math.PI),
  ]);
  return { type: 'Polygon', coordinates: [[...ring, ring[0] ?? [0, 0]]] };
});

describe('the anchor of an area', () => {
  test('lies inside it whatever its shape', () => {
    fc.assert(fc.property(star, (polygon) => inside(polygon, anchorOf(polygon))));
  });

  test('is in the largest part of several', () => {
    const parts = { type: 'MultiPolygon' as const, coordinates: [square(0, 0, 1).coordinates, square(10, 10, 5).coordinates] };
    expect(anchorOf(parts)).toEqual([12.5, 12.5]);
  });
});

describe('the place of a township name', () => {
  const area = square(113.5, 37.8, 0.1);

  test('is the middle where nothing stands', () => {
    expect(labelPlace(area, [])).toEqual(anchorOf(area));
  });

  test('moves away from symbols but stays inside', () => {
    const middle = anchorOf(area);
    const at = labelPlace(area, [middle]);
    expect(at).not.toEqual(middle);
    expect(inside(area, at)).toBe(true);
  });
});

test('bounds hold every vertex', () => {
  expect(boundsOf(square(1, 2, 3))).toEqual([1, 2, 4, 5]);
});

test('distances and directions are good enough to be said aloud', () => {
  expect(roughMetres([113.56, 37.87], [113.56, 37.88])).toBeCloseTo(1112, -1);
  const [here, step] = [[113.56, 37.87] as Position, 0.01];
  const towards = (east: number, north: number): number => compassEighth(here, [113.56 + east * step, 37.87 + north * step]);
  expect([towards(0, 1), towards(1, 0), towards(0, -1), towards(-1, 0), towards(-1.26, 1)]).toEqual([0, 2, 4, 6, 7]);
});

describe('the veil', () => {
  test('leaves the district open', () => {
    const veil = veilOver([
      { id: 'd', level: 'county', geometry: square(113, 37, 1) },
      { id: 't', level: 'township', geometry: square(113, 37, 0.5) },
    ]);
    expect(veil.features[0]?.geometry.coordinates).toHaveLength(2);
  });

  test('takes townships where there is no district, and is not there without either', () => {
    const veil = veilOver([square(113, 37, 1), square(114, 37, 1)].map((geometry, i) => ({ id: String(i), level: 'township', geometry })));
    expect(veil.features[0]?.geometry.coordinates).toHaveLength(3);
    expect(veilOver([]).features).toEqual([]);
  });
});

describe('the boundary of the district', () => {
  const outline = (geometry: Polygon, level = 'township') => ({ id: 't', level, geometry });
  /** Two squares that share the edge from (114, 37) to (114, 38). */
  const neighbours = [outline(square(113, 37, 1)), outline(square(114, 37, 1))];

  test('is what no two townships share', () => {
    const lines = districtLine(neighbours).features[0]?.geometry.coordinates ?? [];
    const length = lines
      .flatMap((line) => line.slice(1).map(([x = 0, y = 0], i) => Math.hypot(x - (line[i]?.[0] ?? 0), y - (line[i]?.[1] ?? 0))))
      .reduce((a, b) => a + b, 0);
    expect(length).toBeCloseTo(6);
  });

  test('is not guessed where neighbours do not meet, nor drawn beside the district itself', () => {
    expect(districtLine([outline(square(113, 37, 1)), outline(square(114.001, 37, 1))]).features).toEqual([]);
    expect(districtLine([...neighbours, outline(square(113, 37, 2), 'county')]).features).toEqual([]);
  });
});
