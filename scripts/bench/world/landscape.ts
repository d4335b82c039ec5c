// Where rivers run and people live in the bench's district: about 45 x 30 km, most villages along the water.
import type { Position } from '../../../server/domain/feature.ts';
import type { Bounds } from '../../../server/domain/service.ts';
import { metresPerDegree } from '../../../server/geo/ellipsoid.ts';
import { randomOf, type Random } from '../../demo/random.ts';

const CENTRE: Position = [113.56, 37.87];
const SCALE = metresPerDegree(CENTRE[1]);
const HALF_WIDTH = 22_500 / SCALE.x;
const HALF_HEIGHT = 15_000 / SCALE.y;
const SECTIONS = 500;

export const BOUNDS: Bounds = [CENTRE[0] - HALF_WIDTH, CENTRE[1] - HALF_HEIGHT, CENTRE[0] + HALF_WIDTH, CENTRE[1] + HALF_HEIGHT];

/** The position `east` and `north` metres off another; near enough for placing things. */
export function offset([lon, lat]: Position, east: number, north: number): Position {
  return [lon + east / SCALE.x, lat + north / SCALE.y];
}

export function anywhere(random: Random): Position {
  return [random.between(BOUNDS[0], BOUNDS[2]), random.between(BOUNDS[1], BOUNDS[3])];
}

function isInDistrict([lon, lat]: Position): boolean {
  return lon > BOUNDS[0] && lon < BOUNDS[2] && lat > BOUNDS[1] && lat < BOUNDS[3];
}

/** Uniform on a logarithmic scale. */
export function logBetween(random: Random, low: number, high: number): number {
  return low * (high / low) ** random.next();
}

/** Sections of rivers, 1 to 8 km and 20 to 300 vertices each; most begin where the one before ends. */
export function riverSections(): Position[][] {
  const random = randomOf('bench/rivers');
  const sections: Position[][] = [];
  let at = anywhere(random);
  let course = random.between(0, 2 * Math.PI);
  let swing = 0;
  while (sections.length < SECTIONS) {
    const vertices = Math.round(logBetween(random, 20, 300));
    const step = Math.min(8000, Math.max(1000, vertices * logBetween(random, 15, 90))) / (vertices - 1);
    const line = [at];
    while (line.length < vertices) {
      // the course of the valley drifts slowly, the river swings about it
      swing = swing * 0.9 + random.normal(0, 0.3);
      course += random.normal(0, 0.02);
      at = offset(at, Math.cos(course + swing) * step, Math.sin(course + swing) * step);
      line.push(at);
    }
    sections.push(line);
    if (isInDistrict(at)) continue;
    at = anywhere(random);
    course = random.between(0, 2 * Math.PI);
  }
  return sections;
}

/** A row of buildings. */
export interface Street {
  readonly from: Position;
  readonly to: Position;
}

/** Streets with the share of all households that live at each and those before it. */
export interface Settlements {
  readonly streets: readonly Street[];
  /** Ascending; the last is below 1: the rest live scattered. */
  readonly upTo: Float64Array;
}

interface Rank {
  readonly places: number;
  readonly share: number;
  readonly streets: readonly [number, number];
  /** Metres: standard deviation of a street's distance from the centre. */
  readonly spread: number;
}

const RANKS: readonly Rank[] = [
  { places: 1, share: 0.16, streets: [420, 420], spread: 1500 },
  { places: 12, share: 0.2, streets: [50, 110], spread: 600 },
  { places: 430, share: 0.54, streets: [4, 26], spread: 220 },
];

export function settle(rivers: readonly (readonly Position[])[]): Settlements {
  const random = randomOf('bench/settlements');
  const streets: Street[] = [];
  const shares: number[] = [];
  for (const rank of RANKS) {
    const weights = Array.from({ length: rank.places }, () => logBetween(random, 1, 8));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    for (const weight of weights) {
      const centre = seat(random, rivers);
      const count = random.whole(...rank.streets);
      for (let i = 0; i < count; i++) {
        const from = offset(centre, random.normal(0, rank.spread), random.normal(0, rank.spread * 0.6));
        const length = logBetween(random, 60, 420);
        const course = random.between(0, 2 * Math.PI);
        streets.push({ from, to: offset(from, Math.cos(course) * length, Math.sin(course) * length) });
        shares.push((rank.share * weight) / sum / count);
      }
    }
  }
  const upTo = new Float64Array(shares.length);
  let sum = 0;
  shares.forEach((share, i) => (upTo[i] = sum += share));
  return { streets, upTo };
}

function seat(random: Random, rivers: readonly (readonly Position[])[]): Position {
  for (;;) {
    const place = random.chance(0.75)
      ? offset(random.pick(random.pick(rivers)), random.normal(0, 150), random.normal(0, 150))
      : anywhere(random);
    if (isInDistrict(place)) return place;
  }
}

/** A place at a street, a few metres off its line. */
export function atStreet({ from, to }: Street, random: Random): Position {
  const t = random.next();
  return offset([from[0] + (to[0] - from[0]) * t, from[1] + (to[1] - from[1]) * t], random.normal(0, 9), random.normal(0, 9));
}
