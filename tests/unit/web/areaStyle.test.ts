import './browser.ts';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, test } from 'vitest';
import { LAYER_NAMES } from '../../../server/domain/layer.ts';
import type { StyleContext } from '../../../web/map/context.ts';
import { sortFound } from '../../../web/map/identify.ts';
import { ENTRIES } from '../../../web/map/legendEntries.ts';
import { PALETTE_TOKENS, type Palette } from '../../../web/map/palette.ts';
import { buildStyle } from '../../../web/map/style.ts';
import { readView, writeView } from '../../../web/state/permalink.ts';

const none = { type: 'FeatureCollection' as const, features: [] };
const palette = Object.fromEntries(Object.keys(PALETTE_TOKENS).map((name) => [name, '#123456'])) as Palette;
const everything: StyleContext = {
  theme: 'light',
  palette,
  origin: 'https://example.test',
  layers: new Set(LAYER_NAMES),
  on: new Set(ENTRIES.map((entry) => entry.key)),
  staff: true,
  ground: null,
  basemap: null,
  township: null,
  register: null,
  hazardType: null,
  picked: null,
  place: null,
  labels: none,
  veil: none,
  district: none,
};
const layersOf = (change: Partial<StyleContext> = {}) => buildStyle({ ...everything, ...change }).layers;
const idsOf = (change: Partial<StyleContext> = {}) => layersOf(change).map((layer) => layer.id);

describe('areas on the map', () => {
  test('are all drawn, and every kind can be switched off by its own entry', () => {
    for (const [entry, id] of [
      ['point-areas', 'point-area-line'],
      ['point-fallbacks', 'point-fallback-line'],
      ['hazard-extents', 'extent-line'],
      ['management', 'management-line'],
      ['influence', 'influence-line'],
      ['mine-areas', 'mine-line'],
    ] as const) {
      const on = new Set(everything.on);
      on.delete(entry);
      expect([entry, idsOf().includes(id), idsOf({ on }).includes(id)]).toEqual([entry, true, false]);
    }
  });

  test('that fell back for want of data have a finer dash than those of complete data', () => {
    const dash = (id: string) => {
      const layer = layersOf().find((one) => one.id === id);
      return layer?.type === 'line' ? (layer.paint?.['line-dasharray'] as number[] | undefined)?.[0] : undefined;
    };
    expect(dash('point-fallback-line')).toBeLessThan(dash('point-area-line') ?? 0);
  });

  test('of the law, hazard extents and reference areas, are filled with nothing that is seen', () => {
    for (const layer of layersOf()) {
      if (layer.type !== 'fill' || !/^(extent|management|influence|mine)/.test(layer.id)) continue;
      expect([layer.id, layer.paint?.['fill-opacity']]).toEqual([layer.id, 0.01]);
    }
  });

  test('that the rules propose are drawn while they are looked at', () => {
    const proposal = { type: 'Point' as const, coordinates: [113.5, 37.8] };
    expect(idsOf()).not.toContain('proposal-line');
    expect(idsOf({ proposal })).toContain('proposal-line');
    expect(validateStyleMin(buildStyle({ ...everything, proposal }))).toEqual([]);
  });
});

test('a reference area is a thing of its own under a click, after what it lies around, and no zone', () => {
  const { candidates } = sortFound([
    {
      sourceLayer: 'reference-areas',
      id: undefined,
      properties: { id: 'river-sections:MH-05', kind: 'management_range', name: '蒙河第5段' },
    },
    { sourceLayer: 'river-sections', id: undefined, properties: { id: 'MH-05', name: '蒙河第5段' } },
  ]);
  expect(candidates.map(({ layer, id, zone }) => [layer, id, zone])).toEqual([
    ['river-sections', 'MH-05', 'river-sections:MH-05'],
    ['reference-areas', 'river-sections:MH-05', null],
  ]);
});

test('a link opens the book of rules at a rule, and says nothing of it otherwise', () => {
  const view = readView('#v=1&book=rules&rule=landslide');
  expect(view).toMatchObject({ book: 'rules', rule: 'landslide' });
  expect(readView(writeView(view))).toEqual(view);
  expect(readView('#v=1&book=cookery&rule=landslide')).not.toHaveProperty('book');
  expect(writeView({ ...view, book: undefined })).toBe('#v=1');
});
