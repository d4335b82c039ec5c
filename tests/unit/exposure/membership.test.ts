// What the kernels find, against brute force: areas by exact arithmetic, distances by the geodesic. At 38°, on the
// equator, at 80°, in the south and across 180°. XIANTU_FUZZ multiplies the number of cases.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Geometry, Position } from '../../../server/domain/feature.ts';
import { flatShape } from '../../../server/exposure/flatShape.ts';
import { membershipOf } from '../../../server/exposure/membership.ts';
import { positionsIn, type Runs } from '../../../server/exposure/runs/runList.ts';
import type { Unit } from '../../../server/exposure/unit.ts';
import { UnitIndex } from '../../../server/exposure/units/unitIndex.ts';
import type { CountingShape, Join } from '../../../server/geo/shape.ts';
import { distance, distanceToLine } from '../../support/oracle/distance.ts';
import { place, touch, type Rings } from '../../support/oracle/exact.ts';
import { inStrip } from '../../support/oracle/strip.ts';

const runs = (cases: number) => ({ numRuns: Math.round(cases * Number(process.env['XIANTU_FUZZ'] ?? 1)) });

const PLACES = [
  { where: '38° N', lon: 113.5, lat: 38, slack: 0.001 },
  { where: 'the equator', lon: 0, lat: 0, slack: 0.001 },
  { where: '80° N', lon: 20, lat: 80, slack: 0.005 },
  { where: '33° S', lon: 150, lat: -33, slack: 0.001 },
] as const;
const DATE_LINE = { where: '180°', lon: 179.996, lat: 38, slack: 0.001 };
type Place = (typeof PLACES)[number] | typeof DATE_LINE;

/** A step of the grid that positions and vertices share: a power of two, so that sums of steps are exact. */
const STEP = 2 ** -11;
const GRID = 16;
const wrap = (lon: number) => (lon > 180 ? lon - 360 : lon);

const NOTHING = {
  people: null,
  people_registered: null,
  people_at_home: null,
  vulnerable: null,
  property: null,
  students: null,
  boarders: null,
};
const unit = (id: string, geometry: Geometry, accuracy: number | null = null, kind: Unit['kind'] = 'households'): Unit => ({
  kind,
  id,
  geometry,
  bounds: null,
  accuracy,
  township: null,
  village: null,
  values: NOTHING,
});
const point = (position: Position): Geometry => ({ type: 'Point', coordinates: position });

function found(units: readonly Unit[], shape: CountingShape, outline: Geometry): { inside: Set<string>; near: Set<string> } {
  const index = UnitIndex.build(units);
  const membership = membershipOf(index, flatShape(shape, outline));
  const ids = (list: Runs) => {
    for (let i = 2; i < list.length; i += 2) expect(list[i] as number).toBeGreaterThan(list[i - 1] as number);
    return new Set([...positionsIn(list)].map((position) => index.idAt(position)));
  };
  return { inside: ids(membership.inside), near: ids(membership.near) };
}

const cell = fc.integer({ min: 0, max: GRID });
const gridVertex = fc.tuple(cell, cell);
/** Rings that cross themselves, repeat vertices, run back along themselves or have no area at all. */
const soup = fc.array(gridVertex, { minLength: 1, maxLength: 9 });
const star = fc
  .array(fc.double({ min: 0.15, max: 1, noNaN: true }), { minLength: 3, maxLength: 40 })
  .map((radii) =>
    radii.map(
      (r, i) =>
        [8 + 8 * r * Math.cos((2 * Math.PI * i) / radii.length), 8 + 8 * r * Math.sin((2 * Math.PI * i) / radii.length)] as [
          number,
          number,
        ],
    ),
  );
const box = fc.tuple(cell, cell, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).map(([x, y, w, h]): [number, number][] => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
]);
const polygon = fc
  .tuple(fc.oneof(soup, star, box), fc.array(fc.oneof(soup, box), { maxLength: 2 }), fc.boolean())
  .map(([shell, holes, close]) => [shell, ...holes].map((ring) => (close ? [...ring, ring[0] as [number, number]] : ring)));

const nudge = (value: number, by: number) => (by === 0 ? value : value + by * Math.max(Math.abs(value), 1e-12) * Number.EPSILON);

/** Without numbers so small that they say nothing: a degree's 10^-12 part is a tenth of a micrometre. */
const plain = ([x, y]: readonly [number, number]): [number, number] => [Math.abs(x) < 1e-9 ? 0 : x, Math.abs(y) < 1e-9 ? 0 : y];

/** Positions on vertices, on edges, as near beside them as doubles go, along them, and anywhere. */
const around = (polygons: readonly (readonly (readonly (readonly [number, number])[])[])[]) => {
  const rings = polygons.flat();
  const onEdges = fc
    .tuple(fc.nat(1000), fc.nat(1000), fc.constantFrom(0, 0.25, 0.5, 0.75, 1, -0.5, 1.5), fc.constantFrom(0, 1, -1))
    .map(([r, e, t, by]) => {
      const ring = rings[r % rings.length] as readonly (readonly [number, number])[];
      const [a, b] = [ring[e % ring.length], ring[(e + 1) % ring.length]] as [readonly [number, number], readonly [number, number]];
      return [nudge(a[0] + (b[0] - a[0]) * t, by), a[1] + (b[1] - a[1]) * t] as [number, number];
    });
  const anywhere = fc
    .tuple(fc.double({ min: -2, max: GRID + 10, noNaN: true }), fc.double({ min: -2, max: GRID + 10, noNaN: true }))
    .map(plain);
  return fc.array(fc.oneof(gridVertex, onEdges, anywhere), { minLength: 1, maxLength: 120 });
};

const areas = fc.array(polygon, { minLength: 1, maxLength: 3 }).chain((polygons) => fc.tuple(fc.constant(polygons), around(polygons)));

describe.each(PLACES)('at $where', ({ lon, lat, slack }) => {
  const toDegrees = ([x, y]: readonly [number, number]): Position => [lon + x * STEP, lat + y * STEP];

  test('areas take in exactly what exact arithmetic does', () => {
    fc.assert(
      fc.property(areas, ([polygons, positions]) => {
        const coordinates = polygons.map((rings) => rings.map((ring) => ring.map(toDegrees)));
        const geometry: Geometry = { type: 'MultiPolygon', coordinates };
        const units = positions.map((position, i) =>
          unit(`u${i}`, point(toDegrees(position)), null, i % 7 === 0 ? 'schools' : 'households'),
        );
        const { inside, near } = found(units, { kind: 'area', geometry }, geometry);
        positions.forEach((position, i) => {
          const places = coordinates.map((rings) => place(rings, toDegrees(position)));
          expect([`u${i}`, inside.has(`u${i}`)]).toEqual([`u${i}`, places.some((one) => one !== 'outside')]);
          // an edge of one part may lie within the whole, so only one part tells for sure
          if (places.length === 1) expect([`u${i}`, near.has(`u${i}`)]).toEqual([`u${i}`, places[0] === 'edge']);
          if (!places.includes('edge')) expect(near.has(`u${i}`)).toBe(false);
        });
      }),
      runs(400),
    );
  });

  test('footprints count when they touch, and are possible when an edge runs through them', () => {
    const corner = fc.tuple(fc.double({ min: -1, max: GRID, noNaN: true }), fc.double({ min: -1, max: GRID, noNaN: true })).map(plain);
    const footprints = fc.array(fc.tuple(fc.oneof(gridVertex, corner), fc.double({ min: 0.05, max: 4, noNaN: true })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          star,
          box,
          soup.filter((ring) => ring.length > 2),
        ),
        footprints,
        (ring, list) => {
          const area: Rings = [[...ring, ring[0] as [number, number]].map(toDegrees)];
          const geometry: Geometry = { type: 'Polygon', coordinates: area };
          const houses = list.map(([[x, y], size]): Rings => [
            (
              [
                [x, y],
                [x + size, y],
                [x + size, y + size / 2],
                [x, y + size / 2],
                [x, y],
              ] as [number, number][]
            ).map(toDegrees),
          ]);
          const units = houses.map((rings, i) => unit(`f${i}`, { type: 'Polygon', coordinates: rings }));
          const { inside, near } = found(units, { kind: 'area', geometry }, geometry);
          houses.forEach((house, i) => {
            const touches = touch(area, house);
            expect([`f${i}`, inside.has(`f${i}`)]).toEqual([`f${i}`, touches]);
            if (!touches) expect(near.has(`f${i}`)).toBe(false);
          });
        },
      ),
      runs(120),
    );
  });

  test('a position whose accuracy reaches an edge is possible, from either side', () => {
    const homes = fc.array(
      fc.tuple(
        fc.double({ min: -2, max: 18, noNaN: true }),
        fc.double({ min: -2, max: 18, noNaN: true }),
        fc.constantFrom(0, 3, 15, 60, 300, 2000),
      ),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(fc.oneof(star, box), homes, (ring, list) => {
        const closed = [...ring, ring[0] as [number, number]].map(toDegrees);
        const geometry: Geometry = { type: 'Polygon', coordinates: [closed] };
        const units = list.map(([x, y, accuracy], i) => unit(`u${i}`, point(toDegrees([x, y])), accuracy));
        const { near } = found(units, { kind: 'area', geometry }, geometry);
        list.forEach(([x, y, accuracy], i) => {
          const off = distanceToLine(closed, toDegrees([x, y])) - accuracy;
          if (Math.abs(off) > slack + 1e-6 * accuracy) expect([`u${i}`, near.has(`u${i}`)]).toEqual([`u${i}`, off < 0]);
        });
      }),
      runs(25),
    );
  });
});

const metres = fc.oneof(fc.double({ min: 0.5, max: 300, noNaN: true }), fc.double({ min: 300, max: 20_000, noNaN: true }));
const lines = fc.array(fc.tuple(fc.double({ min: 0, max: 16, noNaN: true }), fc.double({ min: 0, max: 16, noNaN: true })), {
  minLength: 2,
  maxLength: 7,
});
/** Offsets in units of the shape's own reach, so that many lie near its limit. */
const spread = fc.array(
  fc.tuple(
    fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
    fc.double({ min: 0, max: 1.6, noNaN: true }),
    fc.nat(100),
    fc.double({ min: 0, max: 1, noNaN: true }),
  ),
  {
    minLength: 1,
    maxLength: 25,
  },
);

describe.each([...PLACES, DATE_LINE])('distances at $where', ({ lon, lat, slack }: Place) => {
  const toDegrees = ([x, y]: readonly [number, number]): Position => [wrap(lon + x * STEP), lat + y * STEP];
  const beside = (p: Position, angle: number, off: number): Position => {
    const scale = 111_320 * Math.cos((p[1] * Math.PI) / 180);
    return [wrap(((p[0] + (off * Math.cos(angle)) / scale + 540) % 360) - 180), p[1] + (off * Math.sin(angle)) / 111_320];
  };
  const NO_OUTLINE: Geometry = { type: 'MultiPolygon', coordinates: [] };
  /** The bound of the metric grows with distance and latitude; beyond it the geodesic decides. */
  const doubt = (reach: number) => slack + 1e-7 * reach;

  test('a disc takes in what lies within its radius on the ellipsoid', () => {
    fc.assert(
      fc.property(fc.tuple(cell, cell), metres, spread, (middle, radius, list) => {
        const center = toDegrees(middle);
        const homes = list.map(([angle, share]) => beside(center, angle, radius * (share < 0.8 ? 1 + (share - 0.4) / 1000 : share)));
        const units = homes.map((position, i) => unit(`u${i}`, point(position)));
        const { inside } = found(units, { kind: 'disc', center, radius }, NO_OUTLINE);
        homes.forEach((position, i) => {
          const off = distance(center, position) - radius;
          if (Math.abs(off) > 1e-5) expect([`u${i}`, inside.has(`u${i}`), off]).toEqual([`u${i}`, off < 0, off]);
        });
      }),
      runs(120),
    );
  });

  test('a margin takes in what lies within it of the line', () => {
    fc.assert(
      fc.property(lines, metres, spread, (vertices, margin, list) => {
        const line = vertices.map(toDegrees);
        const homes = list.map(([angle, share, at]) => beside(line[at % line.length] as Position, angle, margin * share));
        const units = homes.map((position, i) => unit(`u${i}`, point(position)));
        const { inside } = found(units, { kind: 'margin', geometry: { type: 'LineString', coordinates: line }, margin }, NO_OUTLINE);
        homes.forEach((position, i) => {
          const off = distanceToLine(line, position) - margin;
          if (Math.abs(off) > doubt(margin)) expect([`u${i}`, inside.has(`u${i}`), off]).toEqual([`u${i}`, off < 0, off]);
        });
      }),
      runs(20),
    );
  });

  test('a strip takes in rectangles left and right, round at bends, flat or round at its ends', () => {
    const widths = fc.tuple(fc.double({ min: 1, max: 400, noNaN: true }), fc.double({ min: 1, max: 400, noNaN: true }));
    fc.assert(
      fc.property(lines, widths, spread, fc.boolean(), (vertices, [left, right], list, round) => {
        const line = vertices.map(toDegrees);
        const joins: Join[] = line.slice(1, -1).map((vertex, i) => ({ from: line[i] as Position, vertex, to: line[i + 2] as Position }));
        const [before, last] = [line.at(-2) as Position, line.at(-1) as Position];
        if (round) joins.push({ from: before, vertex: last, to: before });
        const homes = list.map(([angle, share, at, t]) => {
          const [a, b] = [line[at % (line.length - 1)], line[(at % (line.length - 1)) + 1]] as [Position, Position];
          const across = a[0] - b[0] > 180 ? b[0] + 360 : b[0] - a[0] > 180 ? b[0] - 360 : b[0];
          return beside(
            [wrap(((a[0] + (across - a[0]) * t + 540) % 360) - 180), a[1] + (b[1] - a[1]) * t],
            angle,
            Math.max(left, right) * share,
          );
        });
        const units = homes.map((position, i) => unit(`u${i}`, point(position)));
        const { inside } = found(units, { kind: 'strip', lines: [line], left, right, joins }, NO_OUTLINE);
        homes.forEach((position, i) => {
          const verdict = inStrip(line, left, right, round, position, 0.02);
          if (verdict !== null) expect([`u${i}`, inside.has(`u${i}`)]).toEqual([`u${i}`, verdict]);
        });
      }),
      runs(20),
    );
  });
});

test('an area split at 180° is one: its seam is no edge, and positions at ±180 lie in it', () => {
  const half = (west: number, east: number): Position[][] => [
    [
      [west, 37],
      [east, 37],
      [east, 38],
      [west, 38],
      [west, 37],
    ],
  ];
  const geometry: Geometry = { type: 'MultiPolygon', coordinates: [half(179.5, 180), half(-180, -179.5)] };
  const homes: [string, Position, number | null][] = [
    ['seam east', [180, 37.5], null],
    ['seam west', [-180, 37.5], null],
    ['beside', [179.99999, 37.5], 20],
    ['beyond', [-179.99999, 37.5], 20],
    ['corner', [180, 37], null],
    ['edge', [-179.5, 37.2], null],
    ['out', [-179.4999, 37.2], 20],
    ['far', [0, 37.5], null],
  ];
  const { inside, near } = found(
    homes.map(([id, position, accuracy]) => unit(id, point(position), accuracy)),
    { kind: 'area', geometry },
    geometry,
  );
  expect([...inside].toSorted()).toEqual(['beside', 'beyond', 'corner', 'edge', 'seam east', 'seam west']);
  expect([...near].toSorted()).toEqual(['corner', 'edge', 'out']);
});

test('units on one spot, one far off, and none at all', () => {
  const geometry: Geometry = {
    type: 'Polygon',
    coordinates: [
      [
        [113, 37],
        [114, 37],
        [114, 38],
        [113, 38],
        [113, 37],
      ],
    ],
  };
  const stacked = Array.from({ length: 500 }, (_, i) => unit(`s${i}`, point([113.5, 37.5])));
  const spread = Array.from({ length: 500 }, (_, i) => unit(`t${i}`, point([113.4 + i / 5000, 37.4])));
  const all = [...stacked, ...spread, unit('far', point([0, 0])), unit('top', point([113.5, 38])), unit('pole', point([0, 90]))];
  expect(found(all, { kind: 'area', geometry }, geometry).inside.size).toBe(1001);
  expect(found(all, { kind: 'disc', center: [0, 0], radius: 1 }, geometry).inside).toEqual(new Set(['far']));
  expect(found(all, { kind: 'disc', center: [120, 89.99], radius: 2000 }, geometry).inside).toEqual(new Set(['pole']));
  expect(found(stacked, { kind: 'disc', center: [113.5, 37.5], radius: 0 }, geometry).inside.size).toBe(500);
  expect(found([], { kind: 'area', geometry }, geometry).inside.size).toBe(0);
});

test('a polygon of thousands of vertices', () => {
  const ring: Position[] = Array.from({ length: 6000 }, (_, i) => {
    const angle = (2 * Math.PI * i) / 6000;
    const r = 0.02 + 0.004 * Math.sin(97 * angle) + 0.002 * Math.sin(1013 * angle);
    return [113.5 + r * Math.cos(angle), 37.8 + r * Math.sin(angle)];
  });
  const geometry: Geometry = { type: 'Polygon', coordinates: [[...ring, ring[0] as Position]] };
  const homes = Array.from({ length: 1000 }, (_, i): Position => {
    const angle = i * 2.399963;
    const r = 0.028 * Math.sqrt(i / 1000);
    return i % 10 === 0 ? (ring[(i * 7) % 6000] as Position) : [113.5 + r * Math.cos(angle), 37.8 + r * Math.sin(angle)];
  });
  const { inside, near } = found(
    homes.map((position, i) => unit(`u${i}`, point(position))),
    { kind: 'area', geometry },
    geometry,
  );
  const places = homes.map((position) => place(geometry.coordinates as Rings, position));
  expect(inside.size).toBe(places.filter((one) => one !== 'outside').length);
  expect(near.size).toBe(places.filter((one) => one === 'edge').length);
  places.forEach((one, i) => expect([i, inside.has(`u${i}`)]).toEqual([i, one !== 'outside']));
});
