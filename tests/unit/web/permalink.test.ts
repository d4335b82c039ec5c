import { describe, expect, test } from 'vitest';
import { DEFAULT_VIEW, readView, writeView, type View } from '../../../web/state/permalink.ts';

const view: View = {
  camera: { lon: 113.56, lat: 37.87, zoom: 12.5 },
  base: 'registered',
  at: 'day',
  township: '140303004000',
  register: 'flood',
  hazardType: 'landslide',
  layer: 'river-sections',
  table: 'zones',
  toggled: ['points-flood', 'zone-revoked'],
  picked: 'danger-zones:DZ-001',
};

describe('the permalink', () => {
  test('brings back the view it was written from', () => {
    expect(readView(writeView(view))).toEqual(view);
  });

  test('leaves defaults out', () => {
    expect(writeView(DEFAULT_VIEW)).toBe('#v=1');
    expect(readView('')).toEqual(DEFAULT_VIEW);
  });

  test('never holds the id of a household, read or written', () => {
    expect(writeView({ ...view, picked: 'households:QT-0309-058' })).not.toContain('QT-0309');
    expect(readView('#pick=households:QT-0309-058').picked).toBeNull();
  });

  test.each(['#c=1,2', '#c=a,b,c', '#c=200,10,5', '#c=113,37,99', '#base=everyone&at=noon&table=people'])(
    'falls back to defaults for %s',
    (hash) => {
      expect(readView(hash)).toEqual(DEFAULT_VIEW);
    },
  );

  test('an open drawing is part of the link, a closed one is not', () => {
    const open = { ...DEFAULT_VIEW, draw: true };
    expect(writeView(open)).toBe('#v=1&draw=1');
    expect(readView('#v=1&draw=1')).toEqual(open);
    expect(readView('#v=1&draw=yes').draw).toBeUndefined();
  });
});
