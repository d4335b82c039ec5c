import { describe, expect, test } from 'vitest';
import { cgcs2000Zone, crsNamed, crsOfEpsg, epsgNumber, epsgOfPrefixedEasting } from '../../../server/geo/crs.ts';

/** The anchor of the domain reference: 阳泉矿区 in zone 38. */
const LON_LAT = [113.559066, 37.870085] as const;
const NORTHING = 4193169.71;

describe('CGCS2000 zones', () => {
  test.each([
    [4526, 38461203.36],
    [4547, 461203.36],
  ])('EPSG:%i meets the anchor within a centimetre, both ways', (epsg, easting) => {
    const crs = crsOfEpsg(epsg);
    const [x, y] = crs?.fromLonLat(LON_LAT) ?? [0, 0];
    expect(Math.abs(x - easting)).toBeLessThan(0.01);
    expect(Math.abs(y - NORTHING)).toBeLessThan(0.01);
    const [lon, lat] = crs?.toLonLat([easting, NORTHING]) ?? [0, 0];
    expect(Math.abs(lon - LON_LAT[0])).toBeLessThan(1e-7);
    expect(Math.abs(lat - LON_LAT[1])).toBeLessThan(1e-7);
  });

  test.each([
    [4513, 3, 25, 75, true],
    [4526, 3, 38, 114, true],
    [4533, 3, 45, 135, true],
    [4534, 3, 25, 75, false],
    [4547, 3, 38, 114, false],
    [4554, 3, 45, 135, false],
    [4491, 6, 13, 75, true],
    [4497, 6, 19, 111, true],
    [4512, 6, 23, 135, false],
  ])('EPSG:%i is the %i° zone %i at %i°E', (epsg, width, zone, meridian, prefixed) => {
    expect(cgcs2000Zone(epsg)).toMatchObject({ width, zone, meridian, prefixed });
  });

  test('a prefixed easting tells its zone', () => {
    expect(epsgOfPrefixedEasting(38461203)).toBe(4526);
    expect(epsgOfPrefixedEasting(19461203)).toBe(4497);
    expect(epsgOfPrefixedEasting(461203)).toBeNull();
  });
});

test.each(['EPSG:4526', '4526', 'urn:ogc:def:crs:EPSG::4526', 'http://www.opengis.net/def/crs/EPSG/0/4526'])('%s is 4526', (text) => {
  expect(epsgNumber(text)).toBe(4526);
});

test.each(['urn:ogc:def:crs:OGC:1.3:CRS84', 'http://www.opengis.net/def/crs/OGC/1.3/CRS84', 'OGC:CRS84'])('%s is lon/lat', (text) => {
  expect(epsgNumber(text)).toBe(4326);
});

test.each(['EPSG:4610', 'EPSG:4214', 'EPSG:2362', 'EPSG:2414', 'GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954"]]'])(
  '%s is of another datum and not converted',
  (text) => {
    expect(crsNamed(text)).toMatchObject({ fault: 'other_datum' });
  },
);

test.each(['EPSG:9999', 'moon', 'GEOGCS["NAD83",DATUM["North_American_1983"]]'])('%s is unknown', (text) => {
  expect(crsNamed(text)).toMatchObject({ fault: 'unknown' });
});
