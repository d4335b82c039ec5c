// A point that is chosen and not stored, in the magenta of what is not in force; it can be dragged. An element of its own over
// the map, for the style knows only what is stored or looked at.
import { effect, type ReadonlySignal } from '@preact/signals';
import { Marker } from 'maplibre-gl';
import type { Place } from '../state/selection.ts';
import { theMap } from './camera.ts';

export interface PointMark {
  readonly testid: string;
  /** Where it stands, in degrees (WGS 84); null where there is none. */
  readonly at: ReadonlySignal<Place | null>;
  /** While it is being stored it stays where it is. */
  readonly busy: ReadonlySignal<boolean>;
  readonly moved: (to: Place) => void;
}

/** Shows the point for as long as there is one. */
export function followPointMark({ testid, at, busy, moved }: PointMark): void {
  effect(() => {
    const map = theMap.value;
    const point = at.value;
    if (!map || !point) return;
    const element = document.createElement('div');
    element.className = 'point-mark';
    element.dataset['testid'] = testid;
    // The panel beside it says the same in words, and by keyboard another place is chosen with the crosshair.
    element.ariaHidden = 'true';
    const marker = new Marker({ element, draggable: !busy.value }).setLngLat([point.lon, point.lat]).addTo(map);
    marker.on('dragend', () => {
      const { lng, lat } = marker.getLngLat();
      moved({ lon: lng, lat });
    });
    return () => marker.remove();
  });
}
