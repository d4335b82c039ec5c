import './browser.ts';
import { beforeEach, describe, expect, test } from 'vitest';
import { formulaWords } from '../../../web/i18n/card/formulaTerms.ts';
import { cardWords } from '../../../web/i18n/card/words.ts';
import { figureWords, inputRows } from '../../../web/panels/card/inputWords.ts';
import { language } from '../../../web/state/preferences.ts';
import { shippedRules } from '../../support/rules.ts';

beforeEach(() => {
  language.value = 'zh-CN';
});

/** Names of functions that both languages write alike. */
const FUNCTIONS = /\b(?:min|max|cot|tan|log10|km|or)\b/g;

describe('a formula', () => {
  test.each(shippedRules.rules.map((rule) => [rule.id, rule.formula]))(
    'of %s is read in Chinese by a reader of Chinese',
    (_id, formula) => {
      expect(formulaWords(formula).replaceAll(FUNCTIONS, '')).not.toMatch(/[a-z]{3,}/i);
    },
  );

  test.each([
    ['body 190 × 110; run-out min(250, 1 × 190) = 190; flanks + 11 m', '滑体 190 × 110；滑距 min(250, 1 × 190) = 190；两侧 + 11 m'],
    [
      'face 17 / tan 30° = 29.4; crest + 10; toe + min(50, 2 × 17) = 34 m',
      '坡面 17 / tan 30° = 29.4；坡顶后 + 10；坡脚外 + min(50, 2 × 17) = 34 m',
    ],
    ['fan as drawn', '扇按实测'],
    ['left 18.5 m, right 0 m, facing downstream', '左 18.5 m，右 0 m，面向下游'],
    ['union of 2 zones', '2 处沉陷区合并'],
    ['max(20·cot 45° + 280·cot 72° = 111, x(i) 97.8) m', 'max(20⋅cot 45° + 280⋅cot 72° = 111, x(i) 97.8) m'],
  ])('with figures in it: %s', (formula, expected) => {
    expect(formulaWords(formula)).toBe(expected);
  });

  test('is left as it is in English, but for the dot', () => {
    language.value = 'en';
    expect(formulaWords('body 190 × 110; s · 2')).toBe('body 190 × 110; s ⋅ 2');
  });
});

describe('the inputs of a rule', () => {
  const inputs = {
    length_m: 300,
    width_m: null,
    aspect_deg: null,
    runout_m: 250,
    volume_m3: 600_000,
    travel_check: 'within',
    body: 'danger-zones:WXQ-7',
    shape: { kind: 'disc' },
    replaces: { rule: 'pit' },
    below_least_height: true,
    unheard_of: 'yes',
  };

  test('are named by the fields of the source, or by words of their own, with units', () => {
    const rows = Object.fromEntries(inputRows('hazard-points', inputs, ['aspect_deg']).map(({ label, value }) => [label, value]));
    expect(rows).toMatchObject({ 长度: '300 米', 滑距: '250 米', 体积: '600,000 立方米', 视摩擦角校核: '在规则范围内', 宽度: '未填' });
  });

  test('leave out what is said elsewhere, and nothing else', () => {
    const keys = inputRows('hazard-points', inputs, ['aspect_deg']).map(({ key }) => key);
    expect(keys).toEqual(['length_m', 'width_m', 'runout_m', 'volume_m3', 'travel_check', 'body', 'unheard_of']);
  });

  test('are rounded as finely as they matter', () => {
    expect([figureWords(1.9), figureWords(0.047), figureWords(150.566), figureWords(12_345.6)]).toEqual(['1.9', '0.05', '150.6', '12,346']);
  });
});

test('the words of a part follow the language', () => {
  expect(cardWords().notCounted).toBe('不计入受威胁人口');
  language.value = 'en';
  expect(cardWords().notCounted).toContain('Not counted');
});
