// Names. Township and zone names come from one point each (a tiled polygon would repeat its name in every tile).
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { all, FONT, FONT_BOLD, FONT_WATER, get, grow, is, isIn, over, type StyleContext } from '../context.ts';
import { MIDDLE_ZOOM } from './households.ts';

export function labelLayers({ palette, on, layers }: StyleContext): LayerSpecification[] {
  const out: LayerSpecification[] = [];
  const halo = { 'text-halo-color': palette.halo, 'text-halo-width': 1.8, 'text-halo-blur': 0.3 } as const;
  if (layers.has('river-sections') && on.has('rivers')) {
    out.push(
      over('river-sections', 'river-name', 'symbol', null, {
        layout: {
          'symbol-placement': 'line',
          'text-field': ['coalesce', get('river'), get('name'), ''],
          'text-font': FONT_WATER,
          'text-size': grow([11, 12], [15, 16]),
          'text-letter-spacing': 0.3,
          'symbol-spacing': 420,
          'text-offset': [0, -0.9],
          'text-max-angle': 40,
        },
        paint: { 'text-color': palette.waterInk, ...halo },
      }),
    );
  }
  out.push({
    id: 'zone-name',
    type: 'symbol',
    source: 'labels',
    // A name without its area would hang in the air.
    filter: all(is('layer', 'danger-zones'), isIn('entry', [...on])),
    minzoom: 13.5,
    layout: {
      'text-field': get('name'),
      'text-font': FONT,
      'text-size': 12,
      'text-max-width': 9,
      'text-variable-anchor': ['top', 'bottom', 'left', 'right'],
      'text-radial-offset': 1,
      'text-justify': 'auto',
    },
    paint: {
      'text-color': ['match', get('entry'), 'zone-draft', palette.draft, 'zone-revoked', palette.revoked, palette.zone],
      ...halo,
    },
  });
  return out;
}

/** From far, where one household cannot be told from another: the name, and below it how many are under threat. */
const withCount: ExpressionSpecification = [
  'case',
  ['==', ['coalesce', get('count'), ''], ''],
  get('name'),
  ['format', get('name'), {}, '\n', {}, get('count'), { 'font-scale': 0.82 }],
];

/** Over the symbols: there are few, and their places were chosen clear of symbols (map/labelPlace.ts). */
export function townshipNames({ palette, on }: StyleContext): LayerSpecification[] {
  if (!on.has('townships')) return [];
  return [
    {
      id: 'township-name',
      type: 'symbol',
      source: 'labels',
      filter: is('layer', 'townships'),
      maxzoom: 15.5,
      layout: {
        'text-field': ['step', ['zoom'], withCount, MIDDLE_ZOOM, get('name')],
        'text-font': FONT_BOLD,
        'text-size': grow([10, 12], [12, 15], [14, 18]),
        'text-letter-spacing': 0.22,
        'text-max-width': 20,
        'text-padding': 0,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': palette.label, 'text-halo-color': palette.halo, 'text-halo-width': 2.2, 'text-halo-blur': 0.3 },
    },
  ];
}
