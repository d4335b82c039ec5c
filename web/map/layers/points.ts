// Hazard points by silhouette, schools, shelters and facilities.
import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { all, FONT, get, grow, image, is, over, type StyleContext } from '../context.ts';
import { HAZARD_TYPES } from '../symbols.ts';

const FLOOD_ZOOM_PUBLIC = 14;
/** Below it, on a phone's view of the whole district, only hazards and shelters have room. */
const OVERVIEW_ZOOM = 11.8;
/** Hundreds of schools in one view are small marks; from near each is a house with a flag. */
const MANY = grow([11, 0.36], [13, 0.46], [14.5, 0.95], [16, 1.2]);
const FEW = grow([10, 0.5], [12.7, 0.66], [14, 0.95], [15, 1.15]);

/** The picture of a hazard, by its type; a type unknown here shows as `other`, never as nothing. */
function hazardImage(context: StyleContext, register: string): ExpressionSpecification {
  const cases = HAZARD_TYPES.filter((type) => type !== 'other').flatMap((type) => [type, image(context, `${type}-${register}`)]);
  return ['match', get('hazard_type'), ...cases, image(context, `other-${register}`)] as unknown as ExpressionSpecification;
}

function hazards(context: StyleContext): LayerSpecification[] {
  const { on, register, hazardType, palette, staff } = context;
  const ofType = hazardType ? is('hazard_type', hazardType) : null;
  const shown = (name: string, wanted: boolean): boolean => wanted && (!register || register === name);
  // `aside`: names give way to these symbols. Thousands of drops would leave room for no name.
  const symbols = (name: string, size: ExpressionSpecification, minzoom: number, aside: boolean): LayerSpecification =>
    over('hazard-points', `points-${name}`, 'symbol', all(is('register', name), ofType), {
      minzoom,
      layout: {
        'icon-image': hazardImage(context, name),
        'icon-size': size,
        'icon-allow-overlap': true,
        'icon-ignore-placement': !aside,
        'icon-padding': 0,
      },
    });
  const out: LayerSpecification[] = [];
  if (shown('flood', on.has('points-flood') || !staff)) {
    const from = staff ? 0 : FLOOD_ZOOM_PUBLIC;
    // Three thousand drops would hide the map: from far each is a speck of water ink.
    if (staff) {
      out.push(
        over('hazard-points', 'points-flood-far', 'circle', all(is('register', 'flood'), ofType), {
          maxzoom: FLOOD_ZOOM_PUBLIC,
          paint: {
            'circle-color': palette.waterInk,
            'circle-radius': grow([10, 1], [14, 2.2]),
            'circle-stroke-color': palette.halo,
            'circle-stroke-width': 0.6,
          },
        }),
      );
    }
    out.push(symbols('flood', grow([14, 0.75], [17, 1.2]), Math.max(from, FLOOD_ZOOM_PUBLIC), false));
  }
  if (shown('school', on.has('points-school'))) out.push(symbols('school', grow([11, 0.7], [15, 1]), 0, true));
  if (shown('geological', on.has('points-geological')))
    out.push(symbols('geological', grow([10, 0.5], [12.7, 0.68], [14, 0.95], [15, 1.15]), 0, true));
  return out;
}

export function pointLayers(context: StyleContext): LayerSpecification[] {
  const { on, layers, palette } = context;
  const icon = (
    layer: 'schools' | 'shelters' | 'facilities',
    name: ExpressionSpecification | string,
    size: ExpressionSpecification,
    minzoom = 0,
  ): LayerSpecification =>
    over(layer, `${layer}-icon`, 'symbol', ['==', ['geometry-type'], 'Point'], {
      minzoom,
      layout: { 'icon-image': name, 'icon-size': size, 'icon-allow-overlap': true, 'icon-padding': 0 },
    });
  const campus = (layer: 'schools' | 'shelters' | 'facilities', color: string): LayerSpecification =>
    over(layer, `${layer}-ground`, 'line', ['!=', ['geometry-type'], 'Point'], { paint: { 'line-color': color, 'line-width': 1.6 } });
  const out: LayerSpecification[] = [];
  if (layers.has('facilities') && on.has('facilities'))
    out.push(campus('facilities', palette.labelSecond), icon('facilities', image(context, 'facility'), MANY, OVERVIEW_ZOOM));
  if (layers.has('hazard-points')) out.push(...hazards(context));
  if (layers.has('schools') && on.has('schools'))
    out.push(campus('schools', palette.school), icon('schools', image(context, 'school'), MANY, OVERVIEW_ZOOM));
  if (layers.has('shelters') && on.has('shelters')) {
    out.push(campus('shelters', palette.shelter));
    out.push(icon('shelters', ['case', ['==', get('inside_hazard'), true], image(context, 'shelter-out'), image(context, 'shelter')], FEW));
    out.push(
      over('shelters', 'shelter-name', 'symbol', null, {
        minzoom: 14,
        layout: {
          'text-field': get('name'),
          'text-font': FONT,
          'text-size': 12,
          'text-anchor': 'left',
          'text-offset': [1.1, 0],
          'text-optional': true,
        },
        paint: { 'text-color': palette.shelter, 'text-halo-color': palette.halo, 'text-halo-width': 1.6 },
      }),
    );
  }
  return out;
}
