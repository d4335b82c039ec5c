// Worked margins of the domain reference, 4.3.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { dangerMargin } from '../../../server/zones/subsidenceMargin.ts';
import { ruleSetSchema } from '../../../server/zones/ruleSet.ts';

const rules = ruleSetSchema.parse(JSON.parse(readFileSync(new URL('../../../data/rules/default-areas.json', import.meta.url), 'utf8')));

test.each([
  [{ depth_m: 300, loose_m: 20, loose_angle_deg: 45, movement_angle_deg: 72 }, 111.0],
  [{ depth_m: 239, loose_m: 48, loose_angle_deg: 45, movement_angle_deg: 68 }, 125.2],
  [{ depth_m: 266, loose_m: 47, loose_angle_deg: 45, movement_angle_deg: 72 }, 118.2],
  [{ depth_m: 300, tan_beta: 2 }, 150.0],
])('%o gives %d m', (properties, margin) => {
  expect(dangerMargin(properties, rules).value).toBeCloseTo(margin, 1);
});

test('the guard belt of the protection class is added', () => {
  const bare = dangerMargin({ depth_m: 100, movement_angle_deg: 72 }, rules).value ?? 0;
  expect(dangerMargin({ depth_m: 100, movement_angle_deg: 72, protection_class: 'third' }, rules).value).toBeCloseTo(bare + 10, 9);
});

test('a missing depth, and missing angles, are said and not guessed', () => {
  expect(dangerMargin({ movement_angle_deg: 72 }, rules)).toMatchObject({ value: null, missing: 'depth_missing' });
  expect(dangerMargin({ depth_m: 100 }, rules)).toMatchObject({ value: null, missing: 'angle_missing' });
});
