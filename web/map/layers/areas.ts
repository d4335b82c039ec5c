// Other hazard areas, mining ground and river strips: below danger zones, quieter than them.
import type { LayerSpecification } from 'maplibre-gl';
import { all, grow, image, is, isIn, over, type StyleContext } from '../context.ts';

const WATER_KINDS = ['low_lying', 'reservoir_downstream', 'flood_extent'];
const SLOPE_KINDS = ['susceptible_area', 'quarry_slope'];

function hazardAreas(context: StyleContext): LayerSpecification[] {
  const { palette, on } = context;
  const layers: LayerSpecification[] = [];
  if (on.has('priority-areas')) {
    layers.push(
      over('hazard-areas', 'priority-line', 'line', is('kind', 'priority_area'), {
        paint: { 'line-color': palette.revoked, 'line-width': 1.2, 'line-dasharray': [1, 3] },
      }),
    );
  }
  if (!on.has('hazard-areas')) return layers;
  return [
    ...layers,
    over('hazard-areas', 'slope-fill', 'fill', isIn('kind', SLOPE_KINDS), {
      paint: { 'fill-pattern': image(context, 'ticks'), 'fill-opacity': 0.55 },
    }),
    over('hazard-areas', 'slope-line', 'line', isIn('kind', SLOPE_KINDS), {
      paint: { 'line-color': palette.zone, 'line-width': 1.2, 'line-dasharray': [4, 2] },
    }),
    over('hazard-areas', 'water-fill', 'fill', isIn('kind', WATER_KINDS), {
      paint: { 'fill-pattern': image(context, 'waves'), 'fill-opacity': 0.6 },
    }),
    over('hazard-areas', 'water-line', 'line', isIn('kind', WATER_KINDS), { paint: { 'line-color': palette.strip, 'line-width': 1.2 } }),
  ];
}

function subsidence(context: StyleContext): LayerSpecification[] {
  const { palette, on, layers } = context;
  if (!on.has('subsidence')) return [];
  const danger = is('layer', 'subsidence-zones');
  const margin = layers.has('threatened-areas')
    ? [
        over('threatened-areas', 'subsidence-danger-fill', 'fill', danger, { paint: { 'fill-color': palette.subsidenceFill } }),
        over('threatened-areas', 'subsidence-danger-line', 'line', danger, {
          paint: { 'line-color': palette.subsidence, 'line-width': 1.2 },
        }),
      ]
    : [];
  return [
    ...margin,
    over('subsidence-zones', 'subsidence-fill', 'fill', null, { paint: { 'fill-pattern': image(context, 'hatch'), 'fill-opacity': 0.62 } }),
    over('subsidence-zones', 'subsidence-line', 'line', null, { paint: { 'line-color': palette.subsidence, 'line-width': 1.4 } }),
  ];
}

function strips({ palette, on, layers }: StyleContext): LayerSpecification[] {
  if (!on.has('strips') || !layers.has('threatened-areas')) return [];
  const river = is('layer', 'river-sections');
  return [
    over('threatened-areas', 'strip-fill', 'fill', river, { paint: { 'fill-color': palette.stripFill } }),
    over('threatened-areas', 'strip-line', 'line', river, {
      paint: { 'line-color': palette.strip, 'line-width': grow([12, 0.6], [14, 0.9]) },
    }),
  ];
}

function rivers({ palette, on }: StyleContext): LayerSpecification[] {
  if (!on.has('rivers')) return [];
  return [
    over('river-sections', 'river-line', 'line', null, {
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      paint: { 'line-color': palette.water, 'line-width': grow([10, 1.2], [13, 2.2], [16, 5]) },
    }),
  ];
}

/** Areas that the default rule puts around points which have no zone of their own. */
function pointAreas({ palette, on, register, hazardType }: StyleContext): LayerSpecification[] {
  if (!on.has('point-areas')) return [];
  const filter = all(
    is('layer', 'hazard-points'),
    register ? is('register', register) : null,
    hazardType ? is('hazard_type', hazardType) : null,
  );
  return [
    over('threatened-areas', 'point-area-fill', 'fill', filter, {
      minzoom: 13.5,
      paint: { 'fill-color': palette.zoneFill, 'fill-opacity': 0.7 },
    }),
    over('threatened-areas', 'point-area-line', 'line', filter, {
      minzoom: 13.5,
      paint: { 'line-color': palette.zone, 'line-width': grow([13.5, 0.5], [16, 1]), 'line-dasharray': [3, 2] },
    }),
  ];
}

export function areaLayers(context: StyleContext): LayerSpecification[] {
  const { layers } = context;
  return [
    ...(layers.has('hazard-areas') ? hazardAreas(context) : []),
    ...(layers.has('subsidence-zones') ? subsidence(context) : []),
    ...strips(context),
    ...(layers.has('river-sections') ? rivers(context) : []),
    ...(layers.has('threatened-areas') ? pointAreas(context) : []),
  ];
}
