// The shape in the hand: what goes in comes out, and every verb does to the area what it says.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Geometry, Position } from '../../../server/domain/feature.ts';
import { geodesicArea } from '../../../server/geo/area.ts';
import { geodesicDistance } from '../../../server/geo/ellipsoid.ts';
import { faultsOf } from '../../../web/draft/check.ts';
import { geometryOf, shapeOf, vertexCount, type Shape } from '../../../web/draft/shape.ts';
import { circle, distanceToSegment, thinned } from '../../../web/draft/verbs/forms.ts';
import { centreOf, moveShape } from '../../../web/draft/verbs/move.ts';
import { areaOfRing, cut } from '../../../web/draft/verbs/overlay.ts';
import { square, star } from './stars.ts';
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
