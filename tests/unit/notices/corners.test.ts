// Corners of a notice: numbered through all rings, in the right zone, to the centimetre; sizes on the ellipsoid.
import { describe, expect, test } from 'vitest';
import type { Geometry, Position } from '../../../server/domain/feature.ts';
import { cornerCells, cornerRings, degreesMinutesSeconds, extentsOf, localZoneOf, MOST_CORNERS } from '../../../server/notices/corners.ts';
import { square } from '../../support/square.ts';
import { ringOf } from './cases.ts';

const ringsOf = (geometry: Geometry) => cornerRings(geometry, localZoneOf(geometry));

describe('the local zone', () => {
  test('the anchor of Yangquan lies in zone 38, and its corner to the centimetre', () => {
    const anchor: Position = [113.559066, 37.870085];
    const geometry: Geometry = { type: 'Polygon', coordinates: [[anchor, [113.56, 37.8701], [113.56, 37.871], anchor]] };
    expect(localZoneOf(geometry)).toMatchObject({ zone: 38, meridian: 114, epsg: 4526 });
    const corner = ringsOf(geometry)[0]?.corners[0];
    expect(corner?.x).toBeCloseTo(4193169.71, 2);
    expect(corner?.y).toBeCloseTo(38461203.36, 2);
    expect(Math.abs((corner?.x ?? 0) - 4193169.71)).toBeLessThan(0.01);
    expect(Math.abs((corner?.y ?? 0) - 38461203.36)).toBeLessThan(0.01);
  });

  test('goes by the centre, at the edge between two zones too', () => {
    expect(localZoneOf(square(118.49, 26.5, 0.01)).epsg).toBe(4527);
    expect(localZoneOf(square(118.4999, 26.5, 0.01)).epsg).toBe(4528);
  });

  test('outside the Chinese zones it says what is wrong', () => {
    expect(() => localZoneOf(square(2, 48, 0.01))).toThrow(/25 至 45 带/);
  });
});

describe('corners', () => {
  test('are numbered through parts and holes, and no closing vertex is listed', () => {
    const geometry: Geometry = {
      type: 'MultiPolygon',
      coordinates: [[ringOf(113.5, 37.8, 0.01), ringOf(113.502, 37.802, 0.002)], [ringOf(113.52, 37.8, 0.001)]],
    };
    const rings = ringsOf(geometry);
    expect(rings.map(({ name }) => name)).toEqual(['第1部分外边界', '第1部分内环1（环内不属于危险区）', '第2部分外边界']);
    expect(rings.map(({ corners }) => corners.map(({ number }) => number))).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
      [9, 10, 11, 12],
    ]);
    expect(rings[2]?.corners[2]?.position).toEqual([expect.closeTo(113.521, 9), expect.closeTo(37.801, 9)]);
  });

  test('a line has degrees with seven decimals, degrees-minutes-seconds, northing and prefixed easting', () => {
    const [first] = ringsOf(square(113.559066, 37.870085, 0.001))[0]?.corners ?? [];
    expect(first && cornerCells(first)).toEqual([
      'J1',
      '113.5590660',
      '37.8700850',
      '113°33′32.6376″',
      '37°52′12.3060″',
      '4193169.71',
      '38461203.36',
    ]);
  });

  test('no minute and no second is ever sixty', () => {
    expect(degreesMinutesSeconds(113.99999999999)).toBe('114°00′00.0000″');
    expect(degreesMinutesSeconds(37 + 59 / 60 + 59.99996 / 3600)).toBe('38°00′00.0000″');
    expect(degreesMinutesSeconds(0.5)).toBe('0°30′00.0000″');
  });

  test('too many of them are refused, with what to do', () => {
    const ring = Array.from({ length: MOST_CORNERS + 2 }, (_, i): Position => {
      const turn = (2 * Math.PI * i) / (MOST_CORNERS + 1);
      return [113.5 + 0.01 * Math.cos(turn), 37.8 + 0.01 * Math.sin(turn)];
    });
    expect(() => ringsOf({ type: 'Polygon', coordinates: [ring] })).toThrow(/simplify/);
  });
});

test('sizes hold on the ellipsoid, holes are taken off, parts are added', () => {
  const holed: Geometry = {
    type: 'MultiPolygon',
    coordinates: [[ringOf(113.5, 37.8, 0.01), ringOf(113.502, 37.802, 0.002)], [ringOf(113.52, 37.8, 0.001)]],
  };
  const { parts, all } = extentsOf(holed);
  // 0.01° at 37.8°: 880.6 m × 1110.0 m
  expect(parts[0]?.area).toBeGreaterThan(0.96 * 880.6 * 1110 * 0.999);
  expect(parts[0]?.area).toBeLessThan(0.96 * 880.6 * 1110 * 1.001);
  expect(all.area).toBeCloseTo((parts[0]?.area ?? 0) + (parts[1]?.area ?? 0), 6);
  expect(all.perimeter).toBeGreaterThan(2 * (880 + 1109) * 1.2);
});
