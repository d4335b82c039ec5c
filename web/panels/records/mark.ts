// The new position of the feature in the form, in the magenta of what is not stored; it can be dragged.
import { computed, effect } from '@preact/signals';
import { Marker } from 'maplibre-gl';
import { theMap } from '../../map/camera.ts';
import { form } from '../../state/staff/recordsForm.ts';
import { putAt } from '../../state/staff/recordsPosition.ts';
import { recordsOpen } from '../../state/staff/recordsView.ts';

const place = computed(() => {
  const now = form.value;
  return recordsOpen.value && now?.geometry?.type === 'Point' ? now.geometry : null;
});
const busy = computed(() => form.value?.busy ?? false);

export function followMark(): void {
  effect(() => {
    const map = theMap.value;
    const at = place.value;
    if (!map || !at) return;
    const element = document.createElement('div');
    element.className = 'record-mark';
    element.dataset['testid'] = 'record-mark';
    // The form says the same in words, and by keyboard another place is chosen with the crosshair.
    element.ariaHidden = 'true';
    const [lon = 0, lat = 0] = at.coordinates;
    const marker = new Marker({ element, draggable: !busy.value }).setLngLat([lon, lat]).addTo(map);
    marker.on('dragend', () => {
      const moved = marker.getLngLat();
      putAt({ lon: moved.lng, lat: moved.lat });
    });
    return () => marker.remove();
  });
}
