// Street blocks: each community lays a grid along its slope and fills the best blocks around its centre, with flats where it is
// level and rows of houses or caves where it is not. Some blocks stay open for schools and squares.
import type { NamedCase } from './cases.ts';
import { suitability, type Community } from './communities.ts';
import { add, distance, insideRing, left, times, type Place } from './plane.ts';
import { randomOf, type Random } from './random.ts';
import type { Terrain } from './terrain.ts';
import { townshipAt } from './townships.ts';

/** Metres from lane to lane, lane included. */
const BLOCK_LENGTH = 68;
const BLOCK_DEPTH = 51;
const LANE = 7;
const REACH = 820;
/** One block in so many stays open. */
const OPEN_EVERY = 19;
/** Metres that a block keeps from the middle of a river or gully: the old towns stand close to the water. */
const FROM_WATER = 3;
/** Nobody builds in a gully that drains more than this, square metres. */
const GULLY = 90_000;

export type BlockUse = 'houses' | 'caves' | 'flats' | 'open';

export interface Block {
  readonly community: Community;
  readonly centre: Place;
  /** Unit vector along the street. */
  readonly street: Place;
  readonly use: BlockUse;
  /** Length and depth inside the lanes, metres. */
  readonly length: number;
  readonly depth: number;
  readonly slope: number;
}

interface Candidate {
  readonly centre: Place;
  readonly score: number;
  readonly slope: number;
  /** Metres to the nearest named course. */
  readonly toWater: number;
}

function samples(centre: Place, street: Place): Place[] {
  const across = left(street);
  const places: Place[] = [];
  for (const u of [-0.5, 0, 0.5]) {
    for (const v of [-0.5, 0, 0.5]) places.push(add(centre, add(times(street, u * BLOCK_LENGTH), times(across, v * BLOCK_DEPTH))));
  }
  return places;
}

function candidatesOf(community: Community, rivals: readonly Community[], reserved: readonly NamedCase[], terrain: Terrain): Candidate[] {
  const { centre, street, township } = community;
  const across = left(street);
  const found: Candidate[] = [];
  const columns = Math.ceil(REACH / BLOCK_LENGTH);
  const rows = Math.ceil(REACH / BLOCK_DEPTH);
  for (let i = -columns; i <= columns; i++) {
    for (let j = -rows; j <= rows; j++) {
      const at = add(centre, add(times(street, i * BLOCK_LENGTH), times(across, j * BLOCK_DEPTH)));
      const far = distance(at, centre);
      if (far > REACH) continue;
      const slope = terrain.slope(at);
      if (slope > 0.38 || terrain.drained(at) > GULLY) continue;
      // A block belongs to its community with all its corners, so the grids of neighbours never run into each other.
      const whole = samples(at, street).every(
        (place) =>
          rivals.every((rival) => distance(place, rival.centre) > distance(place, centre)) &&
          terrain.toCourse(place) > FROM_WATER &&
          reserved.every((one) => !insideRing(place, one.reserved)) &&
          townshipAt(place) === township,
      );
      if (whole) found.push({ centre: at, slope, toWater: terrain.toCourse(at), score: suitability(terrain, at) - (0.22 * far) / REACH });
    }
  }
  return found.sort((p, q) => q.score - p.score);
}

const FLAT_SHARE: Readonly<Record<string, number>> = {
  平潭街街道: 0.62,
  桥头街道: 0.4,
  贵石沟街道: 0.36,
  蔡洼街道: 0.6,
  沙坪街道: 0.32,
  赛鱼街道: 0.4,
};

function useOf(candidate: Candidate, index: number, community: Community, random: Random): BlockUse {
  if (index % OPEN_EVERY === 3) return 'open';
  // Flats came late, when nobody was allowed to build by the water any more.
  if (candidate.toWater < 58) return 'houses';
  const flats = (FLAT_SHARE[community.township.name] ?? 0.4) * (candidate.slope < 0.1 ? 1.45 : candidate.slope < 0.18 ? 1 : 0);
  if (random.chance(flats)) return 'flats';
  return candidate.slope > 0.2 && random.chance(0.2) ? 'caves' : 'houses';
}

/** Blocks of a community, best first: more than it needs, so that the caller stops when everybody is housed. */
export function blocksOf(community: Community, all: readonly Community[], cases: readonly NamedCase[], terrain: Terrain): Block[] {
  const random = randomOf(`blocks ${community.township.code} ${community.name}`);
  const rivals = all.filter((other) => other !== community && distance(other.centre, community.centre) < 2.2 * REACH);
  const reserved = cases.filter((one) => {
    const corner = one.reserved[0] ?? [0, 0];
    return distance(corner, community.centre) < REACH + 500;
  });
  return candidatesOf(community, rivals, reserved, terrain).map((candidate, index) => ({
    community,
    centre: candidate.centre,
    street: community.street,
    use: useOf(candidate, index, community, random),
    length: BLOCK_LENGTH - LANE,
    depth: BLOCK_DEPTH - LANE,
    slope: candidate.slope,
  }));
}
