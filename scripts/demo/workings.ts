// Old coal workings under the hills, with the figures from which danger and influence lines are computed.
import type { SpatialHash } from './hash.ts';
import { centroid, distanceToLine, insideArea, left, minus, signedArea, turned, type Area, type Place, type Ring } from './plane.ts';
import { randomOf } from './random.ts';
import { blob } from './shapes.ts';
import type { Terrain } from './terrain.ts';
import { toBorder, townshipNamed } from './townships.ts';

export interface Working {
  readonly id: string;
  readonly kind: '采空区' | '实测沉陷';
  readonly name: string;
  readonly mine: string;
  readonly seam: string;
  readonly areas: readonly Area[];
  /** Metres; null where nobody knows, so that no margin can be computed. */
  readonly depth: number | null;
  readonly thickness: number;
  readonly loose: number;
  readonly dip: number;
  /** Degrees from the horizontal. */
  readonly boundaryAngle: number;
  readonly movementAngle: number;
  readonly looseAngle: number;
  /** Where the seam dips too much for one margin in every direction. Degrees. */
  readonly dipping?: {
    readonly direction: number;
    readonly boundaryDown: number;
    readonly boundaryUp: number;
    readonly movementDown: number;
    readonly movementUp: number;
  };
  readonly tanBeta: number;
  readonly subsidenceFactor: number;
  readonly displacementFactor: number;
  readonly activity: '活跃' | '衰退' | '稳沉';
}

interface Plan {
  readonly id: string;
  readonly kind: Working['kind'];
  readonly name: string;
  readonly township: string;
  /** About how many homes are to stand over it and its margin. */
  readonly homes: number;
  readonly half: readonly [number, number];
  readonly shape: 'one' | 'two' | 'pillar';
  readonly figures: Omit<Working, 'id' | 'kind' | 'name' | 'areas' | 'mine' | 'seam' | 'looseAngle'>;
}

const PLANS: readonly Plan[] = [
  {
    id: 'CK-01',
    kind: '采空区',
    name: '一采区采空区',
    township: '赛鱼街道',
    homes: 110,
    half: [230, 120],
    shape: 'one',
    figures: {
      depth: 300,
      thickness: 2.2,
      loose: 20,
      dip: 5,
      boundaryAngle: 65,
      movementAngle: 72,
      tanBeta: 2,
      subsidenceFactor: 0.78,
      displacementFactor: 0.3,
      activity: '衰退',
    },
  },
  {
    id: 'CK-02',
    kind: '采空区',
    name: '段南沟采空区',
    township: '桥头街道',
    homes: 40,
    half: [150, 80],
    shape: 'one',
    figures: {
      depth: 80,
      thickness: 1.8,
      loose: 15,
      dip: 6,
      boundaryAngle: 65,
      movementAngle: 72,
      tanBeta: 2,
      subsidenceFactor: 0.8,
      displacementFactor: 0.3,
      activity: '活跃',
    },
  },
  {
    id: 'CK-03',
    kind: '采空区',
    name: '十五采区采空区',
    township: '平潭街街道',
    homes: 60,
    half: [200, 130],
    shape: 'one',
    figures: {
      depth: null,
      thickness: 2,
      loose: 12,
      dip: 4,
      boundaryAngle: 63,
      movementAngle: 70,
      tanBeta: 1.9,
      subsidenceFactor: 0.75,
      displacementFactor: 0.3,
      activity: '稳沉',
    },
  },
  {
    id: 'CK-04',
    kind: '采空区',
    name: '贵石沟三号井采空区',
    township: '贵石沟街道',
    homes: 90,
    half: [210, 110],
    shape: 'one',
    figures: {
      depth: 239,
      thickness: 2.2,
      loose: 48,
      dip: 22,
      dipping: { direction: 215, boundaryDown: 56, boundaryUp: 65, movementDown: 60, movementUp: 68 },
      boundaryAngle: 65,
      movementAngle: 68,
      tanBeta: 1.6,
      subsidenceFactor: 0.785,
      displacementFactor: 0.3,
      activity: '衰退',
    },
  },
  {
    id: 'CK-05',
    kind: '采空区',
    name: '沙坪东西翼采空区',
    township: '沙坪街道',
    homes: 90,
    half: [150, 80],
    shape: 'two',
    figures: {
      depth: 158,
      thickness: 1.6,
      loose: 25,
      dip: 8,
      boundaryAngle: 60,
      movementAngle: 70,
      tanBeta: 1.8,
      subsidenceFactor: 0.7,
      displacementFactor: 0.31,
      activity: '活跃',
    },
  },
  {
    id: 'CK-06',
    kind: '采空区',
    name: '蔡洼井田采空区（留设煤柱）',
    township: '蔡洼街道',
    homes: 80,
    half: [220, 150],
    shape: 'pillar',
    figures: {
      depth: 266,
      thickness: 2.4,
      loose: 47,
      dip: 7,
      boundaryAngle: 58,
      movementAngle: 72,
      tanBeta: 1.8,
      subsidenceFactor: 0.76,
      displacementFactor: 0.32,
      activity: '稳沉',
    },
  },
];

const cotangent = (degrees: number): number => 1 / Math.tan((degrees * Math.PI) / 180);

/** Metres from the edge of the workings to the danger line (domain reference 4.3); null without a depth. */
export function dangerMargin(working: Pick<Working, 'depth' | 'loose' | 'looseAngle' | 'movementAngle'>): number | null {
  if (working.depth === null) return null;
  return working.loose * cotangent(working.looseAngle) + (working.depth - working.loose) * cotangent(working.movementAngle);
}

/** Whether the place lies over the workings or within `margin` metres of them; a pillar left standing counts as workings do. */
export function overWorking(place: Place, areas: readonly Area[], margin: number): boolean {
  return areas.some((area) => insideArea(place, area) || area.some((ring) => distanceToLine(place, ring, true) <= margin));
}

const clockwise = (ring: Ring): Ring => (signedArea(ring) < 0 ? ring : ring.toReversed());

function areasOf(plan: Plan, centre: Place, direction: Place): Area[] {
  const [length, width] = plan.half;
  const outer = blob(centre, length, width, direction, 9, `working ${plan.id}`);
  if (plan.shape === 'pillar') {
    return [[outer, clockwise(blob(centre, length * 0.32, width * 0.3, direction, 6, `pillar ${plan.id}`))]];
  }
  if (plan.shape === 'two') {
    const shift = (by: number): Place => minus(centre, [direction[0] * by, direction[1] * by]);
    return [
      [blob(shift(length * 1.25), length, width, direction, 8, `working ${plan.id} east`)],
      [blob(shift(-length * 1.25), length * 0.85, width * 1.1, direction, 8, `working ${plan.id} west`)],
    ];
  }
  return [[outer]];
}

/** Places the workings under hills, where about as many homes as planned stand in reach; never under a named case. */
export function makeWorkings(terrain: Terrain, homes: SpatialHash<Place>, avoid: readonly Ring[]): readonly Working[] {
  return withUpperSeam(PLANS.map((plan) => placed(plan, terrain, homes, avoid)));
}

/** Over one of the workings an upper seam was mined as well, in a smaller part of it. */
function withUpperSeam(workings: readonly Working[]): readonly Working[] {
  const lower = workings.find(({ id }) => id === 'CK-02');
  const outline = lower?.areas[0]?.[0];
  if (!lower || !outline) throw new Error('no working for the upper seam');
  const [x, y] = centroid(outline);
  const shrunk = outline.map(([px, py]): Place => [x + (px - x) * 0.6, y + (py - y) * 0.6]);
  return [
    ...workings,
    { ...lower, id: 'CK-07', name: '段南沟上层采空区', seam: '3号', depth: 45, loose: 10, thickness: 1.2, areas: [[shrunk]] },
  ];
}

function placed(plan: Plan, terrain: Terrain, homes: SpatialHash<Place>, avoid: readonly Ring[]): Working {
  const random = randomOf(`place ${plan.id}`);
  const township = townshipNamed(plan.township);
  const margin = dangerMargin({ ...plan.figures, looseAngle: 45 }) ?? 0;
  let best: Area[] | undefined;
  let least = Infinity;
  for (let attempt = 0; attempt < 3000; attempt++) {
    const centre: Place = [random.between(-3400, 3400), random.between(-2600, 2600)];
    const direction = turned(left(terrain.uphill(centre)), random.between(-0.3, 0.3));
    const reach = plan.half[0] * (plan.shape === 'two' ? 2.3 : 1.1);
    if (terrain.aboveWater(centre) < 25 || toBorder(centre, township) < reach * 0.75) continue;
    const areas = areasOf(plan, centre, direction);
    if (!areas.every((area) => area[0]?.every((place) => toBorder(place, township) > 10 && insideArea(place, [township.ring])))) continue;
    if (avoid.some((ring) => ring.some((place) => overWorking(place, areas, margin + 25)))) continue;
    let found = 0;
    for (const home of homes.within(centre, reach + margin + 20)) if (overWorking(home, areas, margin)) found++;
    const off = Math.abs(found - plan.homes) / plan.homes;
    if (off < least) {
      least = off;
      best = areas;
    }
    if (least < 0.15) break;
  }
  if (!best) throw new Error(`no place for ${plan.name}`);
  return {
    id: plan.id,
    kind: plan.kind,
    name: plan.name,
    mine: `${plan.township.slice(0, -2)}矿（演示）`,
    seam: '15号',
    looseAngle: 45,
    areas: best,
    ...plan.figures,
  };
}
