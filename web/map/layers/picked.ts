// What is picked, in the teal of selection, over everything else.
import type { LayerSpecification } from 'maplibre-gl';
import { isLayerName } from '../../../server/domain/layer.ts';
import { all, is, over, type StyleContext } from '../context.ts';

export function pickedLayers({ palette, picked, place, layers }: StyleContext): LayerSpecification[] {
  const out: LayerSpecification[] = [];
  const split = picked?.indexOf(':') ?? -1;
  const layer = picked?.slice(0, split);
  const id = picked?.slice(split + 1);
  const line = (on: 'threatened-areas' | typeof layer, name: string, filter: ReturnType<typeof is>): void => {
    if (!on || !isLayerName(on) || !layers.has(on)) return;
    const shape = all(filter, ['!=', ['geometry-type'], 'Point']);
    out.push(over(on, `${name}-casing`, 'line', shape, { paint: { 'line-color': palette.casing, 'line-width': 6 } }));
    out.push(over(on, name, 'line', shape, { paint: { 'line-color': palette.select, 'line-width': 3 } }));
  };
  if (picked && layer && id && isLayerName(layer) && layers.has(layer)) {
    line('threatened-areas', 'picked-zone', is('zone', picked));
    line(layer, 'picked-shape', is('id', id));
    const point = all(is('id', id), ['==', ['geometry-type'], 'Point']);
    out.push(
      over(layer, 'picked-point-casing', 'circle', point, {
        paint: { 'circle-color': 'rgba(0,0,0,0)', 'circle-radius': 13, 'circle-stroke-color': palette.casing, 'circle-stroke-width': 5 },
      }),
    );
    out.push(
      over(layer, 'picked-point', 'circle', point, {
        paint: { 'circle-color': 'rgba(0,0,0,0)', 'circle-radius': 13, 'circle-stroke-color': palette.select, 'circle-stroke-width': 2.6 },
      }),
    );
  }
  if (place) {
    out.push({
      id: 'place-halo',
      type: 'circle',
      source: 'place',
      paint: { 'circle-color': palette.ink, 'circle-radius': 7, 'circle-stroke-color': palette.casing, 'circle-stroke-width': 2.4 },
    });
    out.push({ id: 'place-eye', type: 'circle', source: 'place', paint: { 'circle-color': palette.casing, 'circle-radius': 2.6 } });
  }
  return out;
}
