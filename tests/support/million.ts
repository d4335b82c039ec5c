// A county of a million households, made up and the same every time: thick towns and thin villages, some of it on round
// coordinates so that edges run through points and corners lie on them. The columns are what a count is checked against.
import { randomOf } from '../../scripts/demo/random.ts';
import type { Bounds } from '../../server/domain/service.ts';
import type { Geometry, Position } from '../../server/domain/feature.ts';

/** In columns; row i is a household or a school. Degrees, WGS 84. */
export interface Column {
  readonly lon: Float64Array;
  readonly lat: Float64Array;
  /** Metres by which the position may be off; 0 where nobody states it. */
  readonly accuracy: Uint8Array;
}

export interface Million extends Column {
  readonly people: Uint8Array;
  readonly vulnerable: Uint8Array;
  readonly schools: Column;
}

export const COUNTY: Bounds = [113.375, 37.6875, 113.8125, 38.0625];
export const TOWN: Position = [113.5625, 37.875];

/** Sides of a square of the grid that edges and corners lie on: a binary fraction, so that a straight edge over it is exact. */
const GRID = 1 / 1024;
const ON_GRID = 0.04;
const ACCURATE_TO_5_M = 0.1;
const SCHOOLS = 500;
/** Towns with their share of the households and their spread in degrees. */
const TOWNS: readonly (readonly [lon: number, lat: number, share: number, spread: number])[] = [
  [...TOWN, 0.4, 0.018],
  [113.47, 37.95, 0.08, 0.008],
  [113.66, 37.8, 0.08, 0.009],
  [113.43, 37.76, 0.05, 0.006],
  [113.72, 37.98, 0.05, 0.007],
];
const VILLAGES = 600;

const [WEST, SOUTH, EAST, NORTH] = COUNTY;
const within = (value: number, low: number, high: number): boolean => value > low + 0.002 && value < high - 0.002;

/** @param count households */
export function makeMillion(count = 1_000_000): Million {
  const random = randomOf('million');
  const villages = Array.from({ length: VILLAGES }, () => ({
    at: [random.between(WEST + 0.01, EAST - 0.01), random.between(SOUTH + 0.01, NORTH - 0.01)] as const,
    spread: random.between(0.0003, 0.003),
  }));
  const anywhere = (): Position => {
    let left = random.next();
    for (const [lon, lat, share, spread] of TOWNS) {
      if ((left -= share) < 0) return [random.normal(lon, spread), random.normal(lat, spread)];
    }
    const { at, spread } = random.pick(villages);
    return [random.normal(at[0], spread), random.normal(at[1], spread)];
  };
  const round = random.chance.bind(random, ON_GRID);
  const position = (): Position => {
    for (;;) {
      const [lon, lat] = anywhere();
      if (!within(lon, WEST, EAST) || !within(lat, SOUTH, NORTH)) continue;
      const step = round() ? GRID : 1e-7;
      // by division, so that seven decimals are the doubles that their text is read as
      const whole = (value: number): number => (step === GRID ? Math.round(value / GRID) * GRID : Math.round(value * 1e7) / 1e7);
      return [whole(lon), whole(lat)];
    }
  };
  const column = (rows: number): Column => {
    const made = { lon: new Float64Array(rows), lat: new Float64Array(rows), accuracy: new Uint8Array(rows) };
    for (let i = 0; i < rows; i++) {
      [made.lon[i], made.lat[i]] = position();
      made.accuracy[i] = random.chance(ACCURATE_TO_5_M) ? 5 : 0;
    }
    return made;
  };
  const people = new Uint8Array(count);
  const vulnerable = new Uint8Array(count);
  const homes = column(count);
  for (let i = 0; i < count; i++) {
    people[i] = 1 + random.weighted([18, 30, 22, 15, 8, 5, 2]);
    vulnerable[i] = Math.min(people[i] ?? 0, random.weighted([55, 27, 14, 4]));
  }
  return { ...homes, people, vulnerable, schools: column(SCHOOLS) };
}

/** The households as the file that a county would send. */
export function* householdsCsv({ lon, lat, accuracy, people, vulnerable }: Million): Generator<string> {
  yield '户号,常住人口,弱势人口,定位精度,经度,纬度\n';
  const CHUNK = 10_000;
  for (let from = 0; from < lon.length; from += CHUNK) {
    let text = '';
    for (let i = from; i < Math.min(from + CHUNK, lon.length); i++) {
      text += `H${i},${people[i]},${vulnerable[i]},${accuracy[i] === 0 ? '' : accuracy[i]},${lon[i]},${lat[i]}\n`;
    }
    yield text;
  }
}

export function schoolsCsv({ schools: { lon, lat, accuracy } }: Million): string {
  const rows = Array.from(lon, (x, i) => `X${i},第${i}小学,${100 + i},${accuracy[i] === 0 ? '' : accuracy[i]},${x},${lat[i]}`);
  return `学校标识码,名称,在校生,定位精度,经度,纬度\n${rows.join('\n')}\n`;
}

const ring = (corners: readonly Position[]): Geometry => ({ type: 'Polygon', coordinates: [[...corners, corners[0] as Position]] });
const box = ([west, south, east, north]: Bounds): Geometry =>
  ring([
    [west, south],
    [east, south],
    [east, north],
    [west, north],
  ]);

export const TOWNSHIPS = [
  {
    id: '140303001000',
    geometry: box([WEST, SOUTH, TOWN[0], NORTH]),
    properties: { code: '140303001000', name: '西乡', level: 'township' },
  },
  {
    id: '140303002000',
    geometry: box([TOWN[0], SOUTH, EAST, NORTH]),
    properties: { code: '140303002000', name: '东乡', level: 'township' },
  },
];

/** `n` sides of the grid east and north of the town's middle. */
export const onGrid = (east: number, north: number): Position => [TOWN[0] + east * GRID, TOWN[1] + north * GRID];

/**
 * Areas that are in the store, with every corner on the grid. A drawn corner snaps to one of theirs, and then stands there
 * exactly; edges between two such corners run through households in the middle of the town.
 */
export const CORNERS: readonly Position[] = [onGrid(-32, -16), onGrid(8, -16), onGrid(24, 0), onGrid(-32, 16)];
export const AREAS = [
  { id: 'low', corners: CORNERS, properties: { kind: 'low_lying', name: '低洼区' } },
  {
    id: 'flood',
    corners: [onGrid(40, 20), onGrid(56, 20), onGrid(56, 36), onGrid(40, 36)],
    properties: { kind: 'flood_extent', name: '淹没区' },
  },
];

export const featureOf = ({ id, corners, properties }: (typeof AREAS)[number]) => ({ id, geometry: ring(corners), properties });
