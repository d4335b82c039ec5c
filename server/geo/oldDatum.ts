// Xi'an 80 and Beijing 54: recognised for what they are, and converted only by parameters that the user holds. The service
// ships none: conversion parameters between these datums and CGCS2000 are not public.
import proj4 from 'proj4';
import type { Position } from '../domain/feature.ts';

export type OldDatum = 'Xian 1980' | 'Beijing 1954';

/** Ellipsoids: IAG 1975 and Krassowsky 1940. */
const ELLIPSOIDS: Readonly<Record<OldDatum, string>> = { 'Xian 1980': '+a=6378140 +rf=298.257', 'Beijing 1954': '+ellps=krass' };

export interface OldSystem {
  readonly datum: OldDatum;
  /** Degrees; null: the system is geographic. */
  readonly meridian: number | null;
  readonly falseEasting: number;
}

/** The system of an EPSG code of these datums, or null (domain practice 7.1). */
export function oldSystemOfEpsg(epsg: number): OldSystem | null {
  if (epsg === 4610) return { datum: 'Xian 1980', meridian: null, falseEasting: 0 };
  if (epsg === 4214) return { datum: 'Beijing 1954', meridian: null, falseEasting: 0 };
  const zone = (datum: OldDatum, n: number, width: 3 | 6, prefixed: boolean): OldSystem => ({
    datum,
    meridian: width === 3 ? 3 * n : 6 * n - 3,
    falseEasting: (prefixed ? n * 1_000_000 : 0) + 500_000,
  });
  const families: readonly (readonly [datum: OldDatum, base: number, width: 3 | 6, prefixed: boolean])[] = [
    ['Xian 1980', 2324, 3, true],
    ['Xian 1980', 2345, 3, false],
    ['Xian 1980', 2314, 6, true],
    ['Xian 1980', 2325, 6, false],
    ['Beijing 1954', 2376, 3, true],
    ['Beijing 1954', 2397, 3, false],
    ['Beijing 1954', 21400, 6, true],
    ['Beijing 1954', 21440, 6, false],
  ];
  for (const [datum, base, width, prefixed] of families) {
    const n = epsg - base;
    if (width === 3 ? n >= 25 && n <= 45 : n >= 13 && n <= 23) return zone(datum, n, width, prefixed);
  }
  return null;
}

/** The older datum that a WKT names, or null. */
export function oldDatumOfWkt(wkt: string): OldDatum | null {
  return /beijing|krassow/i.test(wkt) ? 'Beijing 1954' : /xian|xi'an|iag_?1975/i.test(wkt) ? 'Xian 1980' : null;
}

/** The system that a WKT of one of these datums describes; null for another datum, or where the projection is not all there. */
export function oldSystemOfWkt(wkt: string): OldSystem | null {
  const datum = oldDatumOfWkt(wkt);
  if (!datum) return null;
  if (/^\s*(GEOGCS|GEOGCRS|GEODCRS)/i.test(wkt)) return { datum, meridian: null, falseEasting: 0 };
  const parameter = (name: string) => {
    const match = new RegExp(`"${name}"\\s*,\\s*(-?[\\d.]+)`, 'i').exec(wkt);
    return match?.[1] === undefined ? null : Number(match[1]);
  };
  const meridian = parameter('central_meridian') ?? parameter('longitude of natural origin');
  const falseEasting = parameter('false_easting') ?? parameter('false easting');
  return meridian === null || falseEasting === null ? null : { datum, meridian, falseEasting };
}

/** Three shifts in metres, or seven parameters: shifts, rotations in seconds of arc (position vector, EPSG 9606), scale in ppm. */
export type DatumParameters = readonly number[];

/** File coordinates (x, y) of an old system → lon/lat of CGCS2000 by the parameters given. */
export function oldToLonLat({ datum, meridian, falseEasting }: OldSystem, parameters: DatumParameters): (position: Position) => Position {
  const shift = `${ELLIPSOIDS[datum]} +towgs84=${parameters.join(',')} +no_defs`;
  const source =
    meridian === null
      ? `+proj=longlat ${shift}`
      : `+proj=tmerc +lat_0=0 +lon_0=${meridian} +k=1 +x_0=${falseEasting} +y_0=0 +units=m ${shift}`;
  const converter = proj4(source, '+proj=longlat +ellps=GRS80 +towgs84=0,0,0 +no_defs');
  return ([x, y]) => {
    const lonLat: number[] = converter.forward([x, y]);
    return [lonLat[0] as number, lonLat[1] as number];
  };
}
