// Households: dots from far, counted circles at middle scales, one mark for each from near. Filled = certain, ring =
// possible; grey = not under threat. One tile feature may stand for `n` households, `hit` of them under threat.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { HOUSEHOLD_POINTS_ZOOM } from '../../../server/domain/tile.ts';
import { all, FONT_BOLD, get, grow, over, type StyleContext } from '../context.ts';

export const MIDDLE_ZOOM = 13;
const NEAR_ZOOM = HOUSEHOLD_POINTS_ZOOM;

const positive = (name: string): ExpressionSpecification => ['>', ['coalesce', get(name), 0], 0];
const threatened: ExpressionSpecification = ['any', positive('hit'), positive('possible')];
const calm: ExpressionSpecification = ['!', threatened];
const certain = positive('certain');
const hits: ExpressionSpecification = ['coalesce', get('hit'), 0];

const isPoint: ExpressionSpecification = ['==', ['geometry-type'], 'Point'];
const isFootprint: ExpressionSpecification = ['!', isPoint];

/** How many a point stands for, by powers of ten: a town must not look like a village. */
const bulk: ExpressionSpecification = ['log10', ['max', 1, ['coalesce', get('n'), 1]]];

/** Room for the count from two households on; by the logarithm, so that a town does not cover its neighbours. */
const middleRadius: ExpressionSpecification = [
  'case',
  ['>', hits, 1],
  ['interpolate', ['linear'], ['log10', get('hit')], 0.3, 6.5, 1, 8.5, 2, 12, 3, 16],
  3.2,
];

export function householdLayers({ palette, on, layers }: StyleContext): LayerSpecification[] {
  if (!layers.has('households')) return [];
  const others = on.has('others')
    ? [
        over('households', 'households-other-footprint', 'fill', all(calm, isFootprint), {
          minzoom: NEAR_ZOOM,
          paint: { 'fill-color': palette.house, 'fill-opacity': 0.6 },
        }),
        over('households', 'households-other', 'circle', all(calm, isPoint), {
          paint: {
            'circle-color': palette.house,
            'circle-radius': [
              'interpolate',
              ['linear'],
              ['zoom'],
              10,
              ['+', 0.7, ['*', 0.55, bulk]],
              13,
              ['+', 1.2, ['*', 0.8, bulk]],
              15,
              2.6,
              17,
              4,
            ],
            'circle-opacity': grow([10, 0.7], [14, 0.9]),
          },
        }),
      ]
    : [];
  if (!on.has('hit')) return others;
  const filled: { 'circle-color': ExpressionSpecification; 'circle-stroke-color': ExpressionSpecification } = {
    'circle-color': ['case', certain, palette.hit, palette.surface],
    'circle-stroke-color': ['case', certain, palette.casing, palette.hit],
  };
  return [
    ...others,
    over('households', 'households-far', 'circle', threatened, {
      maxzoom: MIDDLE_ZOOM,
      paint: {
        'circle-color': palette.hit,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, ['+', 1, ['*', 0.5, bulk]], 13, ['+', 1.6, ['*', 0.6, bulk]]],
      },
    }),
    over('households', 'households-middle', 'circle', threatened, {
      minzoom: MIDDLE_ZOOM,
      maxzoom: NEAR_ZOOM,
      layout: { 'circle-sort-key': hits },
      paint: { ...filled, 'circle-radius': middleRadius, 'circle-stroke-width': ['case', certain, 0.8, 1.4] },
    }),
    over('households', 'households-count', 'symbol', ['>=', hits, 2], {
      minzoom: MIDDLE_ZOOM,
      maxzoom: NEAR_ZOOM,
      layout: {
        'text-field': ['to-string', get('hit')],
        'text-font': FONT_BOLD,
        'text-size': ['interpolate', ['linear'], ['log10', get('hit')], 0.3, 9.5, 2, 12],
        'text-allow-overlap': true,
        'text-ignore-placement': true,
        'symbol-sort-key': hits,
      },
      paint: { 'text-color': ['case', certain, palette.surface, palette.hit] },
    }),
    over('households', 'households-footprint', 'fill', all(threatened, isFootprint), {
      minzoom: NEAR_ZOOM,
      paint: { 'fill-color': palette.hit, 'fill-opacity': ['case', certain, 0.85, 0.12], 'fill-outline-color': palette.hit },
    }),
    over('households', 'households-near', 'circle', all(threatened, isPoint), {
      minzoom: NEAR_ZOOM,
      paint: { ...filled, 'circle-radius': grow([15, 3.4], [17, 5.5]), 'circle-stroke-width': ['case', certain, 1, 1.8] },
    }),
  ];
}
