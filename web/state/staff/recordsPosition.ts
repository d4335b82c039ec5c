// Where the feature of the form is to be: by a click on the map, Enter at the crosshair, or the phone's own position.
import { effect, signal } from '@preact/signals';
import { theMap } from '../../map/camera.ts';
import { nextPlace } from '../../map/goTo.ts';
import { clearSelection, type Place } from '../selection.ts';
import { showMapTab } from '../tabs.ts';
import { moveTo } from './recordsForm.ts';

/** The map waits for a place. */
export const pointing = signal(false);

/** What became of asking for the phone's position. */
export type Located =
  | { readonly kind: 'waiting' }
  /** Metres, 95 % by the specification of the browsers. */
  | { readonly kind: 'found'; readonly accuracy: number }
  | { readonly kind: 'refused' | 'unavailable' | 'timeout' | 'insecure' };

export const located = signal<Located | null>(null);

const PATIENCE_MS = 20_000;

/** A centimetre on the ground: more digits would claim what no hand can point at. */
const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/** Puts the feature of the form at a place. */
export function putAt({ lon, lat }: Place, accuracy: number | null = null): void {
  moveTo({ type: 'Point', coordinates: [round(lon), round(lat)] }, accuracy);
}

function take(place: Place): void {
  pointing.value = false;
  located.value = null;
  putAt(place);
}

/** The next click, tap or Enter on the map is for the form. */
export function startPointing(): void {
  clearSelection();
  pointing.value = true;
  nextPlace.value = take;
  showMapTab();
  theMap.peek()?.getCanvas().focus({ preventScroll: true });
}

export function cancelPointing(): void {
  pointing.value = false;
  if (nextPlace.peek() === take) nextPlace.value = null;
}

export function pointAtCentre(): void {
  const centre = theMap.peek()?.getCenter();
  if (!centre || !pointing.peek()) return;
  cancelPointing();
  take({ lon: centre.lng, lat: centre.lat });
}

const KINDS: Readonly<Record<number, 'refused' | 'unavailable' | 'timeout'>> = { 1: 'refused', 2: 'unavailable', 3: 'timeout' };

let ask = 0;

/** Asks the device where it is, once. What it answers goes into the form with its accuracy. */
export function locate(): void {
  const mine = ++ask;
  if (!isSecureContext || !('geolocation' in navigator)) {
    located.value = { kind: isSecureContext ? 'unavailable' : 'insecure' };
    return;
  }
  located.value = { kind: 'waiting' };
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      if (mine !== ask) return;
      // Whole metres, upwards: it is how far off the position may be.
      const accuracy = Math.ceil(coords.accuracy);
      putAt({ lon: coords.longitude, lat: coords.latitude }, accuracy);
      located.value = { kind: 'found', accuracy };
    },
    ({ code }) => {
      if (mine === ask) located.value = { kind: KINDS[code] ?? 'unavailable' };
    },
    { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 0 },
  );
}

/** Another form, or none: nobody waits for the place of the last one. */
export function forgetPosition(): void {
  ask++;
  cancelPointing();
  located.value = null;
}

/** Somebody else asked for the next place: it is no longer the form's. */
export function followPointing(): void {
  effect(() => {
    if (nextPlace.value !== take && pointing.peek()) pointing.value = false;
  });
}
