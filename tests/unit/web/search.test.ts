import './browser.ts';
import { describe, expect, test } from 'vitest';
import type { Hit } from '../../../web/api/search.ts';
import type { NamedPlace } from '../../../web/state/places.ts';
import { findPlaces, readCoordinates, readGridText } from '../../../web/state/search.ts';
import { grouped } from '../../../web/state/searching.ts';

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
      expect(readCoordinates(text)).toEqual({ lon: 113.56, lat: 37.87, notation: 'decimal' });
    },
  );

  test.each([
    '113°33′36″ 37°52′12″',
    `113°33'36"E, 37°52'12"N`,
    'N37°52′12″ E113°33′36″',
    '东经113°33′36″北纬37°52′12″',
    '北纬37度52分12秒，东经113度33分36秒',
    '113 33 36, 37 52 12',
    '113 33 36 37 52 12',
    '113:33:36 37:52:12',
    '113°33.6′ 37°52.2′',
    '１１３°３３′３６″，３７°５２′１２″',
  ])('are read in degrees, minutes and seconds from %s', (text) => {
    const found = readCoordinates(text);
    expect(found?.notation).toBe('dms');
    expect(found?.lon).toBeCloseTo(113.56, 9);
    expect(found?.lat).toBeCloseTo(37.87, 9);
  });

  test.each(['', '113.56', '小南沟12,13', '12,13', '113.56,37.87,5', '300,37', 'E113.5 E37.8', '113 75 36, 37 52 12'])(
    'are not read from "%s"',
    (text) => {
      expect(readCoordinates(text)).toBeNull();
    },
  );
});

describe('metres of a zone', () => {
  test.each([
    ['4193169.71, 38461203.36', true],
    ['38461203.36 4193169.71', true],
    ['X=4193169.71 Y=461203.36', false],
    ['横坐标 461203.36 纵坐标 4193169.71', false],
  ])('are told apart by their size: %s', (text, prefixed) => {
    const found = readGridText(text);
    expect(found).toMatchObject({ northing: 4193169.71, prefixed });
    expect((found?.easting ?? 0) % 1_000_000).toBeCloseTo(461203.36, 2);
  });

  test.each(['13812345678', '140303010010', '4193169.71', '113.56,37.87', '东坡 4193169 461203'])('are not read from %s', (text) => {
    expect(readGridText(text)).toBeNull();
  });
});

describe('what was found here and there', () => {
  const hit = (layer: Hit['layer'], id: string, name: string | null, match: Hit['match']): Hit => ({
    layer,
    id,
    name,
    detail: '北沟1号',
    at: [113, 37],
    match,
  });

  test('stands together by kind, each thing once, the best fit first', () => {
    const groups = grouped(
      '北沟',
      [place('北沟活动中心', 'S1')],
      [hit('shelters', 'S1', '北沟活动中心', 'name'), hit('households', 'H1', null, 'address'), hit('schools', 'X1', '北沟', 'name')],
    );
    expect(groups.map(({ layer, results }) => [layer, results.map(({ id, name, match }) => `${id} ${name} ${match}`)])).toEqual([
      ['schools', ['X1 北沟 name']],
      ['shelters', ['S1 北沟活动中心 name']],
      ['households', ['H1 H1 address']],
    ]);
    // the page knows how far it reaches
    expect(groups[1]?.results[0]?.bounds).toEqual([0, 0, 0, 0]);
  });

  test('leaves out what is in no layer that the page knows', () => {
    expect(grouped('x', [], [{ ...hit('schools', '1', 'x', 'name'), layer: 'ghosts' as Hit['layer'] }])).toEqual([]);
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
