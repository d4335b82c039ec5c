import { expect, test } from 'vitest';
import { sortFound } from '../../../web/map/identify.ts';

const tile = (sourceLayer: string, properties: Record<string, unknown>) => ({ sourceLayer, properties, id: undefined });

test('a feature drawn by several style layers is one thing to pick', () => {
  const zone = tile('danger-zones', { id: 'DZ-1', name: '小南沟危险区', status: 'announced' });
  const { candidates } = sortFound([zone, zone]);
  expect(candidates).toEqual([
    { layer: 'danger-zones', id: 'DZ-1', zone: 'danger-zones:DZ-1', name: '小南沟危险区', codes: { status: 'announced' } },
  ]);
});

test('a derived area stands for its source', () => {
  const strip = tile('threatened-areas', { id: 'x', zone: 'river-sections:RS:1', layer: 'river-sections', name: '蒙河' });
  expect(sortFound([strip]).candidates[0]).toMatchObject({ layer: 'river-sections', id: 'RS:1', zone: 'river-sections:RS:1' });
});

test('a zone and the area derived from it are one thing, with what both tell', () => {
  const found = sortFound([
    tile('threatened-areas', { id: 'a', zone: 'danger-zones:DZ-1', hazard_type: 'landslide' }),
    tile('danger-zones', { id: 'DZ-1', name: '小南沟危险区', status: 'announced' }),
  ]);
  expect(found.candidates).toHaveLength(1);
  expect(found.candidates[0]).toMatchObject({ name: '小南沟危险区', codes: { status: 'announced', hazard_type: 'landslide' } });
});

test('small things come before large ones', () => {
  const found = sortFound([
    tile('hazard-areas', { id: 'h' }),
    tile('danger-zones', { id: 'z' }),
    tile('households', { id: 'q', n: 1 }),
    tile('hazard-points', { id: 'p' }),
  ]);
  expect(found.candidates.map(({ layer }) => layer)).toEqual(['households', 'hazard-points', 'danger-zones', 'hazard-areas']);
});

test('a circle that stands for several households is not one of them', () => {
  const found = sortFound([tile('households', { n: 48, hit: 3 }), tile('households', { n: 7, hit: 0 })]);
  expect(found).toMatchObject({ candidates: [], clustered: 48 });
});

test('the township is told apart from what can be picked, and the district is not a township', () => {
  const found = sortFound([
    tile('townships', { id: 'd', code: '140303000000', name: '矿区', level: 'county' }),
    tile('townships', { id: 't', code: '140303004000', name: '沙坪街道', level: 'township' }),
  ]);
  expect(found).toMatchObject({ candidates: [], township: { code: '140303004000', name: '沙坪街道' } });
});

test('features of layers unknown here are left alone', () => {
  expect(sortFound([tile('roads', { id: 'r' })]).candidates).toEqual([]);
});
