// The place that was pointed at, in the magenta of what is not in force; it can be dragged. An element of its own over the
// map, for the style knows only what is stored or looked at.
import { computed, effect } from '@preact/signals';
import { Marker } from 'maplibre-gl';
import { theMap } from '../../map/camera.ts';
import { choosePlace, placing } from '../../state/staff/place.ts';

const chosen = computed(() => placing.value?.chosen ?? null);
const still = computed(() => placing.value?.saving ?? false);

export function followMark(): void {
  effect(() => {
    const map = theMap.value;
    const at = chosen.value;
    if (!map || !at) return;
    const element = document.createElement('div');
    element.className = 'place-mark';
    element.dataset['testid'] = 'place-mark';
    // The card beside it says the same in words, and by keyboard another place is chosen with the crosshair.
    element.ariaHidden = 'true';
    const marker = new Marker({ element, draggable: !still.value }).setLngLat([at.lon, at.lat]).addTo(map);
    marker.on('dragend', () => {
      const { lng, lat } = marker.getLngLat();
      choosePlace({ lon: lng, lat });
    });
    return () => marker.remove();
  });
}
