// The homes of the district: doors on the street blocks, flats above each other, and the houses of the named cases.
import { blocksOf, type Block } from './blocks.ts';
import type { CaseHouse, NamedCase } from './cases.ts';
import type { Community } from './communities.ts';
import { add, insideRing, left, times, turned, unit, type Place, type Ring } from './plane.ts';
import { randomOf, type Random } from './random.ts';
import type { Terrain } from './terrain.ts';
import { townshipAt, townshipNamed, type Township } from './townships.ts';

export type DwellingKind = 'house' | 'cave' | 'flat';

export interface Dwelling {
  readonly at: Place;
  readonly township: Township;
  /** Community with 社区. */
  readonly village: string;
  readonly group: string;
  readonly houseNo: string;
  readonly kind: DwellingKind;
  readonly floors: number;
  /** Outline of the house, where it is a house of its own. */
  readonly footprint: Ring | null;
  readonly namedCase: NamedCase | null;
  readonly caseHouse: CaseHouse | null;
}

export interface Settlement {
  readonly dwellings: readonly Dwelling[];
  /** Blocks without homes, for schools and squares. */
  readonly open: readonly Block[];
  readonly built: readonly Block[];
}

/** Metres from the middle of a river or gully to the nearest house. */
const HOUSE_FROM_WATER = 10;

const local = (block: Block, u: number, v: number): Place => add(block.centre, add(times(block.street, u), times(left(block.street), v)));

function rectangle(centre: Place, street: Place, length: number, depth: number): Ring {
  const across = left(street);
  return (
    [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const
  ).map(([u, v]) => add(centre, add(times(street, (u * length) / 2), times(across, (v * depth) / 2))));
}

type Home = Pick<Dwelling, 'at' | 'houseNo' | 'kind' | 'floors' | 'footprint' | 'group'>;

/** Four rows of houses back to back, five or six in a row; caves stand in three rows into the slope. */
function houses(block: Block, numbered: () => number, group: string, random: Random): Home[] {
  const caves = block.use === 'caves';
  const rows = caves ? 3 : 4;
  const homes: Home[] = [];
  for (let row = 0; row < rows; row++) {
    const v = ((row + 0.5) / rows - 0.5) * block.depth;
    let u = -block.length / 2 + random.between(3, 7);
    while (u < block.length / 2 - 4) {
      const width = caves ? random.between(4.5, 6.5) : random.between(8, 10.5);
      const at = local(block, u + width / 2, v + random.between(-0.7, 0.7));
      // A gap now and then: a yard, a shed, a ruin.
      if (!random.chance(0.07)) {
        const street = turned(block.street, random.between(-0.05, 0.05));
        homes.push({
          at,
          group,
          houseNo: String(numbered()),
          kind: caves ? 'cave' : 'house',
          floors: caves || random.chance(0.7) ? 1 : random.chance(0.85) ? 2 : 3,
          footprint: rectangle(at, street, width, caves ? 8 : random.between(6.2, 8)),
        });
      }
      u += width + (caves ? random.between(0.8, 2.5) : random.between(1.2, 3.4));
    }
  }
  return homes;
}

/** Two slabs of flats; each entrance has two or three flats a floor, one above the other. */
function flats(block: Block, numbered: () => number, group: string, random: Random): Home[] {
  const homes: Home[] = [];
  const floors = random.pick([5, 6, 6, 6, 6, 11, 11, 18]);
  for (const v of [-block.depth * 0.27, block.depth * 0.27]) {
    const building = numbered();
    const entrances = random.whole(3, 4);
    const perFloor = random.chance(0.3) ? 3 : 2;
    // Some surveys know only the door of the building: all its households stand on one place.
    const oneDoor = random.chance(0.06);
    const door = local(block, 0, v - 7);
    for (let entrance = 0; entrance < entrances; entrance++) {
      for (let floor = 1; floor <= floors; floor++) {
        for (let flat = 1; flat <= perFloor; flat++) {
          const u = ((entrance + (flat - 0.5) / perFloor) / entrances - 0.5) * (block.length - 4);
          const at = oneDoor ? door : add(local(block, u, v + random.between(-4.5, 4.5)), [random.normal(0, 0.35), random.normal(0, 0.35)]);
          homes.push({ at, group, houseNo: `${building}号楼${entrance + 1}单元${floor}0${flat}`, kind: 'flat', floors, footprint: null });
        }
      }
    }
  }
  return homes;
}

function ofCase(one: NamedCase, terrain: Terrain): Dwelling[] {
  return one.houses.map((house) => ({
    at: house.at,
    township: townshipNamed(one.township),
    village: one.village,
    group: one.group,
    houseNo: house.houseNo,
    kind: one.structure === '窑洞' ? 'cave' : 'house',
    floors: 1,
    footprint: rectangle(house.at, left(unit(terrain.uphill(house.at))), 4.2, 4),
    namedCase: one,
    caseHouse: house,
  }));
}

/** Settles a community; returns how many households found no room. */
function settle(
  community: Community,
  wanted: number,
  blocks: Block[],
  terrain: Terrain,
  into: { dwellings: Dwelling[]; open: Block[]; built: Block[] },
): number {
  const random = randomOf(`homes ${community.township.code} ${community.name}`);
  let houseNo = 0;
  let building = 0;
  let group = 0;
  let remaining = wanted;
  let inGroup = 0;
  for (let block = blocks.shift(); block; block = blocks.shift()) {
    if (block.use === 'open') {
      into.open.push(block);
      continue;
    }
    if (inGroup === 0) group++;
    inGroup = (inGroup + 1) % 5;
    const name = `${group}组`;
    const homes = block.use === 'flats' ? flats(block, () => ++building, name, random) : houses(block, () => ++houseNo, name, random);
    into.built.push(block);
    for (const home of homes) {
      if (remaining === 0) break;
      if (townshipAt(home.at) !== community.township || terrain.toCourse(home.at) < HOUSE_FROM_WATER) continue;
      into.dwellings.push({ ...home, township: community.township, village: `${community.name}社区`, namedCase: null, caseHouse: null });
      remaining--;
    }
    if (remaining === 0) return 0;
  }
  return remaining;
}

/** Everybody's home. Communities that run out of room hand their people on to the others of the sub-district. */
export function makeSettlement(communities: readonly Community[], cases: readonly NamedCase[], terrain: Terrain): Settlement {
  const into = { dwellings: cases.flatMap((one) => ofCase(one, terrain)), open: [] as Block[], built: [] as Block[] };
  const blocks = new Map(communities.map((community) => [community, blocksOf(community, communities, cases, terrain)]));
  const homeless = new Map<Township, number>();
  for (const community of communities) {
    const over = settle(community, community.target, blocks.get(community) ?? [], terrain, into);
    homeless.set(community.township, (homeless.get(community.township) ?? 0) + over);
  }
  for (const community of communities) {
    const over = homeless.get(community.township) ?? 0;
    const rest = blocks.get(community) ?? [];
    if (over > 0 && rest.length > 0)
      homeless.set(community.township, settle({ ...community, name: `${community.name}新区` }, over, rest, terrain, into));
  }
  const reservedFree = into.dwellings.filter((home) => home.namedCase !== null || cases.every((one) => !insideRing(home.at, one.reserved)));
  return { ...into, dwellings: reservedFree };
}
