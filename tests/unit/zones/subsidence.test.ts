// Worked vectors of domain practice 4.2 to 4.5: probability integral, margins, damage.
import { expect, test } from 'vitest';
import { dangerMargin, influenceMargin, widestMargin, type Margin, type NoMargin } from '../../../server/zones/subsidence/margins.ts';
import {
  deformationAt,
  greatestDeformation,
  greatestDisplacement,
  subsidenceAt,
  subsidenceOf,
  tiltDistance,
  type SeamFigures,
} from '../../../server/zones/subsidence/pim.ts';
import { shippedRules as rules } from '../../support/rules.ts';

const EXAM: SeamFigures = {
  thickness: 15,
  subsidenceFactor: 0.9,
  displacementFactor: 0.3,
  depth: 120,
  tanBeta: Math.tan(Math.PI / 3),
  dip: 0,
};
const FACE_3504: SeamFigures = { thickness: 2.2, subsidenceFactor: 0.785, displacementFactor: 0.3, depth: 239, tanBeta: 1.6, dip: 5 };
const DEEP: SeamFigures = { thickness: 1.4, subsidenceFactor: 0.6, displacementFactor: 0.32, depth: 710, tanBeta: 2.2, dip: 14 };

test('the published exam answer: 13.50 m, 69.28 m, 194.9 mm/m, 4.275 per km, 4.05 m, 88.9 mm/m', () => {
  const basin = subsidenceOf(EXAM);
  const most = greatestDeformation(basin);
  expect(basin.sinking).toBeCloseTo(13.5, 2);
  expect(basin.radius).toBeCloseTo(69.28, 2);
  expect(most.tilt).toBeCloseTo(194.9, 1);
  expect(most.curvature).toBeCloseTo(4.275, 3);
  expect(greatestDisplacement(basin)).toBeCloseTo(4.05, 2);
  expect(most.strain).toBeCloseTo(88.9, 1);
});

test('a measured face: 1.720 m, 149.4 m, 11.52 mm/m, 0.117 per km, 5.25 mm/m', () => {
  const basin = subsidenceOf(FACE_3504);
  const most = greatestDeformation(basin);
  expect(basin.sinking).toBeCloseTo(1.72, 3);
  expect(basin.radius).toBeCloseTo(149.4, 1);
  expect(most.tilt).toBeCloseTo(11.52, 2);
  expect(most.curvature).toBeCloseTo(0.117, 3);
  expect(most.strain).toBeCloseTo(5.25, 2);
});

test('a deep face under a dip of 14°: 2.53 mm/m and 1.23 mm/m', () => {
  const most = greatestDeformation(subsidenceOf(DEEP));
  expect(most.tilt).toBeCloseTo(2.53, 2);
  expect(most.strain).toBeCloseTo(1.23, 2);
});

test.each([
  [EXAM, 1.27],
  [FACE_3504, 1.01],
  [DEEP, 0.9],
])('10 mm of subsidence lie at %#: %d radii', (seam, radii) => {
  const basin = subsidenceOf(seam);
  let [near, far] = [0, 3 * basin.radius];
  for (let i = 0; i < 60; i++) {
    const middle = (near + far) / 2;
    if (subsidenceAt(basin, middle) > 0.01) near = middle;
    else far = middle;
  }
  expect(near / basin.radius).toBeCloseTo(radii, 2);
});

test('the profile’s own derivatives are its tilt and its curvature, and its greatest values are the stated ones', () => {
  const basin = subsidenceOf(FACE_3504);
  const most = greatestDeformation(basin);
  let steepest = 0;
  let bent = 0;
  for (let x = -200; x <= 200; x += 0.25) {
    const step = 1e-3;
    // wider, because the error function is good to 1e-7 only
    const tilt = -((subsidenceAt(basin, x + 0.05) - subsidenceAt(basin, x - 0.05)) / 0.1) * 1000;
    const here = deformationAt(basin, x);
    expect(Math.abs(tilt - here.tilt)).toBeLessThan(0.01);
    const curvature = Math.abs((deformationAt(basin, x + step).tilt - deformationAt(basin, x - step).tilt) / (2 * step));
    if (Math.abs(x) > 0.5) expect(Math.abs(curvature - here.curvature)).toBeLessThan(1e-4);
    steepest = Math.max(steepest, here.tilt);
    bent = Math.max(bent, here.curvature);
  }
  expect(steepest).toBeCloseTo(most.tilt, 6);
  expect(bent).toBeCloseTo(most.curvature, 3);
});

test('where the tilt falls to the limit it is the limit', () => {
  const basin = subsidenceOf(FACE_3504);
  expect(deformationAt(basin, tiltDistance(basin, 3)).tilt).toBeCloseTo(3, 9);
  expect(tiltDistance(subsidenceOf(DEEP), 3)).toBe(0);
});

const widest = (margin: Margin | NoMargin) => ('rock' in margin ? widestMargin(margin) : margin.missing);

test.each([
  [{ depth_m: 300, loose_m: 20, loose_angle_deg: 45, movement_angle_deg: 72, boundary_angle_deg: 65, tan_beta: 2 }, 111.0, 150.6, 150.0],
  [{ depth_m: 80, loose_m: 15, loose_angle_deg: 45, movement_angle_deg: 72, boundary_angle_deg: 65, tan_beta: 2 }, 36.1, 45.3, 40.0],
  [{ depth_m: 239, loose_m: 48, loose_angle_deg: 45, movement_angle_deg: 68, boundary_angle_deg: 65, tan_beta: 1.6 }, 125.2, 137.1, 149.4],
  [{ depth_m: 266, loose_m: 47, loose_angle_deg: 45, movement_angle_deg: 72, boundary_angle_deg: 58, tan_beta: 1.8 }, 118.2, 183.8, 147.8],
])('%o: danger %d m, influence the wider of %d and %d m', (properties, danger, byAngle, radius) => {
  expect(widest(dangerMargin(properties, rules))).toBeCloseTo(danger, 1);
  expect(widest(influenceMargin(properties, rules))).toBeCloseTo(Math.max(byAngle, radius), 1);
  const { tan_beta: _, ...angles } = properties;
  expect(widest(influenceMargin(angles, rules))).toBeCloseTo(byAngle, 1);
});

test('where no angle is known the radius of major influence stands for the margin', () => {
  expect(widest(dangerMargin({ depth_m: 300, tan_beta: 2 }, rules))).toBeCloseTo(150, 9);
});

test('the tilt limit rules where it reaches farther than the movement angle', () => {
  const seam = { depth_m: 239, movement_angle_deg: 85, tan_beta: 1.6, thickness_m: 2.2, subsidence_factor: 0.785, dip_deg: 5 };
  expect(widest(dangerMargin(seam, rules))).toBeCloseTo(tiltDistance(subsidenceOf(FACE_3504), 3), 9);
});

test.each([
  ['special', 50],
  ['first', 20],
  ['second', 15],
  ['third', 10],
  ['fourth', 5],
])('the guard belt of class %s adds %d m to the danger line and nothing to the influence line', (protection_class, belt) => {
  const seam = { depth_m: 100, movement_angle_deg: 72, boundary_angle_deg: 65 };
  expect(widest(dangerMargin({ ...seam, protection_class }, rules))).toBeCloseTo(Number(widest(dangerMargin(seam, rules))) + belt, 9);
  expect(widest(influenceMargin({ ...seam, protection_class }, rules))).toBe(widest(influenceMargin(seam, rules)));
});

test('what is missing is said by its field, never guessed', () => {
  expect(widest(dangerMargin({ movement_angle_deg: 72 }, rules))).toEqual(['depth_m']);
  expect(widest(dangerMargin({ depth_m: 100 }, rules))).toEqual(['movement_angle_deg']);
  expect(widest(influenceMargin({ depth_m: 100 }, rules))).toEqual(['boundary_angle_deg']);
  const dipping = { depth_m: 100, dip_deg: 25, movement_angle_deg: 72 };
  expect(widest(dangerMargin(dipping, rules))).toEqual(['movement_angle_down_deg', 'movement_angle_up_deg']);
});

test('a dipping seam has a margin of its own down the dip and up the dip; without its direction the widest rules everywhere', () => {
  const seam = { depth_m: 200, loose_m: 20, dip_deg: 25, movement_angle_deg: 72, movement_angle_down_deg: 60, movement_angle_up_deg: 75 };
  const cot = (degrees: number) => 1 / Math.tan((degrees * Math.PI) / 180);
  const directed = dangerMargin({ ...seam, dip_direction_deg: 180 }, rules) as Margin;
  expect(directed.loose).toBeCloseTo(20, 9);
  expect(directed.rock).toEqual({ strike: 180 * cot(72), down: 180 * cot(60), up: 180 * cot(75) });
  expect(directed).toMatchObject({ dipDirection: 180 });
  const undirected = dangerMargin(seam, rules) as Margin;
  expect(undirected).toMatchObject({ dipDirection: null, fallback: 'uniform', missing: ['dip_direction_deg'] });
  expect(widestMargin(undirected)).toBeCloseTo(20 + 180 * cot(60), 9);
});

test('repeated mining lessens the angles, which widens the margin', () => {
  const seam = { depth_m: 200, movement_angle_deg: 72 };
  expect(widest(dangerMargin(seam, rules, true))).toBeCloseTo(200 / Math.tan((67 * Math.PI) / 180), 9);
});
