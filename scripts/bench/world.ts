// The district that the bench counts in: made up, of any number of households, the same every time.
import type { Geometry, Position } from '../../server/domain/feature.ts';
import type { CountingShape } from '../../server/geo/shape.ts';
import { randomOf } from '../demo/random.ts';
import type { Households, Move, Schools, TileAddress, World } from './types.ts';
import { anywhere, atStreet, BOUNDS, logBetween, riverSections, settle, type Settlements } from './world/landscape.ts';
import { tileAt } from './world/tile.ts';
import { drawnPolygons, zonesIn } from './world/zones.ts';

const SCHOOLS = 500;
const PEOPLE_WEIGHTS = [18, 30, 22, 15, 8, 5, 2];
const VULNERABLE_WEIGHTS = [55, 27, 14, 4];
/** Of all households: those with the coordinate of the one before, and those that begin a block of flats. */
const SHARE_SAME = 0.05;
const SHARE_BLOCK = 0.0015;

export interface WorldOptions {
  readonly schools?: number;
}

/** @param households 300 at least, so that the positions on edges find room; about 18 bytes each are held */
export function makeWorld(households: number, options: WorldOptions = {}): World {
  const rivers = riverSections();
  const settlements = settle(rivers);
  const { zones, edgePositions } = zonesIn(settlements, rivers);
  const rows = householdsIn(settlements, households, edgePositions);
  return {
    ...rows,
    bounds: BOUNDS,
    schools: schoolsIn(settlements, options.schools ?? SCHOOLS),
    zones,
    drawnPolygons: (count, seed = 'what-if') => drawnPolygons(settlements, count, seed),
    moves: (count) => movesOf(zones, count),
    tiles: (count, zoom = 14) => tilesOf(rows, count, zoom),
  };
}

function householdsIn(settlements: Settlements, count: number, edgePositions: readonly Position[]): Households {
  const random = randomOf('bench/households');
  const lon = new Float64Array(count);
  const lat = new Float64Array(count);
  const people = new Uint8Array(count);
  const vulnerable = new Uint8Array(count);
  const stride = Math.max(1, Math.floor(count / edgePositions.length));
  let place: Position = anywhere(random);
  let same = 0;
  for (let i = 0; i < count; i++) {
    const edge = i % stride === 0 ? edgePositions[i / stride] : undefined;
    if (edge) {
      place = edge;
      same = 0;
    } else if (same > 0) same--;
    else if (!random.chance(SHARE_SAME)) {
      place = home(settlements, random);
      if (random.chance(SHARE_BLOCK)) same = random.whole(8, 60);
    }
    lon[i] = place[0];
    lat[i] = place[1];
    people[i] = 1 + random.weighted(PEOPLE_WEIGHTS);
    vulnerable[i] = Math.min(people[i] as number, random.weighted(VULNERABLE_WEIGHTS));
  }
  return { ids: (i) => `H${String(i + 1).padStart(7, '0')}`, lon, lat, people, vulnerable };
}

/** Where one household lives: at a street, or somewhere on its own. */
function home({ streets, upTo }: Settlements, random: ReturnType<typeof randomOf>): Position {
  const drawn = random.next();
  let low = 0;
  let high = upTo.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((upTo[middle] as number) <= drawn) low = middle + 1;
    else high = middle;
  }
  const street = streets[low];
  return street ? atStreet(street, random) : anywhere(random);
}

function schoolsIn(settlements: Settlements, count: number): Schools {
  const random = randomOf('bench/schools');
  const lon = new Float64Array(count);
  const lat = new Float64Array(count);
  const students = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    [lon[i], lat[i]] = atStreet(random.pick(settlements.streets), random);
    students[i] = Math.round(logBetween(random, 20, 2000));
  }
  return { ids: (i) => `X${String(i + 1).padStart(4, '0')}`, lon, lat, students };
}

function movesOf(zones: World['zones'], count: number): Move[] {
  const random = randomOf('bench/moves');
  return Array.from({ length: count }, () => {
    const zone = random.whole(0, zones.length - 1);
    const { name, shape } = zones[zone] as World['zones'][number];
    // 3 to 300 metres
    const by = (): number => (random.chance(0.5) ? 1 : -1) * logBetween(random, 0.00003, 0.003);
    return { zone, name, shape: shifted(shape, by(), by()) };
  });
}

function shifted(shape: CountingShape, east: number, north: number): CountingShape {
  const one = ([lon, lat]: Position): Position => [lon + east, lat + north];
  const all = (chain: readonly Position[]): Position[] => chain.map(one);
  const geometry = (source: Geometry): Geometry => {
    switch (source.type) {
      case 'Point':
        return { type: 'Point', coordinates: one(source.coordinates) };
      case 'LineString':
        return { type: 'LineString', coordinates: all(source.coordinates) };
      case 'Polygon':
      case 'MultiLineString':
        return { type: source.type, coordinates: source.coordinates.map(all) };
      case 'MultiPolygon':
        return { type: 'MultiPolygon', coordinates: source.coordinates.map((rings) => rings.map(all)) };
    }
  };
  if (shape.kind === 'disc') return { ...shape, center: one(shape.center) };
  if (shape.kind === 'strip') throw new Error('the bench has no strips');
  return { ...shape, geometry: geometry(shape.geometry) };
}

/** Tiles of the web's Mercator scheme that hold a household. */
function tilesOf({ lon, lat }: Households, count: number, z: number): TileAddress[] {
  const side = 2 ** z;
  const held = new Set<number>();
  for (let i = 0; i < lon.length; i++) {
    const [x, y] = tileAt(lon[i] as number, lat[i] as number, z);
    held.add(y * side + x);
  }
  const ordered = [...held].sort((a, b) => a - b).map((key) => ({ z, x: key % side, y: Math.floor(key / side) }));
  return randomOf('bench/tiles').shuffle(ordered).slice(0, count);
}
