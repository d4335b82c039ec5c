// The five named cases of the published text: where they stand in the made-up ground, their houses and their announced areas.
// Each area is drawn so that it holds exactly the households the text names.
import { add, distanceToLine, insideRing, left, signedArea, times, turned, unit, type Place, type Ring } from './plane.ts';
import { randomOf } from './random.ts';
import type { Terrain } from './terrain.ts';
import { DISTRICT, townshipAt } from './townships.ts';

/** A house of a named case. */
export interface CaseHouse {
  readonly at: Place;
  readonly houseNo: string;
  /** Whether the text names it as threatened. */
  readonly named: boolean;
}

export interface CaseHazard {
  readonly type: 'landslide' | 'debris_flow' | 'ground_collapse' | 'unstable_slope' | 'other';
  readonly name: string;
  readonly at: Place;
  /** The announced risk extent. */
  readonly ring: Ring;
  readonly downhill: Place;
  readonly size: { readonly length: number; readonly width: number; readonly height: number };
}

export interface NamedCase {
  readonly key: 'xiaonangou' | 'xishanpo' | 'litang' | 'yaodong' | 'duanbeigou';
  readonly township: string;
  readonly village: string;
  readonly group: string;
  readonly structure: '砖混' | '砖木' | '窑洞';
  readonly houses: readonly CaseHouse[];
  readonly hazards: readonly CaseHazard[];
  /** No other house stands within this ring. */
  readonly reserved: Ring;
}

/** Cracked houses of 西山坡自建九组, as published. */
export const CRACKED = [56, 57, 58, 60, 61, 62, 76, 81, 94, 96] as const;

/** A local frame: `v` metres uphill, `u` metres to the side. */
interface Site {
  readonly origin: Place;
  readonly uphill: Place;
}

const at = (site: Site, u: number, v: number): Place => add(site.origin, add(times(left(site.uphill), -u), times(site.uphill, v)));
const ringAt = (site: Site, corners: readonly (readonly [number, number])[]): Ring => {
  const ring = corners.map(([u, v]) => at(site, u, v));
  return signedArea(ring) > 0 ? ring : ring.toReversed();
};

/** The best site around `centre`: level enough to build on, a rise behind it, well inside the sub-district. */
function siteNear(terrain: Terrain, centre: Place, reach: number, rise: number, spread: number, township: string): Site {
  let best: Site | undefined;
  let bestScore = -Infinity;
  for (let x = centre[0] - reach; x <= centre[0] + reach; x += 20) {
    for (let y = centre[1] - reach; y <= centre[1] + reach; y += 20) {
      const origin: Place = [x, y];
      const uphill = terrain.uphill(origin);
      const site = { origin, uphill };
      const level = terrain.height(origin);
      const behind = terrain.height(at(site, 0, rise)) - level;
      const corners = [at(site, -spread, -spread / 2), at(site, spread, -spread / 2), at(site, -spread, spread), at(site, spread, spread)];
      if (!corners.every((corner) => townshipAt(corner)?.name === township && terrain.toCourse(corner) > 28)) continue;
      const steep = Math.max(terrain.slope(origin), ...corners.map((corner) => terrain.slope(corner)));
      const score = behind / rise - 2.2 * Math.max(0, steep - 0.3) - 0.012 * terrain.aboveWater(origin);
      if (score > bestScore) {
        bestScore = score;
        best = site;
      }
    }
  }
  if (!best) throw new Error(`no site for a named case near ${centre.join(', ')}`);
  return best;
}

/** Rows of houses along the slope, lowest row first. */
function rowsOf(site: Site, rows: number, perRow: number, pitch: number, depth: number, stream: string): Place[] {
  const random = randomOf(stream);
  const places: Place[] = [];
  for (let row = 0; row < rows; row++) {
    const shift = random.between(-2, 2);
    for (let i = 0; i < perRow; i++) {
      places.push(
        at(
          site,
          (i - (perRow - 1) / 2) * pitch + shift + random.between(-0.6, 0.6),
          (row - (rows - 1) / 2) * depth + random.between(-0.6, 0.6),
        ),
      );
    }
  }
  return places;
}

/** A tongue as a planner would click it: narrow at the head, wide among the houses, irregular. */
function tongue(site: Site, halfWidth: number, toe: number, top: number, head: number, headHalf: number, stream: string): Ring {
  const random = randomOf(stream);
  const rough = (value: number): number => value * random.between(0.9, 1.1);
  return ringAt(site, [
    [-halfWidth, toe - random.between(0, 1.5)],
    [-halfWidth * 0.3, toe - random.between(1, 3)],
    [halfWidth * 0.4, toe - random.between(1, 3)],
    [halfWidth, toe],
    [halfWidth + 2, top],
    [rough(headHalf * 1.25), top + (head - top) * 0.45],
    [rough(headHalf), top + (head - top) * 0.8],
    [rough(headHalf * 0.4), head],
    [-rough(headHalf * 0.45), head - 4],
    [-rough(headHalf), top + (head - top) * 0.72],
    [-rough(headHalf * 1.3), top + (head - top) * 0.4],
    [-halfWidth - 2, top + 1],
  ]);
}

const rectangle = (site: Site, half: number, low: number, high: number): Ring =>
  ringAt(site, [
    [-half, low],
    [half, low],
    [half, high],
    [-half, high],
  ]);

function xiaonangou(terrain: Terrain): NamedCase {
  const site = siteNear(terrain, [-1950, -1500], 420, 200, 95, '赛鱼街道');
  const places = rowsOf(site, 5, 13, 12.5, 15, 'case 小南沟');
  const ring = tongue(site, 88, -40, 42, 235, 52, 'zone 小南沟');
  return {
    key: 'xiaonangou',
    township: '赛鱼街道',
    village: '小南沟社区',
    group: '小南沟',
    structure: '砖木',
    houses: places.map((place, index) => ({ at: place, houseNo: String(index + 1), named: true })),
    hazards: [
      {
        type: 'landslide',
        name: '小南沟滑坡',
        at: at(site, 4, 165),
        ring,
        downhill: times(site.uphill, -1),
        size: { length: 190, width: 110, height: 62 },
      },
    ],
    reserved: rectangle(site, 108, -58, 245),
  };
}

function xishanpo(terrain: Terrain): NamedCase {
  const site = siteNear(terrain, [-560, 260], 380, 140, 75, '桥头街道');
  const places = rowsOf(site, 5, 10, 12, 13, 'case 西山坡');
  // Ten neighbouring places in the middle rows crack; numbers go round the hill, not along the rows, so they do not follow on.
  const cracked = new Set([13, 14, 15, 16, 17, 23, 24, 25, 26, 27]);
  const others = Array.from({ length: 50 }, (_, i) => i + 51).filter((n) => !CRACKED.some((c) => c === n));
  const beside = [59, 63];
  const rest = others.filter((n) => !beside.includes(n));
  const bad: number[] = [...CRACKED];
  const houses = places.map((place, index): CaseHouse => {
    const named = cracked.has(index);
    // Numbers 59 and 63 stand right beside the cracked ones.
    const number = named ? bad.shift() : index === 12 || index === 28 ? beside.shift() : rest.shift();
    return { at: place, houseNo: String(number), named };
  });
  const ring = ringAt(site, [
    [-24, -19],
    [-2, -20.5],
    [18, -19.5],
    [36, -18.5],
    [36.5, -6],
    [36, 5.5],
    [14, 7],
    [-8, 6.5],
    [-24, 6],
  ]);
  return {
    key: 'xishanpo',
    township: '桥头街道',
    village: '段南沟社区',
    group: '西山坡自建九组',
    structure: '砖混',
    houses,
    hazards: [
      {
        type: 'ground_collapse',
        name: '西山坡地面塌陷',
        at: at(site, 2, -6),
        ring,
        downhill: times(site.uphill, -1),
        size: { length: 62, width: 27, height: 3 },
      },
    ],
    reserved: rectangle(site, 74, -42, 42),
  };
}

/** 小礼堂: an old hall divided into nine homes. 窑洞: three tiers of caves, the top one under a slide and a debris flow. */
function shaping(terrain: Terrain): [NamedCase, NamedCase] {
  const hallSite = siteNear(terrain, [330, -1950], 260, 90, 40, '沙坪街道');
  const caveSite = siteNear(terrain, [-160, -1650], 420, 160, 70, '沙坪街道');
  const hall: NamedCase = {
    key: 'litang',
    township: '沙坪街道',
    village: '中沙坪社区',
    group: '小礼堂',
    structure: '砖木',
    houses: rowsOf(hallSite, 3, 3, 5.5, 4.5, 'case 小礼堂').map((place, i) => ({ at: place, houseNo: `小礼堂${i + 1}`, named: true })),
    hazards: [
      {
        type: 'other',
        name: '中沙坪小礼堂危房',
        at: hallSite.origin,
        ring: rectangle(hallSite, 14, -12, 12),
        downhill: times(hallSite.uphill, -1),
        size: { length: 22, width: 18, height: 9 },
      },
    ],
    reserved: rectangle(hallSite, 32, -30, 30),
  };
  const tiers = rowsOf(caveSite, 3, 9, 7, 14, 'case 窑洞');
  const downhill = times(caveSite.uphill, -1);
  const slide = tongue(caveSite, 37, 8, 22, 130, 26, 'zone 窑洞滑坡');
  const skew = ringAt(caveSite, [
    [-40, 7.5],
    [36, 7],
    [41, 20],
    [62, 90],
    [88, 190],
    [66, 204],
    [30, 110],
    [-20, 34],
    [-40, 22],
  ]);
  const caves: NamedCase = {
    key: 'yaodong',
    township: '沙坪街道',
    village: '中沙坪社区',
    group: '窑洞',
    structure: '窑洞',
    houses: tiers.map((place, i) => ({
      at: place,
      houseNo: `窑洞${['一', '二', '三'][Math.floor(i / 9)] ?? ''}层${(i % 9) + 1}`,
      named: i >= 18,
    })),
    hazards: [
      {
        type: 'landslide',
        name: '中沙坪窑洞北侧滑坡',
        at: at(caveSite, 0, 95),
        ring: slide,
        downhill,
        size: { length: 110, width: 60, height: 45 },
      },
      {
        type: 'debris_flow',
        name: '中沙坪窑洞泥石流',
        at: at(caveSite, 76, 192),
        ring: skew,
        downhill: turned(downhill, 0.4),
        size: { length: 200, width: 45, height: 70 },
      },
    ],
    reserved: rectangle(caveSite, 100, -30, 212),
  };
  return [hall, caves];
}

/** 段北沟: the houses lie in the district, the slope above them in the next one (富山村). */
function duanbeigou(terrain: Terrain): NamedCase {
  let best: Site | undefined;
  let bestScore = -Infinity;
  for (let x = -380; x <= 700; x += 20) {
    for (let y = 1900; y <= 2700; y += 20) {
      for (let turn = -0.9; turn <= 0.9; turn += 0.3) {
        const site: Site = { origin: [x, y], uphill: unit([Math.sin(turn), Math.cos(turn)]) };
        const corners = [at(site, -88, -62), at(site, 88, -62), at(site, -88, 70), at(site, 88, 70)];
        if (!corners.every((corner) => townshipAt(corner)?.name === '桥头街道' && terrain.toCourse(corner) > 14)) continue;
        const source = at(site, 0, 225);
        if (insideRing(source, DISTRICT) || distanceToLine(source, DISTRICT, true) < 25) continue;
        const steep = Math.max(...corners.map((corner) => terrain.slope(corner)));
        const score = terrain.height(source) - terrain.height(site.origin) - 160 * Math.max(0, steep - 0.25);
        if (score > bestScore) {
          bestScore = score;
          best = site;
        }
      }
    }
  }
  if (!best) throw new Error('no site for 段北沟 under the northern border');
  const site = best;
  return {
    key: 'duanbeigou',
    township: '桥头街道',
    village: '段北沟社区',
    group: '段北沟',
    structure: '砖混',
    houses: rowsOf(site, 10, 13, 11.5, 11.5, 'case 段北沟').map((place, i) => ({ at: place, houseNo: String(i + 1), named: true })),
    hazards: [
      {
        type: 'unstable_slope',
        name: '富山村不稳定斜坡（区外）',
        at: at(site, 0, 225),
        ring: tongue(site, 82, -60, 66, 290, 60, 'zone 段北沟'),
        downhill: times(site.uphill, -1),
        size: { length: 240, width: 150, height: 85 },
      },
    ],
    reserved: rectangle(site, 100, -76, 300),
  };
}

export function makeCases(terrain: Terrain): readonly NamedCase[] {
  return [xiaonangou(terrain), xishanpo(terrain), ...shaping(terrain), duanbeigou(terrain)];
}
