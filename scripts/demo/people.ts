// Who lives in the homes: made-up households with the figures a county's ledger holds. No name, phone or family is real.
import type { Dwelling } from './dwellings.ts';
import { randomOf, type Random } from './random.ts';

export interface Household {
  readonly id: string;
  readonly dwelling: Dwelling;
  /** False: the ledger has the address only. */
  readonly located: boolean;
  /** True: surveyed as a footprint polygon instead of a point. */
  readonly surveyed: boolean;
  readonly address: string;
  readonly headName: string;
  readonly phone: string;
  readonly registered: number;
  readonly resident: number;
  readonly atHome: number;
  readonly elderly: number;
  readonly children: number;
  readonly disabled: number;
  readonly bedridden: number;
  readonly structure: '框架' | '砖混' | '砖木' | '土坯' | '窑洞';
  readonly propertyWan: number;
  /** Metres, null where the survey does not say. */
  readonly accuracy: number | null;
}

const WITHOUT_POSITION = 120;
const WITHOUT_ACCURACY = 900;
const FOOTPRINTS = 420;
/** Communities whose houses were surveyed from the air, as outlines. */
const SURVEYED_FROM_AIR = ['石卜嘴社区', '坡头社区'];

function structureOf({ kind, floors }: Dwelling, random: Random): Household['structure'] {
  if (kind === 'cave') return '窑洞';
  if (kind === 'flat') return floors > 7 ? '框架' : '砖混';
  const drawn = random.next();
  return drawn < 0.5 ? '砖混' : drawn < 0.94 ? '砖木' : '土坯';
}

function worth(structure: Household['structure'], random: Random): number {
  const typical = { 框架: 46, 砖混: 28, 砖木: 11, 土坯: 4, 窑洞: 6 }[structure];
  return Math.round(typical * random.between(0.6, 1.5) * 10) / 10;
}

function family(random: Random): Pick<Household, 'registered' | 'resident' | 'atHome' | 'elderly' | 'children' | 'disabled' | 'bedridden'> {
  const resident = 1 + random.weighted([21, 34, 25, 13, 5, 2]);
  const registered = Math.max(0, resident + random.weighted([6, 62, 18, 10, 4]) - 1);
  const atHome = Math.max(0, resident - random.weighted([62, 26, 9, 3]));
  let elderly = 0;
  let children = 0;
  for (let i = 0; i < resident; i++) {
    const drawn = random.next();
    // Small households are more often old couples, large ones have the children.
    if (drawn < (resident <= 2 ? 0.33 : 0.13)) elderly++;
    else if (i >= 2 && drawn > 0.56) children++;
  }
  const disabled = random.chance(0.035) ? 1 : 0;
  const bedridden = elderly > 0 && random.chance(0.02) ? 1 : 0;
  return { registered, resident, atHome, elderly, children, disabled, bedridden };
}

function addressOf({ township, village, group, houseNo, kind }: Dwelling): string {
  if (kind === 'flat') return `${township.name}${village}${houseNo}`;
  return `${township.name}${village}${group}${houseNo.startsWith(group) ? houseNo.slice(group.length) : houseNo}号`;
}

function someOf(indices: readonly number[], count: number, stream: string): ReadonlySet<number> {
  return new Set(randomOf(stream).shuffle(indices).slice(0, count));
}

/** One household a home, in the order of the homes. */
export function makeHouseholds(dwellings: readonly Dwelling[]): readonly Household[] {
  const random = randomOf('households');
  const ordinary = dwellings.flatMap((home, index) => (home.namedCase ? [] : [index]));
  const withOutline = ordinary.filter(
    (index) => dwellings[index]?.kind === 'house' && SURVEYED_FROM_AIR.includes(dwellings[index].village),
  );
  const surveyed = new Set(withOutline.slice(0, FOOTPRINTS));
  const points = ordinary.filter((index) => !surveyed.has(index));
  const unlocated = someOf(points, WITHOUT_POSITION, 'unlocated');
  const unsure = someOf(
    points.filter((index) => !unlocated.has(index)),
    WITHOUT_ACCURACY,
    'no accuracy',
  );
  const serials = new Map<string, number>();
  return dwellings.map((dwelling, index): Household => {
    const serial = (serials.get(dwelling.township.code) ?? 0) + 1;
    serials.set(dwelling.township.code, serial);
    const structure = structureOf(dwelling, random);
    const number = String(index + 1).padStart(5, '0');
    return {
      id: `H${dwelling.township.code.slice(0, 9)}-${String(serial).padStart(5, '0')}`,
      dwelling,
      located: !unlocated.has(index),
      surveyed: surveyed.has(index),
      address: addressOf(dwelling),
      headName: `演示户${number}`,
      phone: `0000-00${number}`,
      ...family(random),
      structure,
      propertyWan: worth(structure, random),
      accuracy: unsure.has(index) ? null : random.pick([1, 1, 1.5, 2, 2, 2, 3, 3, 5, 5]),
    };
  });
}
