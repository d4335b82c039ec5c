// Coordinate reference systems that the service reads and writes, by EPSG code.
//
// CGCS2000 zones follow formulae (domain reference 7.1), not a table: 3° zone n has its meridian at 3n, prefixed
// eastings are EPSG 4488 + n (zones 25–45) and unprefixed ones 4509 + n; 6° zone n has 6n − 3, 4478 + n (13–23) and
// 4489 + n. x is always easting and y northing here, whatever axis order EPSG gives.
import proj4 from 'proj4';
import type { Position } from '../domain/feature.ts';
import { oldDatumOfWkt, oldSystemOfEpsg, oldSystemOfWkt, oldToLonLat, type DatumParameters } from './oldDatum.ts';
import { fromShifted, shiftedNamed, toShifted } from './shiftedDatum.ts';

export interface Crs {
  /** `EPSG:4526`, or `custom` for a .prj that names no known system. */
  readonly code: string;
  readonly geographic: boolean;
  /** File coordinates (x, y) → lon/lat in degrees. */
  readonly toLonLat: (position: Position) => Position;
  /** lon/lat in degrees → x, y. */
  readonly fromLonLat: (position: Position) => Position;
  /** EPSG puts the northing or latitude first. */
  readonly northFirst: boolean;
}

const GEOGRAPHIC = new Set([4326, 4490]);

/** proj4 text of an EPSG code that this service knows; null otherwise. */
function definitionOf(epsg: number): string | null {
  if (GEOGRAPHIC.has(epsg)) return '+proj=longlat +ellps=GRS80 +no_defs';
  if (epsg === 3857) return '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +no_defs';
  const zone = cgcs2000Zone(epsg);
  if (zone) {
    return `+proj=tmerc +lat_0=0 +lon_0=${zone.meridian} +k=1 +x_0=${zone.falseEasting} +y_0=0 +ellps=GRS80 +units=m +no_defs`;
  }
  if (epsg >= 32601 && epsg <= 32660) return `+proj=utm +zone=${epsg - 32600} +datum=WGS84 +units=m +no_defs`;
  if (epsg >= 32701 && epsg <= 32760) return `+proj=utm +zone=${epsg - 32700} +south +datum=WGS84 +units=m +no_defs`;
  return null;
}

export interface GaussKrugerZone {
  readonly width: 3 | 6;
  readonly zone: number;
  readonly meridian: number;
  readonly falseEasting: number;
  readonly prefixed: boolean;
}

/** The CGCS2000 Gauss-Krüger zone of an EPSG code, or null when it is none. */
export function cgcs2000Zone(epsg: number): GaussKrugerZone | null {
  const of = (width: 3 | 6, zone: number, prefixed: boolean): GaussKrugerZone => ({
    width,
    zone,
    meridian: width === 3 ? 3 * zone : 6 * zone - 3,
    falseEasting: prefixed ? zone * 1_000_000 + 500_000 : 500_000,
    prefixed,
  });
  if (epsg >= 4491 && epsg <= 4501) return of(6, epsg - 4478, true);
  if (epsg >= 4502 && epsg <= 4512) return of(6, epsg - 4489, false);
  if (epsg >= 4513 && epsg <= 4533) return of(3, epsg - 4488, true);
  if (epsg >= 4534 && epsg <= 4554) return of(3, epsg - 4509, false);
  return null;
}

/** The EPSG code whose zone prefix an easting in metres carries (13–23: 6° zones, 25–45: 3° zones), or null. */
export function epsgOfPrefixedEasting(easting: number): number | null {
  const prefix = Math.floor(easting / 1_000_000);
  if (prefix >= 13 && prefix <= 23) return 4478 + prefix;
  if (prefix >= 25 && prefix <= 45) return 4488 + prefix;
  return null;
}

const known = new Map<number, Crs>();

/** A CRS by its EPSG number, or null when the service does not know it. */
export function crsOfEpsg(epsg: number): Crs | null {
  const cached = known.get(epsg);
  if (cached) return cached;
  const definition = definitionOf(epsg);
  if (definition === null) return null;
  const crs = crsOn(definition, `EPSG:${epsg}`, GEOGRAPHIC.has(epsg), epsg !== 3857 && (epsg < 32600 || epsg > 32760));
  known.set(epsg, crs);
  return crs;
}

function crsOn(definition: string, code: string, geographic: boolean, northFirst: boolean): Crs {
  // lon/lat of WGS 84 and CGCS2000 are the same numbers here: no conversion, so no digit is lost
  if (geographic) return { code, geographic, northFirst, toLonLat: (p) => p, fromLonLat: (p) => p };
  const converter = proj4(definition);
  const pair = (value: number[]): Position => [value[0] as number, value[1] as number];
  return {
    code,
    geographic,
    northFirst,
    toLonLat: (p) => pair(converter.inverse([p[0], p[1]])),
    fromLonLat: (p) => pair(converter.forward([p[0], p[1]])),
  };
}

export type CrsAnswer = { crs: Crs } | { fault: 'unknown' | 'other_datum'; name: string };

/** EPSG number of `EPSG:4526`, `urn:ogc:def:crs:EPSG::4526`, `http://www.opengis.net/def/crs/EPSG/0/4526`, `4526`. */
export function epsgNumber(text: string): number | null {
  const value = text.trim();
  if (/^(urn:ogc:def:crs:OGC:[\d.]*:|https?:\/\/www\.opengis\.net\/def\/crs\/OGC\/[\d.]+\/|OGC:)?CRS84h?$/i.test(value)) return 4326;
  const match = /^(?:urn:ogc:def:crs:EPSG:[\d.]*:|https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[\d.]+\/|EPSG:+)?(\d{4,5})$/i.exec(value);
  return match?.[1] ? Number(match[1]) : null;
}

/** An older datum's CRS, converted by parameters that the user gives; null for any other. It can be read, not written. */
export function oldCrsNamed(text: string, parameters: DatumParameters): Crs | null {
  const epsg = epsgNumber(text);
  const system = epsg === null ? oldSystemOfWkt(text) : oldSystemOfEpsg(epsg);
  if (!system) return null;
  const fromLonLat = () => {
    throw new Error('an older datum is read, not written');
  };
  const code = epsg === null ? system.datum : `EPSG:${epsg}`;
  return {
    code: `${code} (${parameters.length} parameters given)`,
    geographic: system.meridian === null,
    northFirst: true,
    toLonLat: oldToLonLat(system, parameters),
    fromLonLat,
  };
}

/** A CRS by what a file or a user says of it: a code in any spelling, the WKT of a .prj, or the name of a web map's shifted system. */
export function crsNamed(text: string): CrsAnswer {
  const shifted = shiftedNamed(text);
  if (shifted) {
    return {
      crs: {
        code: shifted,
        geographic: true,
        northFirst: false,
        toLonLat: (position) => fromShifted(shifted, position),
        fromLonLat: (position) => toShifted(shifted, position),
      },
    };
  }
  const epsg = epsgNumber(text);
  if (epsg !== null) {
    const crs = crsOfEpsg(epsg);
    if (crs) return { crs };
    const name = `EPSG:${epsg}`;
    return { fault: oldSystemOfEpsg(epsg) ? 'other_datum' : 'unknown', name };
  }
  return crsOfWkt(text);
}

function crsOfWkt(wkt: string): CrsAnswer {
  const name = /^\s*\w+\s*\[\s*"([^"]+)"/.exec(wkt)?.[1] ?? wkt.trim().slice(0, 60);
  if (oldDatumOfWkt(wkt)) return { fault: 'other_datum', name };
  if (!/wgs[_ ]?(19)?84|china_?(geodetic)?[_ ]?(coordinate)?[_ ]?(system)?[_ ]?2000|cgcs[_ ]?2000/i.test(wkt)) {
    return { fault: 'unknown', name };
  }
  if (/^\s*(GEOGCS|GEOGCRS|GEODCRS)/i.test(wkt)) {
    const crs = crsOfEpsg(/wgs/i.test(wkt) ? 4326 : 4490);
    return crs ? { crs } : { fault: 'unknown', name };
  }
  try {
    const byParameters = cgcs2000OfWkt(wkt);
    if (byParameters) return { crs: byParameters };
    return { crs: crsOn(wkt, name, false, false) };
  } catch {
    return { fault: 'unknown', name };
  }
}

/** The official zone whose meridian and false easting a Gauss-Krüger WKT states. */
function cgcs2000OfWkt(wkt: string): Crs | null {
  if (!/gauss_?_?kruger|transverse_mercator/i.test(wkt) || /wgs/i.test(wkt)) return null;
  const parameter = (name: string) => {
    const match = new RegExp(`"${name}"\\s*,\\s*(-?[\\d.]+)`, 'i').exec(wkt);
    return match?.[1] === undefined ? null : Number(match[1]);
  };
  const meridian = parameter('central_meridian') ?? parameter('longitude of natural origin');
  const easting = parameter('false_easting') ?? parameter('false easting');
  const scale = parameter('scale_factor') ?? parameter('scale factor at natural origin') ?? 1;
  if (meridian === null || easting === null || scale !== 1) return null;
  for (let epsg = 4491; epsg <= 4554; epsg++) {
    const zone = cgcs2000Zone(epsg);
    const sixDegrees = /6_?degree|_6_|zone_?(1[3-9]|2[0-3])\b/i.test(wkt);
    if (zone && zone.meridian === meridian && zone.falseEasting === easting && (zone.prefixed || (zone.width === 6) === sixDegrees)) {
      return crsOfEpsg(epsg);
    }
  }
  return null;
}

/** The 3° zone whose meridian lies nearest to a longitude in degrees. */
export function nearestZone(longitude: number): number {
  return Math.round(longitude / 3);
}
