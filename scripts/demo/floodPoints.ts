// The 3,232 points of the flood register: drains, adits, banks, retaining walls, dilapidated houses. Most stand off the houses.
import type { Community } from './communities.ts';
import { COURSES } from './courses.ts';
import type { Dwelling } from './dwellings.ts';
import { SpatialHash } from './hash.ts';
import { along, distance, left, minus, unit, type Place } from './plane.ts';
import { randomOf, type Random } from './random.ts';
import { GULLY_AREA, type Terrain } from './terrain.ts';
import { TOWNSHIPS, toBorder, townshipAt, type Township } from './townships.ts';

export interface FloodPoint {
  readonly id: string;
  readonly at: Place;
  readonly name: string;
  readonly type: '不稳定斜坡' | '地面塌陷' | '其它';
  readonly trigger: string;
  readonly township: Township;
  readonly village: string;
}

/** Metres that the flood register's default area reaches. */
export const FLOOD_RADIUS = 15;
const OFF_HOUSES = FLOOD_RADIUS + 3;
const APART = 5;
const OFF_BORDER = 3;

interface Source {
  readonly share: number;
  readonly word: string;
  readonly type: FloodPoint['type'];
  readonly triggers: readonly string[];
  /** Whether homes may stand within the default area. */
  readonly nearHomes: boolean;
  readonly propose: (random: Random) => Place;
}

function sourcesOf(township: Township, terrain: Terrain, dwellings: readonly Dwelling[]): Source[] {
  const gullies = terrain.gullies(GULLY_AREA).filter(({ at }) => townshipAt(at) === township);
  const banks = COURSES.flatMap((course) =>
    course.line.flatMap((place, index) => {
      const before = course.line[index - 1];
      return before && townshipAt(place) === township ? [{ place, across: left(unit(minus(place, before))) }] : [];
    }),
  );
  const homes = dwellings.filter((home) => home.township === township && !home.namedCase);
  const old = homes.filter((home) => home.kind !== 'flat');
  const beside = (home: Dwelling, random: Random, near: number, far: number): Place => {
    const angle = random.between(0, 2 * Math.PI);
    return along(home.at, [Math.cos(angle), Math.sin(angle)], random.between(near, far));
  };
  return [
    {
      share: 0.42,
      word: '排洪沟',
      type: '其它',
      nearHomes: false,
      triggers: ['沟渠淤堵', '涵洞过水断面不足', '沟内堆渣', '盖板涵破损'],
      propose(random) {
        const gully = random.pick(gullies);
        return along(along(gully.at, left(gully.flow), random.normal(0, 5)), gully.flow, random.between(-12, 12));
      },
    },
    {
      share: 0.15,
      word: '河岸',
      type: '其它',
      nearHomes: false,
      triggers: ['岸坡冲刷', '护岸基础掏空', '行洪障碍物', '支沟口淤积'],
      propose(random) {
        const bank = random.pick(banks);
        return along(bank.place, bank.across, random.between(3, 13) * (random.chance(0.5) ? 1 : -1));
      },
    },
    {
      share: 0.19,
      word: '废弃坑口',
      type: '地面塌陷',
      nearHomes: false,
      triggers: ['废弃井口渗水', '老窑积水', '坑口封堵失效', '采空塌陷坑积水'],
      propose(random) {
        const home = random.pick(homes);
        return beside(home, random, 30, 260);
      },
    },
    {
      share: 0.155,
      word: '边坡挡墙',
      type: '不稳定斜坡',
      nearHomes: false,
      triggers: ['挡墙外鼓', '坡面冲沟', '截排水不畅', '矸石边坡松散'],
      propose(random) {
        return beside(random.pick(old), random, 18, 45);
      },
    },
    {
      share: 0.036,
      word: '危旧房',
      type: '其它',
      nearHomes: true,
      triggers: ['房屋年久失修', '墙体开裂', '屋面漏雨', '地基浸水'],
      propose(random) {
        return along(random.pick(old).at, [1, 0], random.between(-1.5, 1.5));
      },
    },
    {
      share: 0.026,
      word: '巷道排水口',
      type: '其它',
      nearHomes: true,
      triggers: ['雨水箅子堵塞', '巷道低洼积水', '排水管径不足'],
      propose(random) {
        return beside(random.pick(old), random, 6, 12);
      },
    },
  ];
}

function nearestVillage(place: Place, communities: readonly Community[]): string {
  const near = communities.reduce((best, one) => (distance(one.centre, place) < distance(best.centre, place) ? one : best));
  return `${near.name}社区`;
}

/** Exactly the published number in every sub-district, each well inside it. */
export function makeFloodPoints(
  terrain: Terrain,
  dwellings: readonly Dwelling[],
  communities: readonly Community[],
): readonly FloodPoint[] {
  const homes = new SpatialHash<Place>(40);
  for (const { at } of dwellings) homes.add(at, at);
  const taken = new SpatialHash<Place>(20);
  return TOWNSHIPS.flatMap((township) => {
    const random = randomOf(`flood points ${township.code}`);
    const sources = sourcesOf(township, terrain, dwellings);
    const own = communities.filter((one) => one.township === township);
    const points: FloodPoint[] = [];
    const counts = new Map<string, number>();
    for (let attempt = 0; points.length < township.floodPoints; attempt++) {
      if (attempt > township.floodPoints * 400) throw new Error(`no room for the flood points of ${township.name}`);
      const source = sources[random.weighted(sources.map(({ share }) => share))];
      if (!source) continue;
      const at = source.propose(random);
      if (townshipAt(at) !== township || taken.any(at, APART) || toBorder(at, township) < OFF_BORDER) continue;
      if (!source.nearHomes && homes.any(at, OFF_HOUSES)) continue;
      taken.add(at, at);
      const village = nearestVillage(at, own);
      const serial = (counts.get(`${village}${source.word}`) ?? 0) + 1;
      counts.set(`${village}${source.word}`, serial);
      points.push({
        id: `FX${township.code.slice(0, 9)}-${String(points.length + 1).padStart(4, '0')}`,
        at,
        township,
        village,
        type: source.type,
        trigger: random.pick(source.triggers),
        name: `${village}${source.word}${serial}号`,
      });
    }
    return points;
  });
}
