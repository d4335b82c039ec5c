// The geological register: the points of the named cases and some sixty more on the slopes above the villages.
import type { CaseHazard, NamedCase } from './cases.ts';
import { distance, distanceToLine, insideRing, type Place, type Ring } from './plane.ts';
import type { SpatialHash } from './hash.ts';
import { randomOf, type Random } from './random.ts';
import type { Terrain } from './terrain.ts';
import { toBorder, townshipAt, type Township } from './townships.ts';
import { overWorking, type Working } from './workings.ts';

export type GeologicalType = CaseHazard['type'] | 'rockfall' | 'ground_fissure' | 'high_cut_slope';

export interface GeologicalPoint {
  readonly id: string;
  readonly at: Place;
  readonly name: string;
  readonly type: GeologicalType;
  /** Undefined outside the district. */
  readonly township: Township | undefined;
  readonly village: string;
  readonly state: '疑似' | '在册' | '治理中' | '拟核销' | '核销公示' | '已核销';
  /** Metres; null where the register gives none. */
  readonly size: { readonly length: number; readonly width: number; readonly height: number } | null;
  /** Metres: of a pit its depth, of a slide its thickness; null where the register gives none. */
  readonly depth: number | null;
  readonly slopeDegrees: number;
  /** Degrees clockwise from north, downslope. */
  readonly aspectDegrees: number;
  readonly stability: '不稳定' | '欠稳定' | '基本稳定';
  readonly treatment: '群测群防' | '专业监测' | '搬迁避让' | '工程治理' | '排危除险';
  readonly note: string;
  /** The case and hazard it stands for. */
  readonly namedCase: { readonly one: NamedCase; readonly hazard: CaseHazard } | null;
}

export const TYPE_WORDS: Readonly<Record<GeologicalType, { zh: string; code: string }>> = {
  unstable_slope: { zh: '不稳定斜坡', code: '00' },
  landslide: { zh: '滑坡', code: '01' },
  rockfall: { zh: '崩塌', code: '02' },
  debris_flow: { zh: '泥石流', code: '03' },
  ground_collapse: { zh: '地面塌陷', code: '04' },
  ground_fissure: { zh: '地裂缝', code: '05' },
  other: { zh: '其它', code: '07' },
  high_cut_slope: { zh: '高陡边坡', code: 'GB' },
};

const PLAN: readonly (readonly [GeologicalType, number])[] = [
  ['landslide', 18],
  ['rockfall', 15],
  ['debris_flow', 5],
  ['unstable_slope', 12],
  ['ground_fissure', 4],
  ['high_cut_slope', 6],
  ['ground_collapse', 3],
];

/** Metres around a point without announced area within which the register's surveyors would have counted. */
export function defaultRadius(point: Pick<GeologicalPoint, 'size'>): number {
  if (!point.size) return 50;
  return Math.min(250, Math.max(point.size.length, point.size.width, 2 * point.size.height));
}

/** Whether the state and kind of a point make its area count. */
export function counts(point: Pick<GeologicalPoint, 'state' | 'type'>): boolean {
  return point.state !== '疑似' && point.state !== '已核销' && point.type !== 'high_cut_slope';
}

function aspect(downhill: Place): number {
  return Math.round(((Math.atan2(downhill[0], downhill[1]) * 180) / Math.PI + 360) % 360);
}

type Draft = Omit<GeologicalPoint, 'id' | 'name' | 'state'>;

function ofCases(cases: readonly NamedCase[], terrain: Terrain): (Draft & { name: string })[] {
  return cases.flatMap((one) =>
    one.hazards.map((hazard) => {
      const township = townshipAt(hazard.at);
      return {
        at: hazard.at,
        name: hazard.name,
        type: hazard.type,
        township,
        village: township ? one.village : '富山村（区外）',
        size: hazard.size,
        depth: null,
        slopeDegrees: Math.max(6, Math.round((Math.atan(terrain.slope(hazard.at)) * 180) / Math.PI)),
        aspectDegrees: aspect(hazard.downhill),
        stability: '欠稳定' as const,
        treatment: one.key === 'xiaonangou' ? ('搬迁避让' as const) : ('群测群防' as const),
        note: township ? '' : '隐患源在区外富山村，威胁段北沟社区',
        namedCase: { one, hazard },
      };
    }),
  );
}

function fits(type: GeologicalType, at: Place, terrain: Terrain, workings: readonly Working[]): boolean {
  const slope = terrain.slope(at);
  switch (type) {
    case 'rockfall':
    case 'high_cut_slope':
      return slope > 0.42;
    case 'debris_flow':
      return terrain.drained(at) > 60_000 && slope > 0.12 && terrain.toCourse(at) > 70;
    case 'ground_fissure':
    case 'ground_collapse':
      return workings.some((working) => overWorking(at, working.areas, 60));
    default:
      return slope > 0.26 && slope < 0.6;
  }
}

function sizeOf(type: GeologicalType, random: Random): GeologicalPoint['size'] {
  if (type === 'ground_collapse') return { length: Math.round(random.between(8, 24)), width: Math.round(random.between(6, 18)), height: 0 };
  if (random.chance(0.25)) return null;
  const height = Math.round(random.between(8, 24));
  if (type === 'rockfall' || type === 'high_cut_slope')
    return { length: Math.round(random.between(15, 45)), width: Math.round(random.between(8, 20)), height };
  if (type === 'debris_flow') return { length: Math.round(random.between(50, 85)), width: Math.round(random.between(12, 30)), height };
  return { length: Math.round(random.between(28, 80)), width: Math.round(random.between(20, 60)), height };
}

function depthOf(type: GeologicalType, size: GeologicalPoint['size'], stream: string): number | null {
  if (!size) return null;
  const random = randomOf(stream);
  if (type === 'ground_collapse') return Math.round(random.between(3, 16));
  return type === 'landslide' && random.chance(0.7) ? Math.round(random.between(2, 8)) : null;
}

const WORDS = ['后山', '东坡', '西坡', '崖头', '沟口', '上院', '后崖', '阳坡', '背坡', '南坡', '北坡', '坡底'];

function scattered(
  terrain: Terrain,
  homes: SpatialHash<Place>,
  villages: (at: Place, township: Township) => string,
  workings: readonly Working[],
  avoid: readonly Ring[],
  cases: readonly Draft[],
): (Draft & { name: string })[] {
  const random = randomOf('geological points');
  const used = new Set<string>();
  const chosen: (Draft & { name: string })[] = [];
  for (const [type, wanted] of PLAN) {
    let found = 0;
    for (let attempt = 0; found < wanted; attempt++) {
      if (attempt > 60_000) throw new Error(`no room for ${type}`);
      const at: Place = [random.between(-3500, 3500), random.between(-2700, 2700)];
      const township = townshipAt(at);
      if (!township || !fits(type, at, terrain, workings)) continue;
      if ([...chosen, ...cases].some((other) => distance(other.at, at) < 170) || homes.any(at, 14)) continue;
      const below = homes.count(at, 75);
      if (below < 2 || below > 34 || toBorder(at, township) < 90) continue;
      if (avoid.some((ring) => insideRing(at, ring) || distanceToLine(at, ring, true) < 150)) continue;
      const village = villages(at, township);
      const { zh } = TYPE_WORDS[type];
      const name = WORDS.map((word) => `${village.replace('社区', '')}${word}${zh}`).find((one) => !used.has(one));
      if (!name) continue;
      used.add(name);
      found++;
      const uphill = terrain.uphill(at);
      const size = sizeOf(type, random);
      chosen.push({
        at,
        name,
        type,
        township,
        village,
        size,
        depth: depthOf(type, size, `depth ${name}`),
        slopeDegrees: Math.round((Math.atan(terrain.slope(at)) * 180) / Math.PI + random.between(4, 16)),
        aspectDegrees: aspect([-uphill[0], -uphill[1]]),
        stability: random.pick(['不稳定', '欠稳定', '欠稳定', '基本稳定']),
        treatment: random.pick(['群测群防', '群测群防', '专业监测', '工程治理', '排危除险']),
        note: '',
        namedCase: null,
      });
    }
  }
  return chosen;
}

/** Positions in the list of scattered points with another state than registered; spread over the types. */
const STATES: Readonly<Record<number, GeologicalPoint['state']>> = {
  7: '疑似',
  26: '疑似',
  15: '已核销',
  31: '已核销',
  10: '治理中',
  41: '治理中',
  22: '拟核销',
  45: '核销公示',
};

export function makeGeological(
  terrain: Terrain,
  homes: SpatialHash<Place>,
  villages: (at: Place, township: Township) => string,
  workings: readonly Working[],
  cases: readonly NamedCase[],
): readonly GeologicalPoint[] {
  const named = ofCases(cases, terrain);
  const others = scattered(
    terrain,
    homes,
    villages,
    workings,
    cases.map((one) => one.reserved),
    named,
  );
  const serials = new Map<GeologicalType, number>();
  const numbered = (draft: Draft & { name: string }, state: GeologicalPoint['state']): GeologicalPoint => {
    const serial = (serials.get(draft.type) ?? 0) + 1;
    serials.set(draft.type, serial);
    return { ...draft, state, id: `140303${TYPE_WORDS[draft.type].code}${String(serial).padStart(4, '0')}` };
  };
  return [...named.map((draft) => numbered(draft, '在册')), ...others.map((draft, index) => numbered(draft, STATES[index] ?? '在册'))];
}
