// Between the district's plane and the coordinates of files: CGCS2000 3-degree zone 38, and lon/lat.
import proj4 from 'proj4';
import type { Place, Ring } from './plane.ts';

/** Zone 38, central meridian 114°E, metres. EPSG:4547 without, EPSG:4526 with the zone before the easting. */
export const ZONE = 38;
const ZONE_PREFIX = ZONE * 1_000_000;
const CGCS2000_ZONE_38 = '+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs';
const CGCS2000 = '+proj=longlat +ellps=GRS80 +no_defs';

/** Centre of the district, lon/lat. */
export const CENTRE: readonly [number, number] = [113.56, 37.87];

const converter = proj4(CGCS2000, CGCS2000_ZONE_38);
const [centreEasting = 0, centreNorthing = 0] = converter.forward([CENTRE[0], CENTRE[1]]).map(Math.round);

const toMillimetres = (value: number): number => Math.round(value * 1000) / 1000;
/** 1e-8 degree is about a millimetre: equal places stay equal, and files stay readable. */
const toNanoDegrees = (value: number): number => Math.round(value * 1e8) / 1e8;

/** Easting (un-prefixed, EPSG:4547) and northing in metres, to the millimetre. */
export function toGrid([x, y]: Place): [number, number] {
  return [toMillimetres(centreEasting + x), toMillimetres(centreNorthing + y)];
}

/** Easting with the zone number in front (EPSG:4526) and northing in metres. */
export function toPrefixedGrid(place: Place): [number, number] {
  const [easting, northing] = toGrid(place);
  return [toMillimetres(ZONE_PREFIX + easting), northing];
}

/** Lon/lat in degrees (CGCS2000 = WGS 84 here), eight decimals. */
export function toLonLat([x, y]: Place): [number, number] {
  const [lon, lat] = converter.inverse([centreEasting + x, centreNorthing + y]);
  return [toNanoDegrees(lon), toNanoDegrees(lat)];
}

/** The plane place of a lon/lat. */
export function fromLonLat(lonLat: readonly [number, number]): Place {
  const [easting, northing] = converter.forward([lonLat[0], lonLat[1]]);
  return [easting - centreEasting, northing - centreNorthing];
}

/** A ring as GeoJSON wants it: closed. */
export function closedRing(ring: Ring, convert: (place: Place) => [number, number]): [number, number][] {
  const vertices = ring.map(convert);
  const [first] = vertices;
  return first ? [...vertices, first] : [];
}
