// Systems as gpkg_spatial_ref_sys states them: a name, and the definition as well-known text 1 (OGC 01-009). No AXIS: a
// GeoPackage has the easting or longitude first whatever order EPSG gives, and that is what WKT 1 means without one.
import { cgcs2000Zone } from '../geo/crs.ts';
import { utmZone } from './prj.ts';

export interface SystemRow {
  readonly name: string;
  readonly definition: string;
}

const authority = (code: number) => `AUTHORITY["EPSG","${code}"]`;
const DEGREES = `PRIMEM["Greenwich",0,${authority(8901)}],UNIT["degree",0.0174532925199433,${authority(9122)}]`;
const METRES = `UNIT["metre",1,${authority(9001)}]`;

const CGCS2000: SystemRow = {
  name: 'China Geodetic Coordinate System 2000',
  definition:
    `GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101,${authority(1024)}],` +
    `${authority(1043)}],${DEGREES},${authority(4490)}]`,
};
const WGS84: SystemRow = {
  name: 'WGS 84',
  definition:
    `GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,${authority(7030)}],${authority(6326)}],` +
    `${DEGREES},${authority(4326)}]`,
};

interface Mercator {
  readonly meridian: number;
  readonly falseEasting: number;
  readonly falseNorthing: number;
  readonly scale: number;
}

function transverse(name: string, base: SystemRow, epsg: number, { meridian, falseEasting, falseNorthing, scale }: Mercator): SystemRow {
  const parameters = [
    ['latitude_of_origin', 0],
    ['central_meridian', meridian],
    ['scale_factor', scale],
    ['false_easting', falseEasting],
    ['false_northing', falseNorthing],
  ];
  const list = parameters.map(([parameter, value]) => `PARAMETER["${parameter}",${value}]`).join(',');
  return {
    name,
    definition: `PROJCS["${name}",${base.definition},PROJECTION["Transverse_Mercator"],${list},${METRES},${authority(epsg)}]`,
  };
}

const WEB_MERCATOR: SystemRow = {
  name: 'WGS 84 / Pseudo-Mercator',
  definition:
    `PROJCS["WGS 84 / Pseudo-Mercator",${WGS84.definition},PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],` +
    `PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],${METRES},` +
    'EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"],' +
    `${authority(3857)}]`,
};

/** A system by its EPSG number. @throws RangeError for one that the service does not write */
export function systemRow(epsg: number): SystemRow {
  if (epsg === 4326) return WGS84;
  if (epsg === 4490) return CGCS2000;
  if (epsg === 3857) return WEB_MERCATOR;
  const zone = cgcs2000Zone(epsg);
  if (zone) {
    const { width, meridian, falseEasting, prefixed } = zone;
    const name = `CGCS2000 / ${width === 3 ? '3-degree ' : ''}Gauss-Kruger ${prefixed ? `zone ${zone.zone}` : `CM ${meridian}E`}`;
    return transverse(name, CGCS2000, epsg, { meridian, falseEasting, falseNorthing: 0, scale: 1 });
  }
  const utm = utmZone(epsg);
  if (!utm) throw new RangeError(`EPSG:${epsg} is not a system that is exported`);
  return transverse(`WGS 84 / UTM zone ${utm.zone}${utm.south ? 'S' : 'N'}`, WGS84, epsg, {
    meridian: utm.meridian,
    falseEasting: 500_000,
    falseNorthing: utm.south ? 10_000_000 : 0,
    scale: 0.9996,
  });
}
