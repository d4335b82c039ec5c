// The named water courses: chosen by hand, roughened by midpoint displacement, digitised downstream. Everything else on the
// ground (terrain, villages, hazards) follows them.
import { displaced, evenly, rounded } from './curve.ts';
import { distance, type Place } from './plane.ts';
import { randomOf } from './random.ts';

export interface Course {
  readonly name: string;
  /** A river of the river register; the others are gullies that only shape the ground. */
  readonly registered: boolean;
  /** Half the width of the valley floor, metres. */
  readonly floor: number;
  /** Height at the lower end above the main river's bed there, and rise upstream in metres per metre. */
  readonly rise: number;
  /** Metres apart 25, downstream. */
  readonly line: readonly Place[];
}

interface Sketch {
  readonly name: string;
  readonly registered: boolean;
  readonly floor: number;
  readonly rise: number;
  readonly roughness: number;
  readonly sketch: readonly Place[];
}

const SPACING = 25;

const MAIN: Sketch = {
  name: '蒙河',
  registered: true,
  floor: 270,
  rise: 0.006,
  roughness: 0.13,
  sketch: [
    [-5600, 1150],
    [-4500, 620],
    [-3500, 380],
    [-2700, -60],
    [-1750, -120],
    [-950, -420],
    [-100, -300],
    [700, -640],
    [1500, -470],
    [2300, -760],
    [3200, -640],
    [4300, -1050],
    [5600, -1000],
  ],
};

const TRIBUTARIES: readonly Sketch[] = [
  {
    name: '水泉沟河',
    registered: true,
    floor: 150,
    rise: 0.014,
    roughness: 0.14,
    sketch: [
      [-1500, -4900],
      [-900, -3900],
      [-60, -3250],
      [150, -2600],
      [-80, -2100],
      [430, -1650],
      [330, -1200],
      [660, -650],
    ],
  },
  {
    name: '洪桥排洪渠',
    registered: true,
    floor: 125,
    rise: 0.017,
    roughness: 0.08,
    sketch: [
      [500, 4900],
      [900, 3800],
      [1320, 2950],
      [1180, 2200],
      [1560, 1500],
      [1330, 800],
      [1640, 200],
      [1540, -480],
    ],
  },
  {
    name: '小南沟',
    registered: false,
    floor: 95,
    rise: 0.03,
    roughness: 0.15,
    sketch: [
      [-2620, -2900],
      [-2250, -2250],
      [-1850, -1750],
      [-2000, -1050],
      [-1640, -520],
      [-1560, -160],
    ],
  },
  {
    name: '段北沟',
    registered: false,
    floor: 90,
    rise: 0.028,
    roughness: 0.14,
    sketch: [
      [-250, 3500],
      [180, 2850],
      [130, 2300],
      [-160, 1650],
      [150, 1050],
      [-60, 350],
      [-40, -310],
    ],
  },
  {
    name: '西沟',
    registered: false,
    floor: 85,
    rise: 0.03,
    roughness: 0.15,
    sketch: [
      [-3700, 2500],
      [-3150, 2100],
      [-2950, 1500],
      [-2480, 1100],
      [-2560, 520],
      [-2200, -80],
    ],
  },
  {
    name: '蔡洼沟',
    registered: false,
    floor: 95,
    rise: 0.026,
    roughness: 0.14,
    sketch: [
      [-2000, 2900],
      [-1580, 2250],
      [-1500, 1650],
      [-1080, 1150],
      [-1150, 480],
      [-830, -400],
    ],
  },
  {
    name: '贵石沟',
    registered: false,
    floor: 105,
    rise: 0.026,
    roughness: 0.14,
    sketch: [
      [3900, 2250],
      [3250, 1800],
      [2980, 1150],
      [2520, 720],
      [2600, 50],
      [2480, -720],
    ],
  },
  {
    name: '东岭沟',
    registered: false,
    floor: 75,
    rise: 0.034,
    roughness: 0.15,
    sketch: [
      [1250, -2550],
      [1700, -2100],
      [1780, -1600],
      [2180, -1280],
      [2300, -760],
    ],
  },
  {
    name: '赛鱼沟',
    registered: false,
    floor: 85,
    rise: 0.032,
    roughness: 0.15,
    sketch: [
      [-4150, -2100],
      [-3500, -1700],
      [-3250, -1050],
      [-2800, -650],
      [-2620, -40],
    ],
  },
];

function drawn(sketch: Sketch): Place[] {
  const rough = displaced(sketch.sketch, randomOf(`course ${sketch.name}`), sketch.roughness, 3);
  return evenly(rounded(rough, 2), SPACING);
}

/** Lets a tributary end exactly in a vertex of the main river where it first comes to it, so that the two share that vertex. */
function joined(line: readonly Place[], main: readonly Place[]): Place[] {
  const nearest = (place: Place): Place =>
    main.reduce((best, one) => (distance(one, place) < distance(best, place) ? one : best), main[0] ?? place);
  const reached = line.findIndex((place) => distance(place, nearest(place)) < SPACING * 1.5);
  const own = reached < 0 ? line : line.slice(0, reached + 1);
  const mouth = nearest(own.at(-1) ?? [0, 0]);
  return [...own.filter((place) => distance(place, mouth) > SPACING * 0.6), mouth];
}

const mainLine = drawn(MAIN);

/** The main river first, then its tributaries and gullies. */
export const COURSES: readonly Course[] = [
  { ...MAIN, line: mainLine },
  ...TRIBUTARIES.map((sketch) => ({ ...sketch, line: joined(drawn(sketch), mainLine) })),
];
