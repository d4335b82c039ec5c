// Outlines of margins, discs, strips and directed areas against the geodesic: at most 2 cm too wide, and too narrow by no more
// than 2 cm and the centimetre that arcs may lack. From 45° south to 60° north. XIANTU_FUZZ multiplies the number of cases.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Geometry, Position } from '../../../server/domain/feature.ts';
import { boundsOf } from '../../../server/geo/bounds.ts';
import { localFrame, mapPositions } from '../../../server/geo/localFrame.ts';
import { prepareShape, type CountingShape } from '../../../server/geo/shape.ts';
import { loadKernel, type GeometryKernel } from '../../../server/zones/kernel/geos.ts';
import { outlineOf, unitedOutline } from '../../../server/zones/kernel/outline.ts';
import { aroundBlock, aroundBody } from '../../../server/zones/points/directedArea.ts';
import { joinsOf, linesOf } from '../../../server/zones/rivers/riverStrip.ts';
import { distance } from '../../support/oracle/distance.ts';
import { azimuth, nearestOf, project, setDown } from '../../support/oracle/offsetGeodesic.ts';
import { apart, perimeter, planeArea, PlaneArea, reachBeyond, ringsOf } from '../../support/oracle/offsetPlane.ts';
import { chainsIn } from '../../support/oracle/offsetReach.ts';
import { AREAS, LINES, logBetween, type Random } from '../../support/oracle/offsetShapes.ts';
import { inStrip } from '../../support/oracle/strip.ts';
import { seeded } from '../../support/postgis.ts';

const times = (cases: number) => Math.round(cases * Number(process.env['XIANTU_FUZZ'] ?? 1));
const PLACES: readonly Position[] = [
  [20, 0],
  [105, 26],
  [113.5, 38],
  [25, 60],
  [150, -33],
  [-70, -45],
];
/** Metres. */
const CLOSE = 0.02;
const SAGITTA = 0.01;

let kernel: GeometryKernel;
beforeAll(async () => {
  kernel = await loadKernel();
});

const anyOf = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
const isArea = ({ type }: Geometry) => type === 'Polygon' || type === 'MultiPolygon';

/** A place on an edge of the source or, for each second one, on a vertex; and a direction away from it. */
function beside(source: Geometry, random: Random, i: number): { place: Position; degrees: number } {
  const chain = anyOf(random, chainsIn(source));
  const at = 1 + Math.floor(random() * (chain.length - 1));
  const [a, b] = [chain[at - 1] as Position, chain[at] as Position];
  const t = i % 2 === 0 ? 0 : random();
  const along = a[0] === b[0] && a[1] === b[1] ? 0 : azimuth(a, b);
  return {
    place: [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t],
    degrees: along + (i % 4 === 0 ? 360 * random() : random() < 0.5 ? 90 : -90),
  };
}

test('the margins of 1,000 polygons and lines lie where the geodesic says', { timeout: times(180_000) }, () => {
  const random = seeded(101);
  const sources = Object.entries({ ...AREAS, ...LINES });
  for (let i = 0; i < times(1000); i++) {
    const [kind, make] = sources[i % sources.length] as (typeof sources)[number];
    const where = anyOf(random, PLACES);
    const [size, margin] = [logBetween(random, 5, 3000), logBetween(random, 0.5, 1500)];
    const named = `${i}: ${kind} of ${size.toFixed(1)} m at ${where.join()}, margin ${margin.toFixed(2)} m`;
    const source = setDown(make(random, size), where);
    const shape: CountingShape = { kind: 'margin', geometry: source, margin };
    const outline = outlineOf(shape, kernel);
    expect([named, kernel.isValid(outline)]).toEqual([named, true]);
    const drawn = new PlaneArea(outline);
    const counted = prepareShape(shape, outline);
    const within = isArea(source) ? new PlaneArea(source) : null;
    const check = (p: Position) => {
      const metres = within?.contains(p) ? 0 : nearestOf(source, p).metres;
      if (metres > margin + CLOSE - 1e-4) expect([named, p, drawn.contains(p), counted.place(p)]).toEqual([named, p, false, 'outside']);
      if (metres < margin - CLOSE + 1e-4) expect([named, p, drawn.contains(p), counted.place(p)]).toEqual([named, p, true, 'inside']);
    };
    for (let k = 0; k < 6; k++) {
      const ring = anyOf(random, ringsOf(outline));
      const at = 1 + Math.floor(random() * (ring.length - 1));
      const [a, b] = [ring[at - 1] as Position, ring[at] as Position];
      const t = k % 2 === 0 ? 0 : random();
      const edge: Position = [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
      const { place, metres } = nearestOf(source, edge);
      expect([named, metres < margin + CLOSE, metres > margin - CLOSE - SAGITTA]).toEqual([named, true, true]);
      for (const off of [CLOSE, -CLOSE]) if (margin + off > 0) check(project(place, azimuth(place, edge), margin + off));
    }
    for (let k = 0; k < 6; k++) {
      const { place, degrees } = beside(source, random, k);
      for (const off of [CLOSE, -CLOSE]) check(project(place, degrees, margin + off));
    }
  }
});

test('the polygon of a disc lies within its radius on the ellipsoid, and lacks a centimetre at most', () => {
  for (const center of PLACES) {
    for (const radius of [0.5, 15, 50, 333.3, 1000, 2000]) {
      const outline = outlineOf({ kind: 'disc', center, radius }, kernel);
      expect(kernel.isValid(outline)).toBe(true);
      const ring = ringsOf(outline)[0] as readonly Position[];
      for (let i = 1; i < ring.length; i++) {
        const [a, b] = [ring[i - 1] as Position, ring[i] as Position];
        expect(Math.abs(distance(center, b) - radius)).toBeLessThan(0.003);
        expect(distance(center, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2])).toBeGreaterThan(radius - SAGITTA - 0.003);
      }
    }
  }
});

describe('strips', () => {
  const made = (random: Random, i: number, size: number, where: Position) => {
    const [kind, make] = Object.entries(LINES)[i % Object.keys(LINES).length] as [string, (typeof LINES)[string]];
    const lines = linesOf(setDown(make(random, size), where));
    const [left, right] = [i % 5 === 0 ? 0 : logBetween(random, 0.5, 500), logBetween(random, 0.5, 500)];
    const named = `${i}: ${kind} of ${size.toFixed(1)} m at ${where.join()}, ${left.toFixed(2)} m and ${right.toFixed(2)} m`;
    return { named, shape: { kind: 'strip', lines, left, right, joins: joinsOf(lines, []) } as const };
  };

  test('are drawn as they are counted: rectangles, round at outer bends, flat at ends', () => {
    const random = seeded(31);
    for (let i = 0; i < times(90); i++) {
      const { named, shape } = made(random, i, logBetween(random, 20, 3000), anyOf(random, PLACES));
      const [line] = shape.lines;
      if (!line || shape.lines.length > 1) continue;
      const drawn = new PlaneArea(outlineOf(shape, kernel));
      for (let k = 0; k < 10; k++) {
        const { place } = beside({ type: 'LineString', coordinates: line }, random, 1);
        const p = project(place, 360 * random(), Math.max(shape.left, shape.right) * random() * 1.4);
        const verdict = inStrip(line, shape.left, shape.right, false, p, CLOSE);
        if (verdict !== null) expect([named, p, drawn.contains(p)]).toEqual([named, p, verdict]);
      }
    }
  });

  test('never shrink when a width grows', () => {
    const random = seeded(32);
    for (let i = 0; i < times(150); i++) {
      const { named, shape } = made(random, i, logBetween(random, 20, 3000), anyOf(random, PLACES));
      if (shape.lines.length === 0) continue;
      const frame = localFrame(boundsOf({ type: 'MultiLineString', coordinates: shape.lines }));
      const grown = { ...shape, left: shape.left * (1 + random() ** 3), right: shape.right * (1 + random() ** 3) };
      const [small, large] = [shape, grown].map((one) => mapPositions(outlineOf(one, kernel), frame.toMetres)) as [Geometry, Geometry];
      // where a line turns straight back, a slit of micrometres may lie between its pieces: it has no area to speak of
      const lost = kernel.difference(small, large);
      const kept = reachBeyond(new PlaneArea(small), new PlaneArea(large)) < SAGITTA || !lost || planeArea(lost) < 1e-3 * perimeter(small);
      expect([named, kept]).toEqual([named, true]);
      expect([named, planeArea(large) >= planeArea(small) - 1e-3 * perimeter(small)]).toEqual([named, true]);
    }
  });

  test('a winding section loses none of its strip when it grows by 2 m', () => {
    const winding = setDown(
      {
        type: 'LineString',
        coordinates: [
          [-144.341, -30.135],
          [-86.604, -5.189],
          [-28.868, 30.136],
          [28.868, -20.316],
          [86.604, -27.45],
          [144.34, 19.044],
        ],
      },
      [113.5, 38],
    );
    const lines = linesOf(winding);
    const lost: number[] = [];
    let before = 0;
    for (let right = 20; right < 120; right += 0.1) {
      const area = planeArea(
        mapPositions(
          outlineOf({ kind: 'strip', lines, left: 0, right, joins: joinsOf(lines, []) }, kernel),
          localFrame([113.5, 38, 113.5, 38]).toMetres,
        ),
      );
      if (area < before) lost.push(right);
      before = area;
    }
    expect(lost).toEqual([]);
  });

  test('are valid, however the line folds and crosses itself', () => {
    const random = seeded(33);
    const invalid: string[] = [];
    for (let i = 0; i < times(600); i++) {
      const { named, shape } = made(random, i, logBetween(random, 20, 3000), anyOf(random, PLACES));
      if (shape.lines.length > 0 && !kernel.isValid(outlineOf(shape, kernel))) invalid.push(named);
    }
    expect(invalid).toEqual([]);
  });

  test('a flat end is straight to a centimetre', () => {
    const [line] = linesOf(
      setDown(
        {
          type: 'LineString',
          coordinates: [
            [0, 0],
            [0, 500],
          ],
        },
        [113.5, 38],
      ),
    );
    const end = line?.[0] as Position;
    const drawn = new PlaneArea(outlineOf({ kind: 'strip', lines: [line as Position[]], left: 600, right: 600, joins: [] }, kernel));
    for (const metres of [0, 150, 300, 450, 590]) {
      for (const side of [90, 270]) {
        const p = project(end, side, metres);
        expect([metres, drawn.contains(project(p, 180, 0.011)), drawn.contains(project(p, 0, 0.011))]).toEqual([metres, false, true]);
      }
    }
  });
});

describe('in a plane of their own', () => {
  /** Two outlines as one, but for the arcs: apart by a centimetre, or where arcs meet at a small angle by a strip of one. */
  const same = (one: Geometry, other: Geometry) => {
    if (apart(new PlaneArea(one), new PlaneArea(other)) < SAGITTA) return true;
    const rest = [kernel.difference(one, other), kernel.difference(other, one)];
    return rest.reduce((sum, part) => sum + (part ? planeArea(part) : 0), 0) < SAGITTA * perimeter(one);
  };
  /** Edges of 60 m at most, which are as straight in lon/lat as in the plane. */
  const inPieces = (area: Geometry): Geometry => {
    const cut = (ring: readonly Position[]) =>
      ring.flatMap((b, i): Position[] => {
        const a = ring[i - 1] ?? b;
        const pieces = Math.max(1, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / 60));
        return Array.from({ length: pieces }, (_, k): Position => {
          const t = (k + 1) / pieces;
          return t === 1 ? b : [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
        });
      });
    if (area.type === 'Polygon') return { type: 'Polygon', coordinates: area.coordinates.map(cut) };
    return area.type === 'MultiPolygon' ? { type: 'MultiPolygon', coordinates: area.coordinates.map((rings) => rings.map(cut)) } : area;
  };
  const ways: Record<string, (source: Geometry, metres: number, bearing: number) => Geometry> = {
    margin: (source, metres) => outlineOf({ kind: 'margin', geometry: source, margin: metres }, kernel),
    'directed area': (source, metres, bearing) =>
      aroundBody(source, bearing, { ahead: metres, back: metres / 4, aside: metres / 3 }, kernel),
    'directed area without spread': (source, metres, bearing) => aroundBody(source, bearing, { ahead: metres, back: 10, aside: 0 }, kernel),
  };

  test.each(Object.keys(ways))('the %s turns with its source, holds it, and never shrinks when it grows', (name) => {
    const around = ways[name] as (typeof ways)[string];
    const random = seeded(41);
    const kinds = Object.entries(AREAS);
    for (let i = 0; i < times(90); i++) {
      const [kind, make] = kinds[i % kinds.length] as (typeof kinds)[number];
      const [x, y] = anyOf(random, PLACES);
      const frame = localFrame([x, y, x, y]);
      const raw = inPieces(make(random, logBetween(random, 5, 1500)));
      const source = kernel.isValid(raw) ? raw : kernel.makeValid(raw);
      const [metres, bearing, degrees] = [logBetween(random, 0.5, 500), 360 * random(), 360 * random()];
      const named = `${i}: ${kind}, ${metres.toFixed(2)} m`;
      const [sin, cos] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
      const turn = ([east, north]: Position): Position => [east * cos + north * sin, north * cos - east * sin];
      const made = (from: Geometry, reach: number, towards: number) =>
        mapPositions(around(mapPositions(from, frame.toDegrees), reach, towards), frame.toMetres);
      const here = made(source, metres, bearing);
      expect([named, same(mapPositions(here, turn), made(mapPositions(source, turn), metres, bearing + degrees))]).toEqual([named, true]);
      const plane = new PlaneArea(here);
      expect([named, reachBeyond(new PlaneArea(source), plane) < SAGITTA]).toEqual([named, true]);
      expect([named, reachBeyond(plane, new PlaneArea(made(source, metres * 1.05, bearing))) < SAGITTA]).toEqual([named, true]);
      expect([named, kernel.isValid(around(mapPositions(source, frame.toDegrees), metres, bearing))]).toEqual([named, true]);
    }
  });

  test('a block is a rectangle of its size at any latitude and bearing', () => {
    for (const center of PLACES) {
      for (const bearing of [0, 33, 90, 270, 359.5]) {
        const outline = aroundBlock({ center, along: 300, across: 80 }, bearing, { ahead: 250, back: 7, aside: 10 }, kernel);
        const drawn = new PlaneArea(outline);
        for (const [turn, stated] of [
          [0, 400],
          [180, 157],
          [90, 50],
          [270, 50],
        ] as const) {
          expect(drawn.contains(project(center, bearing + turn, stated - CLOSE))).toBe(true);
          expect(drawn.contains(project(center, bearing + turn, stated + CLOSE))).toBe(false);
        }
      }
    }
  });
});

describe('what files may hold', () => {
  const square = (east: number, north: number, half: number): Position[] => [
    [east - half, north - half],
    [east + half, north - half],
    [east + half, north + half],
    [east - half, north + half],
    [east - half, north - half],
  ];
  const parts = (...squares: Position[][]): Geometry =>
    setDown({ type: 'MultiPolygon', coordinates: squares.map((ring) => [ring]) }, [113.5, 38]);
  const metresOf = (area: Geometry) => planeArea(mapPositions(area, localFrame([113.5, 38, 113.5, 38]).toMetres));

  test.each([
    ['overlap', parts(square(0, 0, 500), square(300, 300, 500)), 2e6 - 700 * 700],
    ['lie in one another', parts(square(0, 0, 500), square(0, 0, 250)), 1e6],
  ])('parts that %s are one area, as they count, with a margin and in a direction', (_, source, whole) => {
    const margin = outlineOf({ kind: 'margin', geometry: source, margin: 10 }, kernel);
    expect(metresOf(margin)).toBeGreaterThan(whole);
    expect(metresOf(aroundBody(source, 45, { ahead: 20, back: 0, aside: 10 }, kernel))).toBeGreaterThan(whole);
    const middle = project([113.5, 38], 45, 10);
    expect(new PlaneArea(margin).contains(middle)).toBe(true);
  });

  test.each([
    [
      'of one place',
      [
        [0, 0],
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    ],
    [
      'along one line',
      [
        [0, 0],
        [100, 100],
        [50, 50],
        [0, 0],
      ],
    ],
  ] satisfies [string, Position[]][])('a ring %s has a margin like any other', (_, ring) => {
    const source = setDown({ type: 'Polygon', coordinates: [ring] }, [113.5, 38]);
    const outline = outlineOf({ kind: 'margin', geometry: source, margin: 20 }, kernel);
    expect(metresOf(outline)).toBeGreaterThan(1200);
    expect(kernel.isValid(outline)).toBe(true);
  });

  test('zones of a mine unite, the one whose ring crosses itself too', () => {
    const crossed = setDown(
      {
        type: 'Polygon',
        coordinates: [
          [
            [0, 0],
            [800, 900],
            [800, 0],
            [0, 900],
            [0, 0],
          ],
        ],
      },
      [113.5, 38],
    );
    const beside = setDown({ type: 'Polygon', coordinates: [square(600, 450, 450)] }, [113.5, 38]);
    const united = unitedOutline([crossed, beside], kernel);
    expect(kernel.isValid(united)).toBe(true);
    expect(metresOf(united)).toBeGreaterThan(810_000);
  });
});
