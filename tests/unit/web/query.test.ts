import { expect, test } from 'vitest';
import { DEFAULT_VIEW } from '../../../web/state/permalink.ts';
import { exposureQuery, listQuery, zoneQuery } from '../../../web/state/query.ts';

const view = { ...DEFAULT_VIEW, township: '140303004000', hazardType: 'landslide' };

test('totals are asked for with base, time and every filter that is on', () => {
  expect(exposureQuery(view)).toBe('base=resident&at=night&township=140303004000&hazard_type=landslide');
});

test('a breakdown leaves out its own facet, so that its other rows stay', () => {
  expect(exposureQuery(view, 'township')).toBe('base=resident&at=night&hazard_type=landslide');
});

test('a list adds what the clicked number stands for', () => {
  expect(listQuery(view, { certainty: 'possible' })).toBe(`${exposureQuery(view)}&certainty=possible`);
});

test('the figure of one zone does not depend on the filters', () => {
  expect(zoneQuery(view, 'danger-zones:DZ-001')).toBe(zoneQuery(DEFAULT_VIEW, 'danger-zones:DZ-001'));
});
