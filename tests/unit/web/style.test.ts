import './browser.ts';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, test } from 'vitest';
import { LAYER_NAMES } from '../../../server/domain/layer.ts';
import type { StyleContext } from '../../../web/map/context.ts';
import { ENTRIES, entriesOn, isOn, toggle } from '../../../web/map/legendEntries.ts';
import { PALETTE_TOKENS, type Palette } from '../../../web/map/palette.ts';
import { buildStyle } from '../../../web/map/style.ts';
import { HAZARD_TYPES } from '../../../web/map/symbols.ts';
import { hazardPoints } from '../../../server/domain/layers/hazardPoints.ts';

const none = { type: 'FeatureCollection' as const, features: [] };
const palette = Object.fromEntries(Object.keys(PALETTE_TOKENS).map((name) => [name, '#123456'])) as Palette;
const everything: StyleContext = {
  theme: 'light',
  palette,
  origin: 'https://example.test',
  layers: new Set(LAYER_NAMES),
  on: new Set(ENTRIES.map((entry) => entry.key)),
  staff: true,
  ground: { url: '/api/ground.png', bounds: [113, 37, 114, 38] },
  basemap: { kind: 'raster', tiles: ['/basemap/{z}/{x}/{y}'], attribution: '' },
  township: '140303004000',
  register: null,
  hazardType: null,
  picked: 'danger-zones:DZ-1',
  place: { lon: 113.5, lat: 37.8 },
  labels: none,
  veil: none,
  district: none,
};

const styled = (change: Partial<StyleContext> = {}) => buildStyle({ ...everything, ...change });
const layerIds = (change: Partial<StyleContext>) => styled(change).layers.map((layer) => layer.id);

describe('the map style', () => {
  test.each([
    ['everything on', {}],
    ['everything off', { on: new Set<never>() }],
    ['the public', { staff: false, layers: new Set(['townships', 'danger-zones', 'hazard-points'] as const) }],
    ['an empty store', { layers: new Set<never>(), ground: null, basemap: null, place: null, picked: null }],
    ['filters', { register: 'flood', hazardType: 'landslide' }],
  ])('is valid with %s', (_name, change) => {
    expect(validateStyleMin(styled(change))).toEqual([]);
  });

  test('asks no other host than its own', () => {
    const urls = JSON.stringify(styled().sources).match(/https?:\/\/[^/"]+/g) ?? [];
    expect(new Set(urls)).toEqual(new Set(['https://example.test']));
    expect(styled()).not.toHaveProperty('glyphs');
    expect(styled()).not.toHaveProperty('sprite');
  });

  test('draws nothing of a layer that the role may not see', () => {
    const sources = styled({ layers: new Set(['townships']) }).layers.flatMap((layer) => ('source' in layer ? [layer.source] : []));
    expect(new Set(sources)).toEqual(new Set(['basemap', 'ground', 'veil', 'townships', 'district', 'labels', 'place']));
  });

  test('names no layer twice', () => {
    const ids = layerIds({});
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('veils the other townships only while one is filtered for', () => {
    expect(layerIds({})).toContain('township-veil');
    expect(layerIds({ township: null })).not.toContain('township-veil');
  });

  test('has a silhouette for every hazard type of the data model', () => {
    const codes = hazardPoints.fields.find((field) => field.name === 'hazard_type')?.codes ?? {};
    expect(new Set(HAZARD_TYPES)).toEqual(new Set(Object.keys(codes)));
  });
});

describe('legend switches', () => {
  test('start at their default and turn over and back', () => {
    const flood = ENTRIES.find((entry) => entry.key === 'points-flood');
    expect(flood && isOn(flood, [])).toBe(false);
    const on = toggle('points-flood', []);
    expect(entriesOn(on).has('points-flood')).toBe(true);
    expect(toggle('points-flood', on)).toEqual([]);
  });
});
