// Positions in columns: degrees, or metres of a Gauss-Krüger zone. In Chinese ledgers X is the northing.
import type { Position } from '../domain/feature.ts';
import { crsNamed, crsOfEpsg, epsgOfPrefixedEasting, type Crs } from '../geo/crs.ts';
import type { ColumnMap } from './columns.ts';
import { unusable } from './issues.ts';
import type { SourceRow } from './source.ts';
import { isBlank, readCoordinate } from './values.ts';

/** How a table states its positions. */
export interface PositionColumns {
  readonly crs: Crs;
  /** Column of the longitude or easting, and of the latitude or northing. */
  readonly east: string;
  readonly north: string;
  /** Eastings carry their zone: each row is of the zone that its own says. */
  readonly prefixed: boolean;
}

/** A CRS by name. @throws Problem for one that is not known, or of another datum */
export function requireCrs(name: string): Crs {
  const answer = crsNamed(name);
  if ('crs' in answer) return answer.crs;
  if (answer.fault === 'other_datum') {
    throw unusable(
      'crs_other_datum',
      `The coordinates are in ${answer.name} (Beijing 54 or Xi'an 80), which lies tens of metres off CGCS2000. Have the file delivered in CGCS2000, or converted by whoever holds the parameters.`,
    );
  }
  throw unusable(
    'crs_unknown',
    `The coordinate system ${answer.name} is not known here. Give \`crs\` as an EPSG code, such as EPSG:4490 or EPSG:4526.`,
  );
}

/** Finds out how a table's positions are written; null when it has no position columns. */
export function positionColumns(map: ColumnMap, crsAsked: string | null, sample: readonly SourceRow[]): PositionColumns | null {
  const lon = map.get('lon');
  const lat = map.get('lat');
  if (lon !== undefined && lat !== undefined) {
    return { crs: requireCrs(crsAsked ?? 'EPSG:4326'), east: lon, north: lat, prefixed: false };
  }
  const x = map.get('x');
  const y = map.get('y');
  if (x === undefined || y === undefined) return null;
  const crs = crsAsked === null ? null : requireCrs(crsAsked);
  const pair = samplePair(sample, x, y);
  const degrees = requireCrs('EPSG:4326');
  if (!pair) return { crs: crs ?? degrees, east: x, north: y, prefixed: false };
  const [a, b] = pair;
  const within = Math.max(Math.abs(a), Math.abs(b)) <= 180;
  if (within && (crs === null || crs.geographic)) {
    // one beyond 90 is the longitude; else Chinese headers put the north first
    const xIsLatitude = Math.abs(b) > 90 || (Math.abs(a) <= 90 && /坐标/.test(x));
    return { crs: crs ?? degrees, east: xIsLatitude ? y : x, north: xIsLatitude ? x : y, prefixed: false };
  }
  // China lies between 1.9 and 6 million metres north; an easting has six digits, or eight with its zone
  const isNorthing = (value: number) => value >= 1_900_000 && value < 6_000_000;
  const xIsNorthing = isNorthing(a) && !isNorthing(b);
  const byPrefix = crsOfEpsg(epsgOfPrefixedEasting(xIsNorthing ? b : a) ?? 0);
  const found = crs ?? byPrefix;
  if (!found) {
    throw unusable(
      'crs_needed',
      `The columns ${x} and ${y} hold metres without a zone number (${a}, ${b}). Give \`crs\`, such as EPSG:4547 for the 3° zone at 114°E.`,
    );
  }
  const east = xIsNorthing ? y : x;
  return { crs: found, east, north: xIsNorthing ? x : y, prefixed: byPrefix !== null && (crs === null || crs.code === byPrefix.code) };
}

function samplePair(sample: readonly SourceRow[], x: string, y: string): [number, number] | null {
  for (const row of sample) {
    const a = readCoordinate(row.values.get(x));
    const b = readCoordinate(row.values.get(y));
    if (a !== null && b !== null) return [a, b];
  }
  return null;
}

export type FoundPosition = { position: Position | null; crs: Crs } | { fault: string; message: string; field: string };

/** The position of a row and its CRS; null when both cells are empty. */
export function positionOf(row: SourceRow, columns: PositionColumns): FoundPosition {
  const cells = [columns.east, columns.north].map((column) => ({ column, cell: row.values.get(column) }));
  const blank = cells.filter(({ cell }) => isBlank(cell));
  if (blank.length === 2) return { position: null, crs: columns.crs };
  if (blank[0])
    return { fault: 'position_half', message: `${blank[0].column} is empty while the other coordinate is not`, field: blank[0].column };
  const numbers: number[] = [];
  for (const { column, cell } of cells) {
    const value = readCoordinate(cell);
    if (value === null) return { fault: 'not_a_number', message: `“${String(cell).slice(0, 60)}” is not a coordinate`, field: column };
    numbers.push(value);
  }
  const position: Position = [numbers[0] as number, numbers[1] as number];
  if (!columns.prefixed) return { position, crs: columns.crs };
  const crs = crsOfEpsg(epsgOfPrefixedEasting(position[0]) ?? 0);
  if (!crs) {
    return {
      fault: 'zone_missing',
      message: `${position[0]} carries no zone number, unlike the file's other eastings`,
      field: columns.east,
    };
  }
  return { position, crs };
}
