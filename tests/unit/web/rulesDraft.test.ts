import { describe, expect, test } from 'vitest';
import type { RuleSet } from '../../../server/domain/rules.ts';
import { revisedRuleSet } from '../../../server/zones/ruleSet.ts';
import { changedKeys, draftOf, readTyped, setOfDraft, type Draft } from '../../../web/panels/book/rules/draft.ts';
import { changesBetween, keyOfPointer, leafAt, withLeaves } from '../../../web/panels/book/rules/leaves.ts';
import { shippedRules } from '../../support/rules.ts';

const CAP = 'cut-slope/parameters/toe_cap_m';
const BELT = 'subsidence-danger-line/parameters/belt_m/special';
const TEXT = 'restrictions/texts/landslide/zh';

const draft = (entries: Record<string, string | boolean>): Draft => new Map(Object.entries(entries));
const made = (from: RuleSet, of: Draft): RuleSet => {
  const answer = setOfDraft(from, of);
  if (!('set' in answer)) throw new Error(`the draft cannot be read: ${[...answer.faults.keys()].join(', ')}`);
  return answer.set;
};

describe('a draft of the rules', () => {
  test('changes the values it names and nothing else', () => {
    const set = made(shippedRules, draft({ [CAP]: '42.5', [BELT]: '60', [TEXT]: '禁止蓄水', 'pit/verified': true }));
    expect([leafAt(set, CAP), leafAt(set, BELT), leafAt(set, TEXT), leafAt(set, 'pit/verified')]).toEqual([42.5, 60, '禁止蓄水', true]);
    expect(changesBetween(shippedRules, set)).toHaveLength(4);
    expect(leafAt(shippedRules, CAP)).toBe(50);
  });

  test('makes a set that the service takes', () => {
    const answer = revisedRuleSet(made(shippedRules, draft({ [CAP]: '42.5', [TEXT]: '禁止蓄水' })), shippedRules);
    expect(answer).toHaveProperty('set');
  });

  test('that says what the set says changes nothing', () => {
    expect(changedKeys(shippedRules, draft({ [CAP]: '50', 'pit/verified': false, 'no-rule/standard': 'x' }))).toEqual([]);
  });

  test.each([
    ['', 'empty'],
    ['ten', 'not_a_number'],
    ['-1', 'negative'],
    ['Infinity', 'not_a_number'],
  ])('with "%s" for a figure is at fault: %s', (typed, fault) => {
    expect(setOfDraft(shippedRules, draft({ [CAP]: typed }))).toEqual({ faults: new Map([[CAP, fault]]) });
  });

  test('may leave a standard empty, but not a text', () => {
    expect(readTyped('pit/standard', ' ', 'DZ/T 0286')).toEqual({ value: null });
    expect(readTyped(TEXT, ' ', '禁止')).toEqual({ fault: 'empty' });
  });

  test('brings an earlier set back value by value', () => {
    const later = withLeaves(
      shippedRules,
      new Map<string, string | number>([
        [CAP, 30],
        [TEXT, '另文'],
      ]),
    );
    const back = draftOf(later, shippedRules);
    expect([...back.keys()].toSorted()).toEqual([CAP, TEXT].toSorted());
    expect(changesBetween(shippedRules, made(later, back))).toEqual([]);
  });
});

describe('a fault that the service points at', () => {
  const at = (id: string) => shippedRules.rules.findIndex((rule) => rule.id === id);

  test('is found at its value', () => {
    expect(keyOfPointer(`/rules/${at('cut-slope')}/parameters/toe_cap_m`, shippedRules)).toBe(CAP);
    expect(keyOfPointer(`/rules/${at('restrictions')}/texts/landslide/zh`, shippedRules)).toBe(TEXT);
  });

  test('of a whole table stands at its first value', () => {
    expect(keyOfPointer(`/rules/${at('subsidence-danger-line')}/parameters/belt_m`, shippedRules)).toBe(BELT);
  });

  test('of the set as a whole stands at none', () => {
    expect([
      keyOfPointer('/rules', shippedRules),
      keyOfPointer('/rules/999/parameters/x', shippedRules),
      keyOfPointer('', shippedRules),
    ]).toEqual([null, null, null]);
  });
});
