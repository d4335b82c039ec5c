// River sections: the three rivers inside the district, cut into reaches that share their end vertices.
import { COURSES, type Course } from './courses.ts';
import { insideRing, lengthOf, type Place } from './plane.ts';
import { randomOf } from './random.ts';
import { DISTRICT } from './townships.ts';

export interface RiverSection {
  readonly id: string;
  readonly river: string;
  readonly name: string;
  readonly code: string;
  /** Downstream. */
  readonly line: readonly Place[];
  /** Metres; counted from the mouth, the first is the larger. */
  readonly chainageFrom: number;
  readonly chainageTo: number;
  readonly origin: '上游起' | '河口起';
  readonly bank: '左岸' | '右岸' | '两岸';
  /** Metres from the line to the edge of the threatened strip; null: not surveyed yet. */
  readonly widthLeft: number | null;
  readonly widthRight: number | null;
  /** Metres from the line to the edge of the management range: the channel's half width and the strip along its bank. */
  readonly managementLeft: number | null;
  readonly managementRight: number | null;
  readonly returnPeriod: number;
  readonly clearedM3: number;
  readonly clearedM: number;
}

interface Plan {
  readonly river: string;
  readonly code: string;
  readonly vertices: number;
  readonly widths: readonly [number, number];
  readonly origin: RiverSection['origin'];
  readonly returnPeriod: number;
  /** Section index → published volume cleared, m³. */
  readonly cleared: Readonly<Record<number, number>>;
  readonly banks: Readonly<Record<number, RiverSection['bank']>>;
  readonly withoutWidths: readonly number[];
}

const PLANS: readonly Plan[] = [
  {
    river: '蒙河',
    code: 'MH',
    vertices: 22,
    widths: [15, 25],
    origin: '上游起',
    returnPeriod: 50,
    cleared: { 3: 1500, 6: 1100 },
    banks: { 2: '左岸', 8: '右岸' },
    withoutWidths: [],
  },
  {
    river: '水泉沟河',
    code: 'SQG',
    vertices: 18,
    widths: [11, 18],
    origin: '上游起',
    returnPeriod: 20,
    cleared: { 2: 500 },
    banks: { 3: '左岸' },
    withoutWidths: [0],
  },
  {
    river: '洪桥排洪渠',
    code: 'HQ',
    vertices: 18,
    widths: [8, 12],
    origin: '河口起',
    returnPeriod: 20,
    cleared: { 1: 700, 4: 500 },
    banks: { 2: '右岸' },
    withoutWidths: [],
  },
];

/** The part of a course from its first to its last vertex in the district. */
function within(course: Course): readonly Place[] {
  const first = course.line.findIndex((place) => insideRing(place, DISTRICT));
  const last = course.line.findLastIndex((place) => insideRing(place, DISTRICT));
  return course.line.slice(first, last + 1);
}

function sectionsOf(plan: Plan): RiverSection[] {
  const course = COURSES.find(({ name }) => name === plan.river);
  if (!course) throw new Error(`no course ${plan.river}`);
  const random = randomOf(`sections ${plan.river}`);
  const delimited = randomOf(`management range ${plan.river}`);
  const line = within(course);
  const whole = lengthOf(line);
  const count = Math.max(1, Math.round((line.length - 1) / plan.vertices));
  const sections: RiverSection[] = [];
  let run = 0;
  for (let index = 0; index < count; index++) {
    const from = Math.round((index * (line.length - 1)) / count);
    const to = Math.round(((index + 1) * (line.length - 1)) / count);
    const part = line.slice(from, to + 1);
    const length = lengthOf(part);
    const chainage = (distance: number): number => Math.round(plan.origin === '上游起' ? distance : whole - distance);
    const width = (): number => Math.round(random.between(...plan.widths) * 2) / 2;
    // one section in five has not been delimited yet
    const management = (): number => Math.round(delimited.between(...plan.widths) * 0.6 + delimited.between(5, 10));
    const isDelimited = !delimited.chance(0.2);
    const known = !plan.withoutWidths.includes(index);
    sections.push({
      id: `${plan.code}-${String(index + 1).padStart(2, '0')}`,
      river: plan.river,
      name: `${plan.river}第${index + 1}段`,
      code: `YS${plan.code}${String(index + 1).padStart(3, '0')}`,
      line: part,
      chainageFrom: chainage(run),
      chainageTo: chainage(run + length),
      origin: plan.origin,
      bank: plan.banks[index] ?? '两岸',
      widthLeft: known ? width() : null,
      widthRight: known ? width() : null,
      managementLeft: isDelimited ? management() : null,
      managementRight: isDelimited ? management() : null,
      returnPeriod: plan.returnPeriod,
      clearedM3: plan.cleared[index] ?? 0,
      clearedM: plan.cleared[index] ? Math.round(length * random.between(0.4, 0.8)) : 0,
    });
    run += length;
  }
  return sections;
}

export function makeSections(): readonly RiverSection[] {
  return PLANS.flatMap(sectionsOf);
}
