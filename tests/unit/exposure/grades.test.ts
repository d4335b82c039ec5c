// Grades of danger and of loss at their limits (domain practice 3.1): 以上 belongs to the higher grade, the higher of two wins.
import { expect, test } from 'vitest';
import { dangerLimits, gradeBy, lossLimits } from '../../../server/exposure/grade.ts';
import { shippedRules } from '../../support/rules.ts';

const danger = dangerLimits(shippedRules);
const loss = lossLimits(shippedRules);
const WAN = 10_000;

test.each([
  [0, 'small'],
  [99, 'small'],
  [100, 'medium'],
  [499, 'medium'],
  [500, 'large'],
  [999, 'large'],
  [1000, 'very_large'],
])('%i people in danger are %s', (people, grade) => {
  expect(gradeBy(danger, people, null)).toBe(grade);
  expect(gradeBy(danger, people, 0)).toBe(grade);
});

test.each([
  [499.99, 'small'],
  [500, 'medium'],
  [4999.99, 'medium'],
  [5000, 'large'],
  [9999.99, 'large'],
  [10_000, 'very_large'],
])('%d wan yuan at risk are %s', (wan, grade) => {
  expect(gradeBy(danger, null, wan * WAN)).toBe(grade);
  expect(gradeBy(danger, 0, wan * WAN)).toBe(grade);
});

test.each([
  [2, 'small'],
  [3, 'medium'],
  [9, 'medium'],
  [10, 'large'],
  [29, 'large'],
  [30, 'very_large'],
])('%i dead and missing are %s', (deaths, grade) => {
  expect(gradeBy(loss, deaths, null)).toBe(grade);
});

test.each([
  [99.99, 'small'],
  [100, 'medium'],
  [499.99, 'medium'],
  [500, 'large'],
  [999.99, 'large'],
  [1000, 'very_large'],
])('a loss of %d wan yuan is %s', (wan, grade) => {
  expect(gradeBy(loss, null, wan * WAN)).toBe(grade);
});

test('the higher of the two decides', () => {
  expect(gradeBy(danger, 99, 5000 * WAN)).toBe('large');
  expect(gradeBy(danger, 1000, 1)).toBe('very_large');
  expect(gradeBy(danger, null, null)).toBeNull();
});

test('a limit that a sum of doubles meets exactly is met', () => {
  // 0.1 three times is a hair more than 0.3, and 4.35 × 100 a hair less than 435
  const parts = Array.from({ length: 1000 }, () => 0.5);
  expect(
    gradeBy(
      danger,
      null,
      parts.reduce((sum, part) => sum + part * WAN, 0),
    ),
  ).toBe('medium');
  expect(
    gradeBy(
      danger,
      null,
      [166.66, 166.67, 166.67].reduce((sum, part) => sum + part * WAN, 0),
    ),
  ).toBe('medium');
  expect(gradeBy(danger, null, 4999.999_999_999 * WAN)).toBe('large');
});

test('limits are those of the rules, not of the code', () => {
  const rules = {
    ...shippedRules,
    rules: shippedRules.rules.map((rule) =>
      rule.id === 'danger-grade'
        ? { ...rule, parameters: { ...rule.parameters, people: { very_large: 50, large: 20, medium: 10 } } }
        : rule,
    ),
  };
  expect(gradeBy(dangerLimits(rules), 20, null)).toBe('large');
});
