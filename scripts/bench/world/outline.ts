// Outlines as a hand or a model of a flood draws them: bays within bays, no two alike, and valid.
import type { Position, Ring } from '../../../server/domain/feature.ts';
import type { Random } from '../../demo/random.ts';
import { offset } from './landscape.ts';

export interface OutlineOptions {
  readonly centre: Position;
  /** Metres: the typical radius. */
  readonly radius: number;
  readonly vertices: number;
  /** How far the outline leaves a circle: 0.1 calm to 0.5 ragged. */
  readonly roughness: number;
  /** How many times longer than wide. */
  readonly stretch: number;
  /** Bend the whole, so that no point of it sees all of the outline. */
  readonly bend: boolean;
}

/**
 * A closed ring, anticlockwise. Distance from the centre is a sum of waves over the angle, which cannot cross itself;
 * the bend is a shear along waves longer than the area, applied to outlines of many vertices only.
 */
export function outline(random: Random, options: OutlineOptions): Position[] {
  const { centre, radius, vertices, stretch } = options;
  const waves = wavesOf(random, vertices, options.roughness);
  const turn = random.between(0, 2 * Math.PI);
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const long = Math.sqrt(stretch);
  const bend = options.bend && vertices >= 200 ? random.between(0.15, 0.3) * radius : 0;
  const phase = random.between(0, 2 * Math.PI);
  const ring: Position[] = [];
  for (let i = 0; i < vertices; i++) {
    const angle = (2 * Math.PI * (i + 0.7 * random.next())) / vertices;
    const distance = radius * Math.exp(waves.reduce((sum, wave) => sum + wave.height * Math.cos(wave.count * angle + wave.phase), 0));
    const along = Math.cos(angle) * distance * long;
    const across = (Math.sin(angle) * distance) / long + bend * Math.sin((2 * along) / (radius * long) + phase);
    ring.push(offset(centre, along * cos - across * sin, along * sin + across * cos));
  }
  ring.push(ring[0] as Position);
  return ring;
}

interface Wave {
  readonly count: number;
  readonly height: number;
  readonly phase: number;
}

/** Each wave is about twice as quick as the one before it and a little over half as high. */
function wavesOf(random: Random, vertices: number, roughness: number): Wave[] {
  const waves: Wave[] = [];
  let height = roughness;
  for (let count = 2; count <= Math.max(2, vertices / 4); count = count * 2 + random.whole(-1, 1)) {
    waves.push({ count, height: height * random.between(0.6, 1), phase: random.between(0, 2 * Math.PI) });
    height *= 0.56;
  }
  return waves;
}

/** Degrees: coordinates on this grid, and their halves down to a 64th, are exact in binary. */
const GRID = 2 ** -12;

function onGrid(value: number): number {
  return Math.round(value / GRID) * GRID;
}

/** A row of columns of various heights, all edges along a parallel or a meridian. Closed, anticlockwise. */
export function staircase(random: Random, corner: Position, columns: number): Position[] {
  const [west, south] = [onGrid(corner[0]), onGrid(corner[1])];
  const ring: Position[] = [
    [west, south],
    [west + columns * 4 * GRID, south],
  ];
  let height = 0;
  for (let column = columns; column > 0; column--) {
    height = otherHeight(random, height);
    ring.push([west + column * 4 * GRID, south + height * GRID], [west + (column - 1) * 4 * GRID, south + height * GRID]);
  }
  ring.push([west, south]);
  return ring;
}

/** The same with slanting tops: positions at 64ths of each edge lie exactly on it. */
export function sawtooth(random: Random, corner: Position, teeth: number): Position[] {
  const [west, south] = [onGrid(corner[0]), onGrid(corner[1])];
  const ring: Position[] = [
    [west, south],
    [west + teeth * 4 * GRID, south],
  ];
  let height = 0;
  for (let tooth = teeth; tooth >= 0; tooth--) {
    height = otherHeight(random, height);
    ring.push([west + tooth * 4 * GRID, south + height * GRID]);
  }
  ring.push([west, south]);
  return ring;
}

function otherHeight(random: Random, last: number): number {
  const height = random.whole(18, 40);
  return height === last ? height + 3 : height;
}

/** A rectangle on the grid, `west` and `south` grid steps from the corner of a staircase; clockwise, as a hole is. */
export function rectangle(ring: Ring, west: number, south: number, width: number, height: number): Position[] {
  const [x, y] = ring[0] as Position;
  const [left, low] = [x + west * GRID, y + south * GRID];
  const [right, top] = [left + width * GRID, low + height * GRID];
  return [
    [left, low],
    [left, top],
    [right, top],
    [right, low],
    [left, low],
  ];
}

/** Positions on edges of a ring of the grid, exactly. */
export function onEdges(random: Random, ring: Ring, count: number): Position[] {
  return Array.from({ length: count }, () => {
    const i = random.whole(1, ring.length - 1);
    const [a, b] = [ring[i - 1] as Position, ring[i] as Position];
    const t = random.whole(1, 63) / 64;
    return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
  });
}
