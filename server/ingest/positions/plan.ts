// How a table states its positions: degrees in some notation, or metres of a zone. Found out on a sample, told in the report,
// and the user's word goes before every guess.
import type { Position } from '../../domain/feature.ts';
import type { Bounds } from '../../domain/service.ts';
import { crsNamed, crsOfEpsg, epsgOfPrefixedEasting, oldCrsNamed, type Crs } from '../../geo/crs.ts';
import type { DatumParameters } from '../../geo/oldDatum.ts';
import type { ColumnMap } from '../columns.ts';
import { unusable } from '../issues.ts';
import type { SourceRow } from '../source.ts';
import { bareDegrees, readAngle, withoutUnit, type BareNotation } from './angle.ts';
import { candidates, isNorthing, isSwapped, liesIn } from './systems.ts';

/** A table's positions: which column is which, and how its numbers are written. */
export interface PositionPlan {
  readonly crs: Crs;
  /** Column of the longitude or easting, and of the latitude or northing. */
  readonly east: string;
  readonly north: string;
  /** Of bare numbers in columns of degrees; null for metres. */
  readonly notation: BareNotation | null;
  /** Eastings carry their zone: each row is of the zone that its own says. */
  readonly prefixed: boolean;
  /** What was found out and not stated by anybody: said in the report. */
  readonly assumed: readonly Assumption[];
}

export interface Assumption {
  readonly code: 'crs_proposed' | 'columns_swapped' | 'notation_found';
  readonly message: string;
}

/**
 * A CRS by name.
 * @param parameters of an older datum, as the user holds them
 * @throws Problem for one that is not known, or of another datum without parameters
 */
export function requireCrs(name: string, parameters: DatumParameters | null = null): Crs {
  const answer = crsNamed(name);
  if ('crs' in answer) return answer.crs;
  const old = parameters ? oldCrsNamed(name, parameters) : null;
  if (old) return old;
  if (answer.fault === 'other_datum') {
    throw unusable(
      'crs_other_datum',
      `The coordinates are in ${answer.name} (Beijing 54 or Xi'an 80), which lies tens of metres off CGCS2000. Have the file delivered in CGCS2000, or converted by whoever holds the parameters; or give them yourself as \`transform\`: dx,dy,dz in metres, or with rx,ry,rz in seconds and the scale in ppm.`,
    );
  }
  throw unusable(
    'crs_unknown',
    `The coordinate system ${answer.name} is not known here. Give \`crs\` as an EPSG code, such as EPSG:4490 or EPSG:4526.`,
  );
}

const DEGREES = () => requireCrs('EPSG:4490');

/**
 * Finds out how a table's positions are written; null when it has no position columns.
 * @param county box of the county and 5 km around it; null with no townships loaded
 */
export function positionPlan(map: ColumnMap, asked: Crs | null, sample: readonly SourceRow[], county: Bounds | null): PositionPlan | null {
  const [lon, lat] = [map.get('lon'), map.get('lat')];
  const [x, y] = [map.get('x'), map.get('y')];
  if (lon !== undefined && lat !== undefined) {
    const pairs = pairsOf(sample, lon, lat);
    // a ledger may write metres under 经度 and 纬度
    const metres =
      pairs.length > 0 &&
      pairs.every((pair) => pair.every((value) => Math.abs(value) > 10_000_000 || isNorthing(value) || value > 200_000));
    return metres && packedShare(pairs) < 0.5 ? gridPlan(lon, lat, asked, pairs, county) : degreePlan(lon, lat, asked, pairs, county);
  }
  if (x === undefined || y === undefined) return null;
  const pairs = pairsOf(sample, x, y);
  const [first] = pairs;
  if (!first) return { crs: asked ?? DEGREES(), ...xyDegrees(x, y, pairs), notation: 'decimal', prefixed: false, assumed: [] };
  const within = pairs.every(([a, b]) => Math.max(Math.abs(a), Math.abs(b)) <= 180);
  if (within && (asked === null || asked.geographic)) {
    const { east, north } = xyDegrees(x, y, pairs);
    return degreePlan(east, north, asked, east === x ? pairs : pairs.map(([a, b]): Position => [b, a]), county);
  }
  return gridPlan(x, y, asked, pairs, county);
}

/** Under X and Y: one beyond 90 is the longitude; else Chinese headers put the north first. */
function xyDegrees(x: string, y: string, pairs: readonly Position[]): { east: string; north: string } {
  const [a, b] = pairs[0] ?? [0, 0];
  const xIsLatitude = Math.abs(b) > 90 || (Math.abs(a) <= 90 && /坐标/.test(x));
  return xIsLatitude ? { east: y, north: x } : { east: x, north: y };
}

/** Bare numbers of the first rows that have both; cells that say how they are read come as degrees. */
function pairsOf(sample: readonly SourceRow[], first: string, second: string): Position[] {
  return sample.flatMap((row): Position[] => {
    const [a, b] = [readAngle(withoutUnit(row.values.get(first))), readAngle(withoutUnit(row.values.get(second)))];
    if (!a || !b) return [];
    return [[a.kind === 'bare' ? a.value : a.degrees, b.kind === 'bare' ? b.value : b.degrees]];
  });
}

const packedShare = (pairs: readonly Position[]) => share(pairs, (pair) => pair.every((value) => bareDegrees(value, 'packed') !== null));

function share(pairs: readonly Position[], holds: (pair: Position) => boolean): number {
  return pairs.length === 0 ? 0 : pairs.filter(holds).length / pairs.length;
}

function degreePlan(lon: string, lat: string, asked: Crs | null, pairs: readonly Position[], county: Bounds | null): PositionPlan {
  const notation = notationOf(pairs, county);
  const places = pairs.map((pair): Position => [bareDegrees(pair[0], notation) ?? pair[0], bareDegrees(pair[1], notation) ?? pair[1]]);
  const swapped = pairs.length > 1 && share(places, (place) => isSwapped(place, county)) > 0.5;
  const assumed: Assumption[] = [];
  if (notation !== 'decimal')
    assumed.push({
      code: 'notation_found',
      message: `经纬度按${notation === 'packed' ? '度分秒连写（1133332 即 113°33′32″）' : '度.分秒（113.3332 即 113°33′32″）'}读取。The degrees were read as ${notation === 'packed' ? 'DDDMMSS' : 'DDD.MMSS'}.`,
    });
  if (swapped)
    assumed.push({
      code: 'columns_swapped',
      message: `列 ${lon} 与 ${lat} 对调：多数行按原样不在本县，对调后在。The columns ${lon} and ${lat} were taken the other way round: as they stand most rows lie outside the county.`,
    });
  return { crs: asked ?? DEGREES(), east: swapped ? lat : lon, north: swapped ? lon : lat, notation, prefixed: false, assumed };
}

/** The notation in which most rows lie in the county; plain degrees where that decides nothing. */
function notationOf(pairs: readonly Position[], county: Bounds | null): BareNotation {
  if (packedShare(pairs) > 0.5) return 'packed';
  if (!county) return 'decimal';
  const inside = (notation: BareNotation) =>
    share(pairs, (pair) => {
      const place = pair.map((value) => bareDegrees(value, notation));
      return place[0] !== null && place[1] !== null && liesIn(county, [place[0] as number, place[1] as number]);
    });
  // only where plain degrees land outside and nearly all rows land inside: a county is wider than a minute
  return inside('decimal') < 0.5 && inside('dotted') > 0.9 ? 'dotted' : 'decimal';
}

function gridPlan(first: string, second: string, asked: Crs | null, pairs: readonly Position[], county: Bounds | null): PositionPlan {
  // in China X is the northing: which is which the numbers decide, by most rows
  const firstIsNorth = share(pairs, ([a, b]) => isNorthing(a) && !isNorthing(b)) >= 0.5;
  const [a, b] = pairs.find(([p, q]) => isNorthing(firstIsNorth ? p : q)) ?? pairs[0] ?? [0, 0];
  const [easting, northing] = firstIsNorth ? [b, a] : [a, b];
  const columns = firstIsNorth ? { east: second, north: first } : { east: first, north: second };
  const byPrefix = crsOfEpsg(epsgOfPrefixedEasting(easting) ?? 0);
  if (asked) return { crs: asked, ...columns, notation: null, prefixed: byPrefix !== null && asked.code === byPrefix.code, assumed: [] };
  if (byPrefix) {
    const message = `未注明坐标系，按横坐标带号取 ${byPrefix.code}。No system is stated: ${byPrefix.code} by the zone number of the eastings.`;
    return { crs: byPrefix, ...columns, notation: null, prefixed: true, assumed: [{ code: 'crs_proposed', message }] };
  }
  throw zoneNeeded(first, second, easting, northing, county);
}

/** The system of geometry that states none: degrees by their range, metres by their zone number. @throws Problem that asks for it */
export function unstatedCrs(geometries: readonly unknown[], county: Bounds | null): Crs {
  const first = geometries.map(firstPosition).find((p) => p !== null);
  if (!first) return DEGREES();
  const [x, y] = first;
  if (Math.abs(x) <= 180 && Math.abs(y) <= 90) return DEGREES();
  const byPrefix = crsOfEpsg(epsgOfPrefixedEasting(x) ?? 0);
  if (byPrefix) return byPrefix;
  throw zoneNeeded('x', 'y', x, y, county);
}

function firstPosition(geometry: unknown): Position | null {
  const walk = (value: unknown): Position | null => {
    if (!Array.isArray(value)) return null;
    if (typeof value[0] === 'number' && typeof value[1] === 'number') return [value[0], value[1]];
    return walk(value[0]);
  };
  return walk((geometry as { coordinates?: unknown } | null)?.coordinates);
}

/** An easting that lost its zone: asks for it, and offers only the zones that land in the county. */
export function zoneNeeded(first: string, second: string, easting: number, northing: number, county: Bounds | null) {
  const offers = candidates(easting, northing, county);
  const choices = offers.map(({ crs, place }) => `${crs.code} (${place[0].toFixed(4)}, ${place[1].toFixed(4)})`);
  const problem = unusable(
    'crs_needed',
    `${first}、${second} 为不带带号的米制坐标（${first} ${second}: metres without a zone number, ${easting}, ${northing}). Give \`crs\`${
      choices.length > 0
        ? `: ${choices.join(', ')} land in the county`
        : county
          ? ': no CGCS2000 zone lands in the county, so check the datum and the columns'
          : ', such as EPSG:4547 for the 3° zone at 114°E; load the townships first and the zones that fit are offered'
    }.`,
  );
  return problem.with(
    offers.map(({ crs, place }) => ({
      pointer: '/crs',
      code: 'crs_choice',
      detail: `${crs.code} ${place[0].toFixed(6)} ${place[1].toFixed(6)}`,
    })),
  );
}
