// The shape in the hand: what goes in comes out, and every verb does to the area what it says.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Geometry, Position } from '../../../server/domain/feature.ts';
import { geodesicArea } from '../../../server/geo/area.ts';
import { geodesicDistance } from '../../../server/geo/ellipsoid.ts';
import { faultsOf } from '../../../web/draft/check.ts';
import { geometryOf, shapeOf, vertexCount, type Ring, type Shape } from '../../../web/draft/shape.ts';
import { circle, distanceToSegment, rectangle, thinned } from '../../../web/draft/verbs/forms.ts';
import { centreOf, moveShape } from '../../../web/draft/verbs/move.ts';
import { areaOfRing, cut, holds, merge, split } from '../../../web/draft/verbs/overlay.ts';
import {
  addPart,
  insertVertex,
  middleBefore,
  moveVertex,
  neighbour,
  removeRing,
  removeVertex,
  stepVertex,
} from '../../../web/draft/verbs/vertices.ts';

const areaOf = (shape: Shape): number => {
  const geometry = geometryOf(shape);
  return geometry ? geodesicArea(geometry).area : 0;
};

/** Square degrees: edges are straight in lon/lat, so this is what neither a cut nor a merge may change. */
function flatArea(shape: Shape): number {
  let sum = 0;
  for (const [shell = [], ...holes] of shape.parts)
    for (const [i, ring] of [shell, ...holes].entries()) sum += (i === 0 ? 1 : -1) * ringArea(ring);
  return sum;
}

function ringArea(ring: Ring): number {
  const [x0, y0] = ring[0] ?? [0, 0];
  const twice = ring.reduce((all, [x, y], i) => {
    const [x1, y1] = ring[(i + 1) % ring.length] as Position;
    return all + (x - x0) * (y1 - y0) - (x1 - x0) * (y - y0);
  }, 0);
  return Math.abs(twice) / 2;
}

/** Square degrees of about a square millimetre. */
const NOTHING = 1e-16;

/** A star about a centre: simple, whatever the radii. */
const star = fc
  .tuple(
    fc.double({ min: -177, max: 177, noNaN: true }),
    fc.double({ min: -79, max: 79, noNaN: true }),
    fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 24 }),
  )
  .map(([lon, lat, radii]): Ring =>
    radii.map((radius, i): Position => {
      const angle = (2 * Math.PI * i) / radii.length;
      return [lon + (radius * Math.cos(angle)) / 100, lat + (radius * Math.sin(angle)) / 100];
    }),
  );

const square = (west: number, south: number, size: number): Ring => rectangle([west, south], [west + size, south + size]);

describe('a shape and its geometry', () => {
  test('a stored area comes back as it was, with holes and parts', () => {
    const geometry: Geometry = {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [0, 0],
            [3, 0],
            [3, 3],
            [0, 3],
            [0, 0],
          ],
          [
            [1, 1],
            [1, 2],
            [2, 2],
            [2, 1],
            [1, 1],
          ],
        ],
        [
          [
            [5, 5],
            [6, 5],
            [6, 6],
            [5, 5],
          ],
        ],
      ],
    };
    expect(geometryOf(shapeOf(geometry, 'area'))).toEqual(geometry);
    expect(vertexCount(shapeOf(geometry, 'area'))).toBe(11);
  });

  test('lines come back as they were', () => {
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [0, 0],
        [1, 1],
        [2, 0],
      ],
    };
    const lines: Geometry = {
      type: 'MultiLineString',
      coordinates: [
        [
          [0, 0],
          [1, 1],
        ],
        [
          [4, 4],
          [5, 5],
        ],
      ],
    };
    expect(geometryOf(shapeOf(line, 'line'))).toEqual(line);
    expect(geometryOf(shapeOf(lines, 'line'))).toEqual(lines);
  });

  test('what has too few vertices is no geometry yet', () => {
    expect(
      geometryOf(
        addPart({ kind: 'area', parts: [] }, [
          [0, 0],
          [1, 1],
        ]),
      ),
    ).toBeNull();
  });
});

describe('vertices', () => {
  const base = areaOfRing(square(0, 0, 1));

  test('one is moved, put in, and taken away, the others stay', () => {
    const moved = moveVertex(base, { part: 0, ring: 0, vertex: 2 }, [2, 2]);
    expect(moved.parts[0]?.[0]).toEqual([
      [0, 0],
      [1, 0],
      [2, 2],
      [0, 1],
    ]);
    expect(moveVertex(base, { part: 0, ring: 0, vertex: 2 }, [1, 1])).toBe(base);
    const at = { part: 0, ring: 0, vertex: 0 };
    expect(middleBefore(base, at)).toEqual([0, 0.5]);
    expect(insertVertex(base, at, [0, 0.5]).parts[0]?.[0]).toEqual([
      [0, 0.5],
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
    expect(removeVertex(base, at).parts[0]?.[0]).toHaveLength(3);
  });

  test('a triangle that loses a vertex is gone; a hole is filled; a shell takes its holes along', () => {
    const triangle = areaOfRing([
      [0, 0],
      [1, 0],
      [0, 1],
    ]);
    expect(removeVertex(triangle, { part: 0, ring: 0, vertex: 1 }).parts).toEqual([]);
    const holed = cut(areaOfRing(square(0, 0, 3)), areaOfRing(square(1, 1, 1)));
    expect(holed.parts[0]).toHaveLength(2);
    expect(removeRing(holed, { part: 0, ring: 1 }).parts[0]).toHaveLength(1);
    expect(removeRing(holed, { part: 0, ring: 0 }).parts).toHaveLength(0);
  });

  test('walking goes round a ring, over all rings, and back', () => {
    const holed = cut(areaOfRing(square(0, 0, 3)), areaOfRing(square(1, 1, 1)));
    let at = stepVertex(holed, null, 1);
    const seen = new Set<string>();
    for (let i = 0; i < vertexCount(holed); i++) {
      seen.add(JSON.stringify(at));
      at = stepVertex(holed, at, 1);
    }
    expect(seen.size).toBe(8);
    expect(at).toEqual({ part: 0, ring: 0, vertex: 0 });
    expect(stepVertex(holed, at, -1)).toEqual({ part: 0, ring: 1, vertex: 3 });
    expect(neighbour(holed, { part: 0, ring: 0, vertex: 0 }, -1).vertex).toBe(3);
  });
});

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

describe('forms', () => {
  test.each([
    [38, 10],
    [38, 2000],
    [80, 500],
  ])('at %s° N every vertex of a circle of %s m lies on it', (lat, radius) => {
    const centre: Position = [113.5, lat];
    const ring = circle(centre, radius);
    for (const position of ring) expect(Math.abs(geodesicDistance(centre, position) - radius)).toBeLessThan(0.02);
    // between two vertices the chord is nearer by at most the sagitta
    const [a, b] = ring as [Position, Position];
    expect(geodesicDistance(centre, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2])).toBeGreaterThan(radius - 0.03 - radius * 1e-4);
  });

  test('thinning keeps the ends and strays no further than it may', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 60 }), (offsets) => {
        const line = offsets.map((offset, i): Position => [113 + i / 10_000, 38 + offset / 10_000]);
        const thin = thinned(line, 5);
        expect(thin[0]).toBe(line[0]);
        expect(thin.at(-1)).toBe(line.at(-1));
        for (const position of line) {
          const off = Math.min(...thin.slice(1).map((to, i) => distanceToSegment(position, thin[i] as Position, to)));
          expect(off).toBeLessThan(5.01);
        }
      }),
    );
  });
});

describe('moving and turning', () => {
  test('lengths and areas stay, from the equator to 80° N', () => {
    fc.assert(
      fc.property(star, fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: 0, max: 360, noNaN: true }), (ring, shift, turn) => {
        const shape = areaOfRing(ring);
        const centre = centreOf(shape) as Position;
        const to: Position = [centre[0] + shift, Math.max(-80, Math.min(80, centre[1] + shift))];
        const there = moveShape(shape, to, turn);
        expect(vertexCount(there)).toBe(vertexCount(shape));
        // vertices are rounded to a centimetre
        expect(Math.abs(areaOf(there) - areaOf(shape))).toBeLessThan(areaOf(shape) * 1e-4 + 200);
        const edge = (of: Shape): number => geodesicDistance(of.parts[0]?.[0]?.[0] as Position, of.parts[0]?.[0]?.[1] as Position);
        expect(Math.abs(edge(there) - edge(shape))).toBeLessThan(0.2);
      }),
      { numRuns: 50 },
    );
  });

  test('a turn all round changes nothing', () => {
    const shape = areaOfRing(square(113, 38, 0.01));
    const round = moveShape(shape, centreOf(shape) as Position, 360);
    for (const [i, position] of (round.parts[0]?.[0] ?? []).entries()) {
      expect(geodesicDistance(position, shape.parts[0]?.[0]?.[i] as Position)).toBeLessThan(0.01);
    }
  });
});

describe('what is wrong with a shape', () => {
  const codes = (shape: Shape): string[] => faultsOf(shape).map(({ code }) => code);

  test('a sound shape has no fault, an empty one says so', () => {
    fc.assert(
      fc.property(star, (ring) => {
        expect(codes(areaOfRing(ring))).toEqual([]);
      }),
    );
    expect(codes({ kind: 'area', parts: [] })).toEqual(['empty']);
  });

  test('a bow tie crosses itself, and is told where', () => {
    const [fault] = faultsOf(
      areaOfRing([
        [0, 0],
        [2, 2],
        [2, 0],
        [0, 2],
      ]),
    );
    expect(fault?.code).toBe('crosses_itself');
    expect(fault?.at).toEqual([1, 1]);
  });

  test('parts in parts, a part twice, a hole in a hole: what lies on another is told', () => {
    expect(codes({ kind: 'area', parts: [[square(0, 0, 3)], [square(1, 1, 1)]] })).toEqual(['overlaps']);
    expect(codes({ kind: 'area', parts: [[square(0, 0, 1)], [square(0, 0, 1)]] })).toEqual(['overlaps']);
    expect(codes({ kind: 'area', parts: [[square(0, 0, 5), square(1, 1, 3), square(2, 2, 1)]] })).toEqual(['overlaps']);
    // side by side, and with a sound hole, is well
    expect(codes({ kind: 'area', parts: [[square(0, 0, 1)], [square(1, 0, 1)]] })).toEqual([]);
    expect(codes({ kind: 'area', parts: [[square(0, 0, 3), square(1, 1, 1)]] })).toEqual([]);
  });

  test('a hole outside, an area that is none, parts that cross', () => {
    expect(codes({ kind: 'area', parts: [[square(0, 0, 1), square(5, 5, 1)]] })).toEqual(['hole_outside']);
    expect(
      codes(
        areaOfRing([
          [0, 0],
          [1, 1],
          [2, 2],
        ]),
      ),
    ).toContain('no_area');
    expect(codes({ kind: 'area', parts: [[square(0, 0, 2)], [square(1, 1, 2)]] })).toEqual(['crosses_itself']);
  });
});
