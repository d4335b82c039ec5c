// Damage grades of brick-concrete buildings (domain practice 4.4): the worst of three, a limit belonging to the milder grade.
import { expect, test } from 'vitest';
import { damageGrade, gradesOf, isCovered } from '../../../server/zones/subsidence/damage.ts';
import { greatestDeformation, subsidenceOf } from '../../../server/zones/subsidence/pim.ts';
import { shippedRules as rules } from '../../support/rules.ts';

const none = { tilt: null, curvature: null, strain: null };

test.each([
  ['tilt', [3, 6, 10]],
  ['curvature', [0.2, 0.4, 0.6]],
  ['strain', [2, 4, 6]],
] as const)('%s: limits %j', (name, [first, second, third]) => {
  const grade = (value: number) => damageGrade({ ...none, [name]: value }, rules);
  expect([0, first, first + 1e-9, second, second + 1e-9, third, third + 1e-9].map(grade)).toEqual([
    'first',
    'first',
    'second',
    'second',
    'third',
    'third',
    'fourth',
  ]);
});

test('a measured face: tilt Ⅳ, curvature Ⅰ, strain Ⅲ, so Ⅳ in all', () => {
  const most = greatestDeformation(
    subsidenceOf({ thickness: 2.2, subsidenceFactor: 0.785, displacementFactor: 0.3, depth: 239, tanBeta: 1.6, dip: 5 }),
  );
  expect(gradesOf(most, rules)).toEqual({ tilt: 'fourth', curvature: 'first', strain: 'third' });
  expect(damageGrade(most, rules)).toBe('fourth');
});

test('a deep face is Ⅰ', () => {
  const most = greatestDeformation(
    subsidenceOf({ thickness: 1.4, subsidenceFactor: 0.6, displacementFactor: 0.32, depth: 710, tanBeta: 2.2, dip: 14 }),
  );
  expect(damageGrade(most, rules)).toBe('first');
});

test('what is not known does not count as harmless: without any of the three there is no grade', () => {
  expect(damageGrade(none, rules)).toBeNull();
  expect(damageGrade({ ...none, curvature: 0.5 }, rules)).toBe('third');
});

test('the table covers brick-concrete; caves, adobe and the rest it does not', () => {
  expect(isCovered('brick_concrete')).toBe(true);
  for (const structure of ['cave_dwelling', 'adobe', 'brick_timber', 'reinforced_concrete', 'other', null])
    expect(isCovered(structure)).toBe(false);
});
