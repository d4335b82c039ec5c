// The .prj text beside a shapefile: ESRI well-known text of the systems that are exported.
import { cgcs2000Zone, type GaussKrugerZone } from '../geo/crs.ts';

const FIRST_ZONE = 25;
const LAST_ZONE = 45;

const geographic = (name: string, datum: string, spheroid: string) =>
  `GEOGCS["${name}",DATUM["${datum}",SPHEROID["${spheroid}]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`;

const CGCS2000 = geographic('GCS_China_Geodetic_Coordinate_System_2000', 'D_China_2000', 'CGCS2000",6378137.0,298.257222101');
const WGS84 = geographic('GCS_WGS_1984', 'D_WGS_1984', 'WGS_1984",6378137.0,298.257223563');

/** A value as ESRI writes it, with a point. */
const decimal = (value: number) => (Number.isInteger(value) ? `${value}.0` : String(value));

function projected(name: string, base: string, projection: string, parameters: readonly (readonly [string, number])[]): string {
  const list = parameters.map(([parameter, value]) => `PARAMETER["${parameter}",${decimal(value)}]`).join(',');
  return `PROJCS["${name}",${base},PROJECTION["${projection}"],${list},UNIT["Meter",1.0]]`;
}

function gaussKruger({ width, zone, meridian, falseEasting, prefixed }: GaussKrugerZone): string {
  const name = `CGCS2000_${width === 3 ? '3_Degree_' : ''}GK_${prefixed ? `Zone_${zone}` : `CM_${meridian}E`}`;
  return projected(name, CGCS2000, 'Gauss_Kruger', [
    ['False_Easting', falseEasting],
    ['False_Northing', 0],
    ['Central_Meridian', meridian],
    ['Scale_Factor', 1],
    ['Latitude_Of_Origin', 0],
  ]);
}

/** ESRI WKT of a system by its EPSG number. @throws RangeError for one that the service does not write */
export function esriWkt(epsg: number): string {
  if (epsg === 4326) return WGS84;
  if (epsg === 4490) return CGCS2000;
  if (epsg === 3857) {
    return projected('WGS_1984_Web_Mercator_Auxiliary_Sphere', WGS84, 'Mercator_Auxiliary_Sphere', [
      ['False_Easting', 0],
      ['False_Northing', 0],
      ['Central_Meridian', 0],
      ['Standard_Parallel_1', 0],
      ['Auxiliary_Sphere_Type', 0],
    ]);
  }
  const zone = cgcs2000Zone(epsg);
  if (zone) return gaussKruger(zone);
  const utm = utmZone(epsg);
  if (!utm) throw new RangeError(`EPSG:${epsg} is not a system that is exported`);
  return projected(`WGS_1984_UTM_Zone_${utm.zone}${utm.south ? 'S' : 'N'}`, WGS84, 'Transverse_Mercator', [
    ['False_Easting', 500_000],
    ['False_Northing', utm.south ? 10_000_000 : 0],
    ['Central_Meridian', utm.meridian],
    ['Scale_Factor', 0.9996],
    ['Latitude_Of_Origin', 0],
  ]);
}

/** The UTM zone of an EPSG number of WGS 84, or null. */
export function utmZone(epsg: number): { zone: number; meridian: number; south: boolean } | null {
  const zone = epsg % 100;
  const band = (epsg - zone) / 100;
  if ((band !== 326 && band !== 327) || zone < 1 || zone > 60) return null;
  return { zone, meridian: 6 * zone - 183, south: band === 327 };
}

/**
 * ESRI WKT of a CGCS2000 3-degree zone (25 to 45; central meridian 3 x zone, metres, easting first).
 * `prefixed`: eastings start with the zone number, false easting zone x 1,000,000 + 500,000 (EPSG 4488 + zone);
 * otherwise the false easting is 500,000 (EPSG 4509 + zone).
 */
export function esriWktOf(zone: number, prefixed: boolean): string {
  if (!Number.isInteger(zone) || zone < FIRST_ZONE || zone > LAST_ZONE) {
    throw new RangeError(`CGCS2000 3-degree zones run from ${FIRST_ZONE} to ${LAST_ZONE}, not ${zone}`);
  }
  return esriWkt((prefixed ? 4488 : 4509) + zone);
}
