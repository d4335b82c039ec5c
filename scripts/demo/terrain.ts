// The ground: a synthetic height field, eroded towards the named courses, with flat valley floors along them.
import { COURSES, type Course } from './courses.ts';
import { drainageOf, erode, type Drainage, type Grid } from './erosion.ts';
import { layeredNoise, noise } from './noise.ts';
import { distanceToSegment, lengthOf, segments, shareAlong, unit, type Place } from './plane.ts';

const GRID: Grid = { columns: 408, rows: 344, cell: 24 };
const WEST = -(GRID.columns * GRID.cell) / 2;
const SOUTH = -(GRID.rows * GRID.cell) / 2;
const BED_AT_WEST = 702;
const FAR = 1e6;

/** Area drained, square metres, from which a gully carries water often enough to be seen. */
export const GULLY_AREA = 13_000;

/** From here on a gully counts as the water that a place lies above. */
const WET_AREA = 220_000;

export interface Terrain {
  /** Height in metres above a made-up datum. */
  height(place: Place): number;
  /** The same through a cubic spline: no creases between cells, for shading. */
  smoothHeight(place: Place): number;
  /** Unit vector uphill, from heights about 50 m apart. */
  uphill(place: Place): Place;
  /** Metres per metre over about 50 m. */
  slope(place: Place): number;
  /** Metres above the water course the place drains to. */
  aboveWater(place: Place): number;
  /** Metres to the nearest named course. */
  toCourse(place: Place): number;
  /** Square metres drained through the cell. */
  drained(place: Place): number;
  /** Centres of cells with at least `area` square metres upstream, with the direction in which the water runs. */
  gullies(area: number): { at: Place; flow: Place; area: number }[];
}

/** Of each cell: metres to a course and the height of the bed at the nearest place of it. */
interface Nearest {
  readonly distance: Float32Array;
  readonly bed: Float32Array;
}

const column = (x: number): number => (x - WEST) / GRID.cell - 0.5;
const row = (y: number): number => (y - SOUTH) / GRID.cell - 0.5;
const centreOf = (index: number): Place => [
  WEST + ((index % GRID.columns) + 0.5) * GRID.cell,
  SOUTH + (Math.floor(index / GRID.columns) + 0.5) * GRID.cell,
];

/** Bed heights at the vertices of a course: it falls evenly, tributaries ever less steeply towards their mouth. */
function bedOf(course: Course, mouthHeight: number | null): number[] {
  const length = lengthOf(course.line);
  let run = 0;
  let before: Place | undefined;
  return course.line.map((place) => {
    if (before) run += Math.hypot(place[0] - before[0], place[1] - before[1]);
    before = place;
    if (mouthHeight === null) return BED_AT_WEST - run * course.rise;
    const up = length - run;
    return mouthHeight + up * course.rise * (0.75 + (0.5 * up) / length);
  });
}

const REACH = 1000;
/** Cells further than this from a segment are asked for every fourth segment only. */
const CLOSE = 420;

function nearestTo(course: Course, beds: readonly number[]): Nearest {
  const count = GRID.columns * GRID.rows;
  const distance = new Float32Array(count).fill(FAR);
  const bed = new Float32Array(count);
  let vertex = 0;
  for (const [a, b] of segments(course.line)) {
    const from = beds[vertex] ?? 0;
    const to = beds[vertex + 1] ?? from;
    vertex++;
    const reach = vertex % 4 === 0 ? REACH : CLOSE;
    const firstRow = Math.max(0, Math.floor(row(Math.min(a[1], b[1]) - reach)));
    const lastRow = Math.min(GRID.rows - 1, Math.ceil(row(Math.max(a[1], b[1]) + reach)));
    const firstColumn = Math.max(0, Math.floor(column(Math.min(a[0], b[0]) - reach)));
    const lastColumn = Math.min(GRID.columns - 1, Math.ceil(column(Math.max(a[0], b[0]) + reach)));
    for (let r = firstRow; r <= lastRow; r++) {
      for (let c = firstColumn; c <= lastColumn; c++) {
        const place: Place = [WEST + (c + 0.5) * GRID.cell, SOUTH + (r + 0.5) * GRID.cell];
        const d = distanceToSegment(place, a, b);
        const i = r * GRID.columns + c;
        if (d >= (distance[i] ?? 0)) continue;
        distance[i] = d;
        bed[i] = from + (to - from) * shareAlong(place, a, b);
      }
    }
  }
  return { distance, bed };
}

function nearestOf(all: readonly Nearest[]): Nearest {
  const count = GRID.columns * GRID.rows;
  const distance = new Float32Array(count).fill(FAR);
  const bed = new Float32Array(count);
  for (const one of all) {
    one.distance.forEach((d, i) => {
      if (d >= (distance[i] ?? 0)) return;
      distance[i] = d;
      bed[i] = one.bed[i] ?? 0;
    });
  }
  return { distance, bed };
}

function allBeds(): number[][] {
  const [main, ...others] = COURSES;
  if (!main) return [];
  const mainBed = bedOf(main, null);
  return [
    mainBed,
    ...others.map((course) => {
      const mouth = main.line.indexOf(course.line.at(-1) ?? [0, 0]);
      return bedOf(course, mainBed[mouth] ?? BED_AT_WEST);
    }),
  ];
}

function shaped(near: Nearest): { height: Float64Array; fixed: Uint8Array } {
  const count = GRID.columns * GRID.rows;
  const height = new Float64Array(count);
  const fixed = new Uint8Array(count);
  const uplift = new Float32Array(count);
  const softness = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const [x, y] = centreOf(i);
    const d = near.distance[i] ?? 0;
    const atRim = i % GRID.columns === 0 || (i + 1) % GRID.columns === 0 || i < GRID.columns || i >= count - GRID.columns;
    const level = d < FAR ? (near.bed[i] ?? 0) : BED_AT_WEST + 60;
    height[i] = level + Math.min(d, 1200) * 0.06 + 14 * layeredNoise(x / 320, y / 320, 4);
    uplift[i] = 1 + 0.42 * layeredNoise(x / 1700 + 5, y / 1700, 2);
    softness[i] = Math.exp(0.55 * layeredNoise(x / 420 - 9, y / 420 + 3, 3));
    if (d < GRID.cell * 0.75) {
      fixed[i] = 1;
      height[i] = level;
    } else if (atRim) {
      fixed[i] = 1;
      height[i] = level + 45 + 40 * noise(x / 600, y / 600);
    }
  }
  erode(height, fixed, uplift, softness, GRID);
  return { height, fixed };
}

/** Rivers have laid down flat floors: near the bed only a small share of the relief remains. Course by course, so that floors
 * run into each other where courses meet. */
function withFloors(height: Float64Array, all: readonly Nearest[]): Float64Array {
  const result = height.slice();
  COURSES.forEach((course, index) => {
    const near = all[index];
    near?.distance.forEach((d, i) => {
      if (d > course.floor * 4) return;
      const [x, y] = centreOf(i);
      // The floor is wider here, narrower there.
      const width = course.floor * (1 + 0.55 * noise(x / 380, y / 380 + 11));
      const level = result[i] ?? 0;
      const terrace = (near.bed[i] ?? level) + 1.5 + Math.min(d, width) * 0.028;
      if (level <= terrace) return;
      const share = (d / width) ** 3;
      result[i] = terrace + ((level - terrace) * share) / (1 + share);
    });
  });
  return result;
}

/** Height above the first cell downstream that carries a gully or a river. */
function heightAboveWater(height: Float64Array, near: Nearest, { receiver, order, upstream }: Drainage): Float32Array {
  const water = new Float32Array(height.length);
  for (const here of order) {
    const to = receiver[here] ?? here;
    const wet = (near.distance[here] ?? FAR) < GRID.cell || (upstream[here] ?? 0) > WET_AREA || to === here;
    water[here] = wet ? (height[here] ?? 0) : (water[to] ?? 0);
  }
  return water.map((level, i) => Math.max(0, (height[i] ?? 0) - level));
}

function sampled(values: Float32Array | Float64Array, [x, y]: Place): number {
  const c = Math.min(GRID.columns - 1.001, Math.max(0, column(x)));
  const r = Math.min(GRID.rows - 1.001, Math.max(0, row(y)));
  const c0 = Math.floor(c);
  const r0 = Math.floor(r);
  const u = c - c0;
  const v = r - r0;
  const i = r0 * GRID.columns + c0;
  const south = (values[i] ?? 0) * (1 - u) + (values[i + 1] ?? 0) * u;
  const north = (values[i + GRID.columns] ?? 0) * (1 - u) + (values[i + GRID.columns + 1] ?? 0) * u;
  return south * (1 - v) + north * v;
}

/** Weights of the four neighbours of a cubic B-spline. */
function splineWeights(t: number): [number, number, number, number] {
  const s = 1 - t;
  return [(s * s * s) / 6, (3 * t * t * t - 6 * t * t + 4) / 6, (3 * s * s * s - 6 * s * s + 4) / 6, (t * t * t) / 6];
}

function splined(values: Float64Array, [x, y]: Place): number {
  const c = Math.min(GRID.columns - 3, Math.max(1, column(x)));
  const r = Math.min(GRID.rows - 3, Math.max(1, row(y)));
  const c0 = Math.floor(c);
  const r0 = Math.floor(r);
  const [a, b, d, e] = splineWeights(c - c0);
  let sum = 0;
  let i = (r0 - 1) * GRID.columns + c0;
  for (const weight of splineWeights(r - r0)) {
    sum += weight * (a * (values[i - 1] ?? 0) + b * (values[i] ?? 0) + d * (values[i + 1] ?? 0) + e * (values[i + 2] ?? 0));
    i += GRID.columns;
  }
  return sum;
}

function slopes(height: Float64Array): Float32Array {
  const { columns, cell } = GRID;
  return Float32Array.from(height, (_, i) =>
    Math.hypot(
      ((height[i + 1] ?? 0) - (height[i - 1] ?? 0)) / (2 * cell),
      ((height[i + columns] ?? height[i] ?? 0) - (height[i - columns] ?? height[i] ?? 0)) / (2 * cell),
    ),
  );
}

/** How far the ground is bent away from the grid it was eroded on, so that gullies do not betray the grid's eight directions. */
function bent(near: Nearest): (place: Place) => Place {
  return (place) => {
    const [x, y] = place;
    // Courses stay where they were drawn.
    const strength = 34 * Math.min(1, sampled(near.distance, place) / 260);
    return [x + strength * noise(x / 290, y / 290 + 60), y + strength * noise(x / 290 - 60, y / 290)];
  };
}

/** The place that bends onto the given one. */
function unbent(bend: (place: Place) => Place, [x, y]: Place): Place {
  let guess: Place = [x, y];
  for (let round = 0; round < 4; round++) {
    const [bx, by] = bend(guess);
    guess = [guess[0] + x - bx, guess[1] + y - by];
  }
  return guess;
}

/** Builds the ground; about a second. */
export function makeTerrain(): Terrain {
  const beds = allBeds();
  const each = COURSES.map((course, index) => nearestTo(course, beds[index] ?? []));
  const near = nearestOf(each);
  const { height: eroded, fixed } = shaped(near);
  const drainage = drainageOf(eroded, fixed, GRID);
  const height = withFloors(eroded, each);
  const water = heightAboveWater(height, near, drainage);
  const indexOf = ([x, y]: Place): number =>
    Math.min(GRID.rows - 1, Math.max(0, Math.round(row(y)))) * GRID.columns +
    Math.min(GRID.columns - 1, Math.max(0, Math.round(column(x))));
  const steepness = slopes(height);
  const bend = bent(near);
  const smoothHeight = (place: Place): number => splined(height, bend(place));
  return {
    height: (place) => sampled(height, bend(place)),
    smoothHeight,
    slope: (place) => sampled(steepness, bend(place)),
    uphill: ([x, y]) =>
      unit([smoothHeight([x + 25, y]) - smoothHeight([x - 25, y]), smoothHeight([x, y + 25]) - smoothHeight([x, y - 25])]),
    aboveWater: (place) => sampled(water, bend(place)),
    toCourse: (place) => sampled(near.distance, place),
    drained: (place) => drainage.upstream[indexOf(bend(place))] ?? 0,
    gullies(area) {
      const found: { at: Place; flow: Place; area: number }[] = [];
      drainage.upstream.forEach((drained, i) => {
        const to = drainage.receiver[i] ?? i;
        if (drained < area || to === i) return;
        const at = unbent(bend, centreOf(i));
        const below = unbent(bend, centreOf(to));
        found.push({ at, flow: unit([below[0] - at[0], below[1] - at[1]]), area: drained });
      });
      return found;
    },
  };
}
