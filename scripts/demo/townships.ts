// The six sub-districts. Borders are edges between shared nodes, each drawn once, so neighbours have identical vertices.
import { displaced } from './curve.ts';
import { boundsOf, distanceToLine, insideRing, type Place, type Ring } from './plane.ts';
import { randomOf } from './random.ts';

export interface Township {
  /** 12-digit code; real, for calibration only. */
  readonly code: string;
  readonly name: string;
  readonly ring: Ring;
  /** Flood-register points as published. */
  readonly floodPoints: number;
  readonly households: number;
  readonly communities: readonly string[];
}

const NODES = {
  w1: [-3250, 1180],
  w2: [-2720, 1880],
  w3: [-1800, 2080],
  n1: [-1050, 2620],
  n2: [-420, 2380],
  n3: [760, 2690],
  n4: [1720, 2430],
  n5: [2480, 1960],
  e1: [3120, 1380],
  e2: [3420, 420],
  e3: [3520, -520],
  e4: [2930, -1380],
  e5: [2060, -1760],
  s1: [1560, -2380],
  s2: [520, -2700],
  s3: [-640, -2420],
  s4: [-1480, -2560],
  s5: [-2420, -2230],
  s6: [-3050, -1420],
  w0: [-3520, -260],
  a: [-1430, 880],
  b: [-1180, -760],
  c: [760, 940],
  d: [-520, 980],
  e: [1020, -900],
  f: [1210, 60],
} as const satisfies Record<string, Place>;

type Node = keyof typeof NODES;

const OUTLINES: readonly (Omit<Township, 'ring'> & { readonly nodes: readonly Node[] })[] = [
  {
    code: '140303001000',
    name: '平潭街街道',
    floodPoints: 41,
    households: 14_800,
    nodes: ['f', 'e2', 'e3', 'e4', 'e5', 'e'],
    communities: ['平潭街', '平潭东', '前进路', '东岭', '段家背', '蒙河南', '红岭湾', '北岭'],
  },
  {
    code: '140303003000',
    name: '蔡洼街道',
    floodPoints: 238,
    households: 4200,
    nodes: ['w3', 'n1', 'n2', 'd', 'a'],
    communities: ['蔡洼', '蔡东', '蔡西', '后沟', '上蔡洼', '蔡新'],
  },
  {
    code: '140303004000',
    name: '赛鱼街道',
    floodPoints: 2482,
    households: 23_600,
    nodes: ['w0', 'w1', 'w2', 'w3', 'a', 'b', 's4', 's5', 's6'],
    communities: ['小南沟', '赛鱼', '赛东', '赛西', '河神庙', '西沟', '四尺', '北头嘴', '虎尾沟', '南庄', '石板片', '羊角', '前山', '后山'],
  },
  {
    code: '140303005000',
    name: '沙坪街道',
    floodPoints: 286,
    households: 12_500,
    nodes: ['b', 'e', 'e5', 's1', 's2', 's3', 's4'],
    communities: ['中沙坪', '上沙坪', '下沙坪', '水泉沟', '沙台', '东窑', '西窑', '麻地巷', '半坡'],
  },
  {
    code: '140303006000',
    name: '贵石沟街道',
    floodPoints: 46,
    households: 11_200,
    nodes: ['c', 'n3', 'n4', 'n5', 'e1', 'e2', 'f'],
    communities: ['贵石沟', '贵东', '贵西', '洪桥', '石卜嘴', '坡头', '矿新村', '洞沟'],
  },
  {
    code: '140303007000',
    name: '桥头街道',
    floodPoints: 139,
    households: 13_700,
    nodes: ['a', 'd', 'n2', 'n3', 'c', 'f', 'e', 'b'],
    communities: ['段南沟', '段北沟', '桥头', '桥东', '桥西', '官沟', '刘家垴', '桃林沟', '桥北', '洪城路'],
  },
];

const ROUNDS = 5;
const ROUGHNESS = 0.115;

/** The border from one node to the next, last vertex left out; the same vertices whichever way it is walked. */
function border(from: Node, to: Node): Place[] {
  const forwards = from < to;
  const [first, second] = forwards ? [from, to] : [to, from];
  const line = displaced([NODES[first], NODES[second]], randomOf(`border ${first} ${second}`), ROUGHNESS, ROUNDS);
  return (forwards ? line : line.toReversed()).slice(0, -1);
}

function ringOf(nodes: readonly Node[]): Ring {
  return nodes.flatMap((node, index) => border(node, nodes[(index + 1) % nodes.length] ?? node));
}

export const TOWNSHIPS: readonly Township[] = OUTLINES.map(({ nodes, ...rest }) => ({ ...rest, ring: ringOf(nodes) }));

/** The district's own border. */
export const DISTRICT: Ring = ringOf([
  'w0',
  'w1',
  'w2',
  'w3',
  'n1',
  'n2',
  'n3',
  'n4',
  'n5',
  'e1',
  'e2',
  'e3',
  'e4',
  'e5',
  's1',
  's2',
  's3',
  's4',
  's5',
  's6',
]);

const boxes = new Map(TOWNSHIPS.map((township) => [township, boundsOf(township.ring)]));

/** The sub-district a place lies in, or undefined outside the district. */
export function townshipAt(place: Place): Township | undefined {
  return TOWNSHIPS.find((township) => {
    const [west, south, east, north] = boxes.get(township) ?? [0, 0, 0, 0];
    return place[0] >= west && place[0] <= east && place[1] >= south && place[1] <= north && insideRing(place, township.ring);
  });
}

/** The sub-district with that name. */
export function townshipNamed(name: string): Township {
  const found = TOWNSHIPS.find((township) => township.name === name);
  if (!found) throw new Error(`no sub-district ${name}`);
  return found;
}

/** Metres from a place to the border of its sub-district. */
export function toBorder(place: Place, township: Township): number {
  return distanceToLine(place, township.ring, true);
}
