// Areas that are shown and count nobody: thin lines without a fill, so that they are never taken for an area that does.
import type { LayerSpecification } from 'maplibre-gl';
import { grow, is, over, type StyleContext } from '../context.ts';

/** The outline of a mine runs beside the danger lines of its seams, not on them: pixels outwards. */
const BESIDE = -3;

export function referenceLayers({ palette, on }: StyleContext): LayerSpecification[] {
  // Nothing is painted inside, but a click inside must find the area.
  const ground = (id: string, kind: string): LayerSpecification =>
    over('reference-areas', `${id}-fill`, 'fill', is('kind', kind), { paint: { 'fill-color': palette.paper, 'fill-opacity': 0.01 } });
  const out: LayerSpecification[] = [];
  if (on.has('management')) {
    out.push(ground('management', 'management_range'));
    out.push(
      over('reference-areas', 'management-line', 'line', is('kind', 'management_range'), {
        layout: { 'line-join': 'round' },
        paint: { 'line-color': palette.strip, 'line-width': grow([12, 0.8], [15, 1.4]), 'line-dasharray': [5, 3] },
      }),
    );
  }
  if (on.has('influence')) {
    out.push(ground('influence', 'influence_line'));
    out.push(
      over('reference-areas', 'influence-line', 'line', is('kind', 'influence_line'), {
        layout: { 'line-join': 'round' },
        paint: { 'line-color': palette.subsidence, 'line-width': 1.2, 'line-dasharray': [4.2, 2.5] },
      }),
    );
  }
  if (on.has('mine-areas')) {
    out.push(ground('mine', 'mine_danger_area'));
    out.push(
      over('reference-areas', 'mine-line', 'line', is('kind', 'mine_danger_area'), {
        layout: { 'line-join': 'round' },
        paint: { 'line-color': palette.subsidence, 'line-width': 0.8, 'line-offset': BESIDE },
      }),
    );
  }
  return out;
}
