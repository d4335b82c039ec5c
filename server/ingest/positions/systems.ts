// Which coordinate systems a pair of numbers may be in: those whose place lies in the county.
import type { Position } from '../../domain/feature.ts';
import type { Bounds } from '../../domain/service.ts';
import { crsOfEpsg, epsgOfPrefixedEasting, type Crs } from '../../geo/crs.ts';

/** A system in which the numbers make sense, and where they lie in it. */
export interface Candidate {
  readonly crs: Crs;
  readonly place: Position;
}

/** China lies between 1.9 and 6 million metres north; an easting has six digits, or eight with its zone. */
export const isNorthing = (value: number): boolean => value >= 1_900_000 && value < 6_000_000;
export const isEasting = (value: number): boolean => (value >= 100_000 && value < 1_000_000) || epsgOfPrefixedEasting(value) !== null;

/** Box of China's land, for a service that has no townships yet. */
const CHINA: Bounds = [73, 3, 136, 54];

export function liesIn([west, south, east, north]: Bounds, [lon, lat]: Position): boolean {
  return lon >= west && lon <= east && lat >= south && lat <= north;
}

/** 3° zones first, then 6° zones: the unprefixed systems of CGCS2000. */
const UNPREFIXED: readonly number[] = [
  ...Array.from({ length: 21 }, (_, i) => 4534 + i),
  ...Array.from({ length: 11 }, (_, i) => 4502 + i),
];

/**
 * The systems in which metres lie in the county: of an easting that carries its zone that zone alone, of one that lost it every
 * zone that lands there. Without a county every zone lands somewhere, so none is offered.
 * @param county box with its margin, or null
 */
export function candidates(easting: number, northing: number, county: Bounds | null): Candidate[] {
  const prefixed = epsgOfPrefixedEasting(easting);
  const codes = prefixed !== null ? [prefixed] : county ? UNPREFIXED : [];
  return codes.flatMap((epsg) => {
    const crs = crsOfEpsg(epsg);
    if (!crs) return [];
    const place = crs.toLonLat([easting, northing]);
    return Number.isFinite(place[0]) && liesIn(county ?? CHINA, place) ? [{ crs, place }] : [];
  });
}

/** A degree pair that is out of place as it stands and in place the other way round. */
export function isSwapped(place: Position, county: Bounds | null): boolean {
  const box = county ?? CHINA;
  return !liesIn(box, place) && liesIn(box, [place[1], place[0]]);
}
