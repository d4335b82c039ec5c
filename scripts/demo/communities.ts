// Where the communities lie: on valley floors and lower slopes, apart from each other, each inside one sub-district.
import type { NamedCase } from './cases.ts';
import { distance, left, type Place } from './plane.ts';
import { randomOf } from './random.ts';
import type { Terrain } from './terrain.ts';
import { TOWNSHIPS, toBorder, townshipAt, type Township } from './townships.ts';

export interface Community {
  readonly name: string;
  readonly township: Township;
  readonly centre: Place;
  /** Along the streets: across the slope, or along the valley. */
  readonly street: Place;
  /** Households to house. */
  readonly target: number;
}

/** How good a place is to build on, 0 to 1. */
export function suitability(terrain: Terrain, place: Place): number {
  const slope = terrain.slope(place);
  if (slope > 0.5) return 0;
  return Math.exp(-((slope / 0.24) ** 2)) * Math.exp(-terrain.aboveWater(place) / 60);
}

/** Direction across the slope around a place: the mean of line directions, for which angles count twice. */
function streetAt(terrain: Terrain, centre: Place): Place {
  let cosine = 0;
  let sine = 0;
  for (let dx = -120; dx <= 120; dx += 60) {
    for (let dy = -120; dy <= 120; dy += 60) {
      const place: Place = [centre[0] + dx, centre[1] + dy];
      const [x, y] = left(terrain.uphill(place));
      const weight = Math.min(0.3, terrain.slope(place));
      const twice = 2 * Math.atan2(y, x);
      cosine += weight * Math.cos(twice);
      sine += weight * Math.sin(twice);
    }
  }
  const angle = Math.atan2(sine, cosine) / 2;
  return [Math.cos(angle), Math.sin(angle)];
}

/** Mean suitability of the surroundings. */
function room(terrain: Terrain, centre: Place): number {
  let sum = 0;
  for (let dx = -160; dx <= 160; dx += 80)
    for (let dy = -160; dy <= 160; dy += 80) sum += suitability(terrain, [centre[0] + dx, centre[1] + dy]);
  return sum / 25;
}

function centresOf(township: Township, count: number, taken: readonly Place[], terrain: Terrain): Place[] {
  const random = randomOf(`communities ${township.code}`);
  const candidates: { at: Place; score: number }[] = [];
  for (let x = -3600; x <= 3600; x += 50) {
    for (let y = -2800; y <= 2800; y += 50) {
      const at: Place = [x + random.between(-15, 15), y + random.between(-15, 15)];
      if (townshipAt(at) !== township || terrain.toCourse(at) > 430 || toBorder(at, township) < 110) continue;
      candidates.push({ at, score: room(terrain, at) + random.between(0, 0.12) });
    }
  }
  candidates.sort((p, q) => q.score - p.score);
  const chosen: Place[] = [];
  // Apart as far as the number asked for allows.
  for (let apart = 460; chosen.length < count && apart > 150; apart -= 40) {
    for (const { at } of candidates) {
      if (chosen.length >= count) break;
      if ([...taken, ...chosen].every((other) => distance(other, at) >= apart)) chosen.push(at);
    }
  }
  return chosen;
}

/** All communities; those of the named cases lie beside their case. */
export function makeCommunities(terrain: Terrain, cases: readonly NamedCase[]): readonly Community[] {
  return TOWNSHIPS.flatMap((township) => {
    const random = randomOf(`targets ${township.code}`);
    const ownCases = cases.filter((one) => one.township === township.name);
    const fixed = new Map<string, Place>();
    for (const one of ownCases) {
      const house = one.houses[0];
      if (house) fixed.set(one.village.replace('社区', ''), house.at);
    }
    const free = township.communities.filter((name) => !fixed.has(name));
    const centres = centresOf(township, free.length, [...fixed.values()], terrain);
    const weights = township.communities.map((name) => (fixed.has(name) ? 0.7 : random.between(0.75, 1.3)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const inCases = ownCases.reduce((sum, one) => sum + one.houses.length, 0);
    let remaining = township.households - inCases;
    return township.communities.flatMap((name, index): Community[] => {
      const centre = fixed.get(name) ?? centres[free.indexOf(name)];
      if (!centre) return [];
      const isLast = index === township.communities.length - 1;
      const target = isLast ? remaining : Math.round(((township.households - inCases) * (weights[index] ?? 1)) / total);
      remaining -= target;
      return [{ name, township, centre, street: streetAt(terrain, centre), target }];
    });
  });
}
