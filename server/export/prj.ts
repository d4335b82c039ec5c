// The .prj text beside a shapefile: ESRI well-known text of the CGCS2000 3-degree Gauss-Kruger zones.

const FIRST_ZONE = 25;
const LAST_ZONE = 45;

const GEOGRAPHIC =
  'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",' +
  'SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';

/**
 * ESRI WKT of a CGCS2000 3-degree zone (25 to 45; central meridian 3 x zone, metres, easting first).
 * `prefixed`: eastings start with the zone number, false easting zone x 1,000,000 + 500,000 (EPSG 4488 + zone);
 * otherwise the false easting is 500,000 (EPSG 4509 + zone).
 */
export function esriWktOf(zone: number, prefixed: boolean): string {
  if (!Number.isInteger(zone) || zone < FIRST_ZONE || zone > LAST_ZONE) {
    throw new RangeError(`CGCS2000 3-degree zones run from ${FIRST_ZONE} to ${LAST_ZONE}, not ${zone}`);
  }
  const meridian = zone * 3;
  const name = prefixed ? `CGCS2000_3_Degree_GK_Zone_${zone}` : `CGCS2000_3_Degree_GK_CM_${meridian}E`;
  const falseEasting = (prefixed ? zone * 1_000_000 : 0) + 500_000;
  return (
    `PROJCS["${name}",${GEOGRAPHIC},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",${falseEasting}.0],` +
    `PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",${meridian}.0],PARAMETER["Scale_Factor",1.0],` +
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
  );
}
