// Other hazard areas, mining ground and river strips: below danger zones, quieter than them.
import type { LayerSpecification } from 'maplibre-gl';
import { all, grow, image, is, isIn, over, type StyleContext } from '../context.ts';
import { referenceLayers } from './reference.ts';

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

/** From here on an area of a point is larger than its symbol. */
const POINT_AREA_ZOOM = 13;

/** Areas that the rules put around points which have no zone of their own. Dots instead of dashes: data were missing. */
function pointAreas({ palette, on, register, hazardType }: StyleContext): LayerSpecification[] {
  const area = (name: string, fallback: boolean, fill: number, dash: number[]): LayerSpecification[] => {
    const filter = all(
      is('layer', 'hazard-points'),
      fallback ? ['has', 'fallback'] : ['!', ['has', 'fallback']],
      register ? is('register', register) : null,
      hazardType ? is('hazard_type', hazardType) : null,
    );
    return [
      over('threatened-areas', `${name}-fill`, 'fill', filter, {
        minzoom: POINT_AREA_ZOOM,
        paint: { 'fill-color': palette.zoneFill, 'fill-opacity': fill },
      }),
      over('threatened-areas', `${name}-line`, 'line', filter, {
        minzoom: POINT_AREA_ZOOM,
        layout: { 'line-join': 'round' },
        paint: { 'line-color': palette.zone, 'line-width': grow([13, 0.5], [16, 1.2]), 'line-dasharray': dash },
      }),
    ];
  };
  return [
    ...(on.has('point-areas') ? area('point-area', false, 0.7, [4, 2]) : []),
    ...(on.has('point-fallbacks') ? area('point-fallback', true, 0.4, [1, 1.6]) : []),
  ];
}

export function areaLayers(context: StyleContext): LayerSpecification[] {
  const { layers } = context;
  return [
    ...(layers.has('reference-areas') ? referenceLayers(context) : []),
    ...(layers.has('hazard-areas') ? hazardAreas(context) : []),
    ...(layers.has('subsidence-zones') ? subsidence(context) : []),
    ...strips(context),
    ...(layers.has('river-sections') ? rivers(context) : []),
    ...(layers.has('threatened-areas') ? pointAreas(context) : []),
  ];
}
