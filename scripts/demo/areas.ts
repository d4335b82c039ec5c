// Other hazard areas: low ground, ground below a dam, flood extents, slopes, a quarry, and one priority area that counts nobody.
import { COURSES } from './courses.ts';
import { rounded } from './curve.ts';
import type { SpatialHash } from './hash.ts';
import { distance, insideRing, left, minus, unit, type Place, type Ring } from './plane.ts';
import { randomOf } from './random.ts';
import { blob, corridor } from './shapes.ts';
import type { Terrain } from './terrain.ts';
import { toBorder, townshipAt } from './townships.ts';

export type AreaKind = 'low_lying' | 'reservoir_downstream' | 'flood_extent' | 'susceptible_area' | 'priority_area' | 'quarry_slope';

export interface HazardArea {
  readonly id: string;
  readonly kind: AreaKind;
  readonly name: string;
  readonly ring: Ring;
  readonly returnPeriod: number | null;
  /** MM-DD; null: all year. */
  readonly season: readonly [string, string] | null;
  readonly basis: string;
}

/** A pond or reservoir with its dam, of which the areas below it are drawn. */
export interface Pond {
  readonly name: string;
  readonly dam: Place;
  readonly ring: Ring;
}

const courseNamed = (name: string): readonly Place[] => COURSES.find((course) => course.name === name)?.line ?? [];

function homesIn(ring: Ring, centre: Place, reach: number, homes: SpatialHash<Place>): number {
  let found = 0;
  for (const home of homes.within(centre, reach)) if (insideRing(home, ring)) found++;
  return found;
}

/** Tries places until about `wanted` homes lie in the shape. */
function placed(
  wanted: number,
  reach: number,
  shape: (centre: Place, attempt: number) => Ring,
  fits: (centre: Place) => boolean,
  homes: SpatialHash<Place>,
  stream: string,
): Ring {
  const random = randomOf(stream);
  let best: Ring | undefined;
  let least = Infinity;
  for (let attempt = 0; attempt < 1500 && least > 0.15; attempt++) {
    const centre: Place = [random.between(-3400, 3400), random.between(-2600, 2600)];
    if (!fits(centre)) continue;
    const ring = shape(centre, attempt);
    const off = Math.abs(homesIn(ring, centre, reach, homes) - wanted) / (wanted + 1);
    if (off < least) {
      least = off;
      best = ring;
    }
  }
  if (!best) throw new Error(`no place for ${stream}`);
  return best;
}

/** The vertices of a course from one share of its length to another. */
function stretch(name: string, from: number, to: number): readonly Place[] {
  const line = courseNamed(name);
  return line.slice(Math.round(from * (line.length - 1)), Math.round(to * (line.length - 1)) + 1);
}

function pondOn(course: string, share: number, name: string): Pond {
  const line = courseNamed(course);
  const index = Math.round(share * (line.length - 1));
  const dam = line[index] ?? [0, 0];
  const upstream = line[index - 4] ?? dam;
  const direction = unit(minus(dam, upstream));
  return { name, dam, ring: blob(upstream, 90, 34, direction, 12, `pond ${name}`) };
}

export function makePonds(): readonly Pond[] {
  return [pondOn('东岭沟', 0.3, '东岭沟塘坝'), pondOn('赛鱼沟', 0.54, '赛鱼沟小水库')];
}

const FLOOD_SEASON = ['06-01', '09-30'] as const;

export function makeAreas(terrain: Terrain, homes: SpatialHash<Place>, avoid: readonly Ring[]): readonly HazardArea[] {
  const free = (centre: Place, room: number): boolean => avoid.every((ring) => ring.every((place) => distance(place, centre) > room));
  const inside = (centre: Place, room: number): boolean => {
    const township = townshipAt(centre);
    return township !== undefined && toBorder(centre, township) > room;
  };
  const low = (wanted: number, index: number): Ring =>
    placed(
      wanted,
      160,
      (centre, attempt) => blob(centre, 105, 55, left(terrain.uphill(centre)), 11, `low ${index} ${attempt}`),
      (centre) =>
        terrain.slope(centre) < 0.09 &&
        terrain.aboveWater(centre) < 9 &&
        terrain.toCourse(centre) < 160 &&
        inside(centre, 120) &&
        free(centre, 220),
      homes,
      `low-lying ${index}`,
    );
  const slope = (wanted: number, index: number): Ring =>
    placed(
      wanted,
      260,
      (centre, attempt) => blob(centre, 190, 85, left(terrain.uphill(centre)), 12, `slope ${index} ${attempt}`),
      (centre) => terrain.slope(centre) > 0.3 && inside(centre, 200) && free(centre, 260),
      homes,
      `slope ${index}`,
    );
  const quarry = placed(
    6,
    130,
    (centre, attempt) => blob(centre, 90, 60, left(terrain.uphill(centre)), 10, `quarry ${attempt}`),
    (centre) => terrain.slope(centre) > 0.42 && inside(centre, 130) && free(centre, 200),
    homes,
    'quarry',
  );
  const priority = rounded(blob([-2300, -750], 780, 1150, [1, 0.2], 14, 'priority'), 2, true);
  const area = (id: string, kind: AreaKind, name: string, ring: Ring, rest: Partial<HazardArea> = {}): HazardArea => ({
    id,
    kind,
    name,
    ring,
    returnPeriod: null,
    season: FLOOD_SEASON,
    basis: '演示合成',
    ...rest,
  });
  return [
    area('DW-01', 'low_lying', '蒙河南岸低洼片', low(170, 1)),
    area('DW-02', 'low_lying', '桥下积水片', low(110, 2)),
    area('DW-03', 'low_lying', '洪桥路口低洼片', low(60, 3)),
    area('KX-01', 'reservoir_downstream', '东岭沟塘坝下游', corridor(stretch('东岭沟', 0.3, 0.72), 34, 26, 'below 1')),
    area('KX-02', 'reservoir_downstream', '赛鱼沟小水库下游', corridor(stretch('赛鱼沟', 0.54, 0.92), 26, 30, 'below 2')),
    area('YM-01', 'flood_extent', '蒙河下段五十年一遇淹没范围', corridor(stretch('蒙河', 0.695, 0.765), 40, 34, 'flood 50'), {
      returnPeriod: 50,
    }),
    area('YM-02', 'flood_extent', '水泉沟河二十年一遇淹没范围', corridor(stretch('水泉沟河', 0.66, 0.8), 24, 28, 'flood 20'), {
      returnPeriod: 20,
    }),
    area('YF-01', 'susceptible_area', '后山易发区', slope(45, 1), { season: null }),
    area('YF-02', 'susceptible_area', '沙台易发区', slope(30, 2), { season: null }),
    area('ZD-01', 'priority_area', '西部重点防治区', priority, { season: null }),
    area('CS-01', 'quarry_slope', '旧采石宕口', quarry, { season: null }),
  ];
}
