// Metres of a CGCS2000 zone as longitude and latitude. Fetched when such numbers are typed: the projections are large.
import { cgcs2000Zone, crsOfEpsg, epsgOfPrefixedEasting, nearestZone } from '../../../server/geo/crs.ts';
import type { Coordinates, GridText } from '../search.ts';

export interface GridReading extends Coordinates {
  readonly epsg: number;
  /** 3 or 6 degrees. */
  readonly width: number;
  readonly zone: number;
  /** Degrees. */
  readonly meridian: number;
  readonly prefixed: boolean;
}

const PLAIN_3_DEGREES = 4509;

/**
 * Where metres lead: by the number of the zone before the easting, else in the 3° zone of the district.
 * @param near longitude of the district's middle, in degrees
 */
export function readGrid({ easting, northing, prefixed }: GridText, near: number): GridReading | null {
  const epsg = prefixed ? epsgOfPrefixedEasting(easting) : PLAIN_3_DEGREES + nearestZone(near);
  const zone = epsg === null ? null : cgcs2000Zone(epsg);
  const crs = epsg === null ? null : crsOfEpsg(epsg);
  if (epsg === null || !zone || !crs) return null;
  const [lon, lat] = crs.toLonLat([easting, northing]);
  const sound = Number.isFinite(lon) && Number.isFinite(lat) && Math.abs(lon - zone.meridian) <= zone.width;
  return sound ? { lon, lat, epsg, width: zone.width, zone: zone.zone, meridian: zone.meridian, prefixed } : null;
}
