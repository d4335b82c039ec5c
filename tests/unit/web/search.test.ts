import { describe, expect, test } from 'vitest';
import type { NamedPlace } from '../../../web/state/places.ts';
import { findPlaces, readCoordinates } from '../../../web/state/search.ts';

const place = (name: string, id = name): NamedPlace => ({
  layer: 'shelters',
  id,
  name,
  at: [0, 0],
  bounds: [0, 0, 0, 0],
  code: null,
  level: null,
  capacity: null,
  insideHazard: false,
});

describe('coordinates', () => {
  test.each(['113.56,37.87', '113.56 37.87', '37.87, 113.56', '113.56，37.87', '东经113.56 北纬37.87', '113.56°E 37.87°N'])(
    'are read from %s',
    (text) => {
      expect(readCoordinates(text)).toEqual({ lon: 113.56, lat: 37.87 });
    },
  );

  test.each(['', '113.56', '小南沟12,13', '12,13', '113.56,37.87,5', '300,37'])('are not read from "%s"', (text) => {
    expect(readCoordinates(text)).toBeNull();
  });
});

describe('names', () => {
  const all = [place('段北沟小学'), place('北沟'), place('北沟活动中心'), place('石门', 'SH-1')];

  test('are found by any part, those beginning with it first, shorter before longer', () => {
    expect(findPlaces(all, '北沟').map(({ name }) => name)).toEqual(['北沟', '北沟活动中心', '段北沟小学']);
  });

  test('are found by the whole id too', () => {
    expect(findPlaces(all, 'sh-1').map(({ name }) => name)).toEqual(['石门']);
  });

  test('are not found by nothing', () => {
    expect(findPlaces(all, '  ')).toEqual([]);
  });
});
