// Schools, shelters and other facilities, on the blocks left open and along the lanes.
import type { Pond } from './areas.ts';
import type { Block } from './blocks.ts';
import { COURSES } from './courses.ts';
import type { Settlement } from './dwellings.ts';
import { SpatialHash } from './hash.ts';
import { add, along, left, times, type Place, type Ring } from './plane.ts';
import { randomOf } from './random.ts';
import type { RiverSection } from './sections.ts';
import { blob } from './shapes.ts';
import type { Terrain } from './terrain.ts';
import { townshipAt } from './townships.ts';

export interface School {
  readonly id: string;
  readonly at: Place;
  readonly name: string;
  readonly kind: string;
  readonly ownership: '公办' | '民办';
  readonly students: number;
  readonly boarders: number;
  readonly staff: number;
  readonly classes: number;
  readonly finding: '安全' | '一般安全隐患' | '重大安全隐患';
  readonly isShelter: boolean;
}

export interface Shelter {
  readonly id: string;
  readonly at: Place;
  readonly name: string;
  readonly class: '避险点' | '紧急避难场所' | '短期避难场所' | '中心避难场所';
  readonly capacity: number;
  readonly areaM2: number;
  readonly indoor: boolean;
}

export interface Facility {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly shape: { readonly point: Place } | { readonly line: readonly Place[] } | { readonly ring: Ring };
  readonly people: number;
}

/** Kind, how many, students from and to, share of boarders. 67 in all. */
const SCHOOLS: readonly (readonly [string, string, number, number, number, number])[] = [
  ['小学', '小学', 36, 180, 900, 0],
  ['初中', '中学', 11, 300, 900, 0.06],
  ['九年一贯', '学校', 9, 350, 1100, 0.05],
  ['高中', '高级中学', 3, 800, 1600, 0.5],
  ['完中', '中学校', 3, 700, 1500, 0.3],
  ['十二年制', '实验学校', 1, 1300, 1500, 0.3],
  ['中职', '职业学校', 3, 500, 1200, 0.6],
  ['特殊教育', '特殊教育学校', 1, 70, 90, 0.4],
];
const KINDERGARTENS = 196;

/** The corner of a block, on the lanes around it. */
function corner(block: Block, u: number, v: number): Place {
  return add(block.centre, add(times(block.street, u * (block.length / 2 + 3.5)), times(left(block.street), v * (block.depth / 2 + 3.5))));
}

export function makeSchools(settlement: Settlement): readonly School[] {
  const random = randomOf('schools');
  const open = random.shuffle(settlement.open);
  const schools: School[] = [];
  const names = new Map<string, number>();
  const named = (base: string): string => {
    const serial = (names.get(base) ?? 0) + 1;
    names.set(base, serial);
    return serial === 1 ? `${base}（演示）` : `${base}第${serial}（演示）`;
  };
  const push = (rest: Omit<School, 'id' | 'finding'>): void => {
    const drawn = random.next();
    schools.push({
      ...rest,
      id: `XX-${String(schools.length + 1).padStart(3, '0')}`,
      finding: drawn < 0.82 ? '安全' : drawn < 0.97 ? '一般安全隐患' : '重大安全隐患',
    });
  };
  let next = 0;
  for (const [kind, word, count, from, to, boarding] of SCHOOLS) {
    for (let i = 0; i < count; i++) {
      const block = open[next++];
      if (!block) throw new Error('not enough open blocks for the schools');
      const students = random.whole(from, to);
      push({
        at: block.centre,
        kind,
        name: named(`${block.community.name}${word}`),
        ownership: random.chance(0.12) ? '民办' : '公办',
        students,
        boarders: Math.round(students * boarding * random.between(0.6, 1.2)),
        staff: Math.round(students / random.between(11, 15)) + 2,
        classes: Math.max(6, Math.round(students / 42)),
        isShelter: random.chance(0.3),
      });
    }
  }
  const near = new SpatialHash<Place>(80);
  const blocks = random.shuffle(settlement.built);
  for (let i = 0, remaining = KINDERGARTENS; remaining > 0; i++) {
    const block = blocks[i];
    if (!block) throw new Error('not enough blocks for the kindergartens');
    const at = corner(block, random.pick([-1, 1]), random.pick([-1, 1]));
    if (near.any(at, 70) || townshipAt(at) !== block.community.township) continue;
    near.add(at, at);
    remaining--;
    const students = random.whole(24, 150);
    push({
      at,
      kind: '幼儿园',
      name: named(`${block.community.name}幼儿园`),
      ownership: random.chance(0.62) ? '民办' : '公办',
      students,
      boarders: 0,
      staff: Math.round(students / 8) + 3,
      classes: Math.max(1, Math.round(students / 25)),
      isShelter: false,
    });
  }
  return schools;
}

export function makeShelters(settlement: Settlement, schools: readonly School[]): readonly Shelter[] {
  const random = randomOf('shelters');
  const used = new Set(schools.map((school) => school.at));
  const free = random.shuffle(settlement.open.filter((block) => !used.has(block.centre)));
  const campus = schools.filter((school) => school.isShelter);
  const names = new Map<string, number>();
  return Array.from({ length: 45 }, (_, index): Shelter => {
    const block = free[index];
    const school = campus[index - free.length];
    const at = block?.centre ?? (school ? along(school.at, [1, 0], 18) : undefined) ?? corner(random.pick(settlement.built), 1, 1);
    const base = block ? `${block.community.name}广场` : school ? school.name.replace('（演示）', '操场') : '社区活动中心';
    const serial = (names.get(base) ?? 0) + 1;
    names.set(base, serial);
    const areaM2 = random.whole(600, 2400);
    return {
      id: `BX-${String(index + 1).padStart(2, '0')}`,
      at,
      name: `${base}${serial > 1 ? serial : ''}避险点（演示）`,
      areaM2,
      capacity: Math.round(areaM2 / 2),
      indoor: random.chance(0.4),
      class: index < 2 ? '中心避难场所' : index < 8 ? '短期避难场所' : index < 20 ? '紧急避难场所' : '避险点',
    };
  });
}

const POINTS: readonly (readonly [string, string, number, number])[] = [
  ['医院', '医院', 6, 220],
  ['养老院', '养老院', 6, 70],
  ['企业', '机械厂', 7, 130],
  ['化工厂', '化工厂', 2, 90],
  ['矿山', '矿井口', 4, 300],
  ['工地', '工地', 3, 60],
  ['排污口', '排污口', 2, 0],
];

export function makeFacilities(
  settlement: Settlement,
  sections: readonly RiverSection[],
  ponds: readonly Pond[],
  terrain: Terrain,
): readonly Facility[] {
  const random = randomOf('facilities');
  const list: Omit<Facility, 'id'>[] = [];
  for (const [kind, word, count, people] of POINTS) {
    for (let i = 1; i <= count; i++) {
      const block = random.pick(settlement.built);
      const bank = random.pick(sections.filter((section) => section.river === '蒙河'));
      const point = kind === '排污口' ? along(bank.line[4] ?? [0, 0], [0, 1], 6) : corner(block, 1, random.pick([-1, 1]));
      list.push({
        kind,
        name: `${kind === '排污口' ? '蒙河' : block.community.name}${word}${i}（演示）`,
        shape: { point },
        people: Math.round(people * random.between(0.5, 1.4)),
      });
    }
  }
  sections
    .filter((_, index) => index % 4 === 2)
    .forEach((section, index) => {
      const middle = section.line[Math.floor(section.line.length / 2)];
      if (middle) list.push({ kind: '桥梁', name: `${section.river}${index + 1}号桥（演示）`, shape: { point: middle }, people: 0 });
    });
  for (const pond of ponds) {
    list.push(
      { kind: '水库', name: `${pond.name}（演示）`, shape: { ring: pond.ring }, people: 0 },
      { kind: '塘坝', name: `${pond.name}坝（演示）`, shape: { point: pond.dam }, people: 0 },
    );
  }
  const quarry: Place = along([2950, 1000], terrain.uphill([2950, 1000]), 120);
  list.push({ kind: '露天矿山', name: '旧露天采场（演示）', shape: { ring: blob(quarry, 110, 70, [1, 0.4], 11, 'open pit') }, people: 0 });
  const main = COURSES[0]?.line.filter((place) => townshipAt(place)) ?? [];
  list.push({ kind: '道路', name: '沿河路（演示）', shape: { line: main.map((place) => along(place, [0, 1], 13)) }, people: 0 });
  return list.map((facility, index) => ({ ...facility, id: `SS-${String(index + 1).padStart(2, '0')}` }));
}
