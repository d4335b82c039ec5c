// Going somewhere because a person asked to, and saying what is there.
import { effect, signal } from '@preact/signals';
import { announce } from '../a11y/announce.ts';
import { count } from '../i18n/format.ts';
import { words } from '../i18n/t.ts';
import type { NamedPlace } from '../state/places.ts';
import type { Coordinates } from '../state/search.ts';
import { clearSelection, selectAt, type Place } from '../state/selection.ts';
import { here } from '../state/here.ts';
import { isStaff } from '../state/service.ts';
import { flyToBounds, flyToPoint, theMap } from './camera.ts';
import { identify } from './identify.ts';

/** Looks at what the map shows at a place and makes it the selection. */
export function lookAt(place: Place): void {
  const map = theMap.peek();
  if (!map) return;
  const found = identify(map, map.project([place.lon, place.lat]));
  here.value = { place, township: found.township?.name ?? null };
  selectAt(place, found.candidates, found.clustered);
  const w = words();
  if (found.candidates.length > 1) announce(w.candidatesTitle(found.candidates.length));
  else if (found.clustered > 0 && isStaff.peek()) announce(w.clusterNote(count(found.clustered)));
  else if (found.candidates.length === 0) announce(isStaff.peek() ? w.nothingHere : w.hereNothing);
}

function lookOnArrival(place: Place): void {
  clearSelection();
  const map = theMap.peek();
  // Tiles of the new view must be there before they can be asked.
  void map?.once('idle', () => lookAt(place));
  map?.triggerRepaint();
}

export function goToCoordinates({ lon, lat }: Coordinates): void {
  flyToPoint(lon, lat);
  lookOnArrival({ lon, lat });
}

export function goToPlace(place: NamedPlace): void {
  const [lon = 0, lat = 0] = place.at;
  flyToBounds(place.bounds);
  if (place.layer !== 'townships') lookOnArrival({ lon, lat });
}

/** Somebody asked to point at a place: what the next click, tap or Enter on the map does instead of asking what is there. */
export const nextPlace = signal<((place: Place) => void) | null>(null);

/** Somebody draws on the map: clicks and keys are theirs, unless a place was asked for. */
export const clicksTaken = signal(false);

function take(place: Place): void {
  const asked = nextPlace.peek();
  if (clicksTaken.peek() && !asked) return;
  nextPlace.value = null;
  (asked ?? lookAt)(place);
}

/** Clicks, taps and Enter on the map ask what is there. */
export function listenForClicks(): void {
  effect(() => {
    const map = theMap.value;
    if (!map) return;
    map.on('click', (event) => take({ lon: event.lngLat.lng, lat: event.lngLat.lat }));
    const canvas = map.getCanvas();
    canvas.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      const { lng, lat } = map.getCenter();
      take({ lon: lng, lat });
    });
  });
}
