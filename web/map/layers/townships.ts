// Boundaries; and, when one township is filtered for, a veil over the others and a teal line around it.
import type { LayerSpecification } from 'maplibre-gl';
import { all, grow, is, over, type StyleContext } from '../context.ts';

const TOWNSHIP = is('level', 'township');

export function townshipLayers({ palette, on, layers }: StyleContext): LayerSpecification[] {
  if (!layers.has('townships')) return [];
  // Never seen, always there: a click must know which township it fell into.
  const ground = over('townships', 'township-ground', 'fill', TOWNSHIP, { paint: { 'fill-color': palette.paper, 'fill-opacity': 0.01 } });
  if (!on.has('townships')) return [ground];
  return [
    ground,
    over('townships', 'township-halo', 'line', TOWNSHIP, { paint: { 'line-color': palette.halo, 'line-width': 3.2 } }),
    over('townships', 'township-line', 'line', TOWNSHIP, {
      paint: { 'line-color': palette.admin, 'line-width': grow([10, 0.9], [13, 1.2]), 'line-dasharray': [7, 2.2, 1, 2.2] },
    }),
    over('townships', 'district-line', 'line', is('level', 'county'), { paint: { 'line-color': palette.admin, 'line-width': 2 } }),
    {
      id: 'district-edge',
      type: 'line',
      source: 'district',
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': palette.admin, 'line-width': 2 },
    },
  ];
}

export function townshipFilterLayers({ palette, layers, township }: StyleContext): LayerSpecification[] {
  if (!township || !layers.has('townships')) return [];
  const others = all(TOWNSHIP, ['!=', ['get', 'code'], township]);
  return [
    over('townships', 'township-veil', 'fill', others, { paint: { 'fill-color': palette.paper, 'fill-opacity': 0.6 } }),
    over('townships', 'township-picked-casing', 'line', is('code', township), {
      paint: { 'line-color': palette.casing, 'line-width': 4.6 },
    }),
    over('townships', 'township-picked', 'line', is('code', township), { paint: { 'line-color': palette.select, 'line-width': 2.4 } }),
  ];
}
