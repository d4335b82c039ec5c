import './browser.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { count, edgeMetres, roughDistance } from '../../../web/i18n/format.ts';
import { words } from '../../../web/i18n/t.ts';
import { roundScale } from '../../../web/map/scale.ts';
import { ruleWords } from '../../../web/panels/card/ruleWords.ts';
import { accuracyOf } from '../../../web/panels/card/accuracy.ts';
import { chooseLanguage, language } from '../../../web/state/preferences.ts';
import { revisionOf } from '../../../web/state/events.ts';

beforeEach(() => {
  language.value = 'zh-CN';
});

describe('the language', () => {
  test.each([
    ['?lang=en', 'zh-CN', 'zh-CN', 'en'],
    ['?lang=zh-CN', 'en', 'en', 'zh-CN'],
    ['', 'en', 'zh-CN', 'en'],
    ['', null, 'zh-TW', 'zh-CN'],
    ['', null, 'fr', 'en'],
  ])('of "%s", kept %s, browser %s is %s', (search, kept, browser, expected) => {
    expect(chooseLanguage(search, kept, browser)).toBe(expected);
  });

  test('changes the words at once', () => {
    expect(words().legend).toBe('图例');
    language.value = 'en';
    expect(words().legend).toBe('Legend');
  });
});

describe('figures', () => {
  test('are grouped, and an absent one is a dash, never 0', () => {
    expect([count(16419), count(0), count(null)]).toEqual(['16,419', '0', '—']);
  });

  test('of distances to an edge are finer the nearer it is', () => {
    expect([edgeMetres(0.404), edgeMetres(-11.42), edgeMetres(330.4), edgeMetres(0)]).toEqual(['0.40', '11.4', '330', '0']);
  });

  test('of distances on foot are round', () => {
    expect([roughDistance(3, words()), roughDistance(634, words()), roughDistance(1290, words())]).toEqual(['10米', '630米', '1.3公里']);
  });
});

describe('a rule in words', () => {
  test.each([
    [{ radius_m: 15 }, '以隐患点为中心，半径 15 米以内'],
    [{ left_m: 45, right_m: 0 }, '河道线左岸一侧 45 米、右岸一侧 0 米以内'],
    [{ margin_m: 125.169 }, '边界向外 125.2 米以内'],
    [{ margin_m: 0 }, '画定的边界以内'],
    [{}, '画定的边界以内'],
  ])('of %j', (area, expected) => {
    expect(ruleWords(area, words())).toBe(expected);
  });
});

test('the accuracy of a position is what the margin lacks to the distance', () => {
  expect(accuracyOf({ distance: -8.5, margin: -3.5 })).toBeCloseTo(12);
  expect(accuracyOf({ distance: 8.5, margin: 8.5 })).toBe(0);
  expect(accuracyOf({ distance: null, margin: null })).toBeNull();
});

test('the scale bar shows the greatest round length that fits', () => {
  expect(roundScale(1)).toEqual({ metres: 100, pixels: 100 });
  expect(roundScale(7.3).metres).toBe(500);
  expect(roundScale(0.25).metres).toBe(20);
});

test('only a whole event tells a revision', () => {
  expect([revisionOf('{"revision":43}'), revisionOf('{"revision":"43"}'), revisionOf('43'), revisionOf('{')]).toEqual([
    43,
    null,
    null,
    null,
  ]);
});
