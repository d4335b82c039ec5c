// Positions as metres of the district's CGCS2000 zone, and back. Fetched when metres are wanted.
import type { Position } from '../../server/domain/feature.ts';
import { crsOfEpsg, nearestZone } from '../../server/geo/crs.ts';

export { readGrid } from '../state/staff/gridReading.ts';

/** EPSG code of the 3° zone (eastings with the number of the zone) of a longitude. */
const zoneOf = (lon: number): number => 4488 + nearestZone(lon);

export const gridName = (near: number): string => `CGCS2000 / EPSG:${zoneOf(near)}`;

/** East and north in metres, to the centimetre. @param near longitude whose zone is used */
export function metresWords(position: Position, near: number): string {
  const [east, north] = crsOfEpsg(zoneOf(near))?.fromLonLat(position) ?? [Number.NaN, Number.NaN];
  return `${east.toFixed(2)} ${north.toFixed(2)}`;
}
