// Placing a household by hand: the map waits for a place, somebody looks at it, confirms it, and it is stored.
import { computed, effect, signal } from '@preact/signals';
import { atLeast } from '../../../server/domain/role.ts';
import { patchItem } from '../../api/edit.ts';
import { fetchItem, type Item } from '../../api/features.ts';
import { ApiError } from '../../api/http.ts';
import { theMap } from '../../map/camera.ts';
import { nextPlace } from '../../map/goTo.ts';
import { identify } from '../../map/identify.ts';
import { metresPerPixel } from '../../map/scale.ts';
import { clearSelection, type Place } from '../selection.ts';
import { role } from '../service.ts';
import { showMapTab, tab } from '../tabs.ts';
import { dropUnlocated, renewUnlocated, unlocated } from './unlocated.ts';
import { unlocatedOpen } from './unlocatedView.ts';

/** A place somebody pointed at, with what the map shows of it. */
export interface Chosen extends Place {
  readonly township: { readonly code: string; readonly name: string } | null;
  /** How coarse the map was that was pointed at. */
  readonly metresPerPixel: number;
}

export interface Placing {
  /** The household as it was read: the change is refused when it is another by now. */
  readonly row: Item;
  /** null while the map waits. */
  readonly chosen: Chosen | null;
  readonly saving: boolean;
  /** Somebody changed it meanwhile: as it was before. */
  readonly overtaken: Item | null;
  readonly error: ApiError | null;
}

/** How the last one ended, where it did not end by giving up. */
export interface Outcome {
  readonly row: Item;
  readonly kind: 'placed' | 'placedByOther' | 'gone';
}

export const mayPlace = computed(() => atLeast(role.value, 'planner'));
export const placing = signal<Placing | null>(null);
export const outcome = signal<Outcome | null>(null);
/** The row that takes the focus back: the same one, or the one that follows it. */
export const returnTo = signal<string | null>(null);

/** A centimetre on the ground: more digits would claim what no hand can point at. */
const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;

/** Looks at a place before it is kept. */
export function choosePlace({ lon, lat }: Place): void {
  const now = placing.peek();
  const map = theMap.peek();
  if (!now || now.saving || !map) return;
  const chosen = {
    lon: round(lon),
    lat: round(lat),
    township: identify(map, map.project([lon, lat])).township,
    metresPerPixel: metresPerPixel(lat, map.getZoom()),
  };
  placing.value = { ...now, chosen, error: null };
}

export function chooseCentre(): void {
  const centre = theMap.peek()?.getCenter();
  if (centre) choosePlace({ lon: centre.lng, lat: centre.lat });
}

/** The keyboard goes where the place is chosen. */
function toTheMap(): void {
  showMapTab();
  theMap.peek()?.getCanvas().focus({ preventScroll: true });
}

export function startPlacing(row: Item): void {
  if (!mayPlace.peek() || placing.peek()?.saving) return;
  clearSelection();
  outcome.value = null;
  placing.value = { row, chosen: null, saving: false, overtaken: null, error: null };
  toTheMap();
}

export function chooseAgain(): void {
  const now = placing.peek();
  if (!now || now.saving) return;
  placing.value = { ...now, chosen: null, error: null };
  toTheMap();
}

function finish(focusRow: string | null): void {
  returnTo.value = focusRow;
  placing.value = null;
  clearSelection();
  tab.value = 'totals';
}

/** Gives up; what is being stored at this moment cannot be called back. */
export function cancelPlacing(): boolean {
  const now = placing.peek();
  if (!now || now.saving) return false;
  finish(now.row.id);
  return true;
}

function end(row: Item, kind: Outcome['kind']): void {
  if (!unlocatedOpen.peek()) return; // signed out meanwhile: what was stored is stored, and there is nobody to tell
  const { rows } = unlocated.peek();
  const at = rows.findIndex(({ id }) => id === row.id);
  const next = rows[at + 1] ?? rows[at - 1];
  dropUnlocated(row.id);
  outcome.value = { row, kind };
  finish(next?.id ?? null);
}

const asApiError = (error: unknown): ApiError => (error instanceof ApiError ? error : new ApiError(-1, String(error)));

/** What became of a household that could not be changed: gone, placed by somebody else, or different. */
async function refused(now: Placing, error: ApiError): Promise<void> {
  if (error.status !== 412 && error.status !== 404) {
    placing.value = { ...now, error };
    return;
  }
  try {
    const row = await fetchItem('households', now.row.id);
    if (row.geometry) {
      end(now.row, 'placedByOther');
      return;
    }
    renewUnlocated(row);
    placing.value = { ...now, row, overtaken: now.row, error: null };
  } catch (again) {
    const told = asApiError(again);
    if (told.status === 404) end(now.row, 'gone');
    else placing.value = { ...now, error: told };
  }
}

/** Stores the chosen place; how it was found is the service's to say. */
export async function confirmPlace(reason: string): Promise<void> {
  const now = placing.peek();
  if (!now?.chosen || now.saving) return;
  const { row, chosen } = now;
  placing.value = { ...now, saving: true, overtaken: null, error: null };
  try {
    await patchItem('households', row, {}, reason, { type: 'Point', coordinates: [chosen.lon, chosen.lat] });
  } catch (error) {
    await refused({ ...now, overtaken: null }, asApiError(error));
    return;
  }
  end(row, 'placed');
}

/** While a household is being placed every click on the map is for it; whoever loses the list or the right gives it up. */
export function followPlacing(): void {
  effect(() => {
    if (placing.value === null) {
      if (nextPlace.peek() === choosePlace) nextPlace.value = null;
      return;
    }
    if (nextPlace.value === choosePlace) return;
    // A click takes the wish away before it is fulfilled: it is renewed after that.
    queueMicrotask(() => {
      if (placing.peek() !== null) nextPlace.value = choosePlace;
    });
  });
  effect(() => {
    if (unlocatedOpen.value && mayPlace.value) return;
    placing.value = null;
    outcome.value = null;
    returnTo.value = null;
  });
}
