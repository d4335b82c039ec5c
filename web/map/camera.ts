// The camera moves only when a person asks to go somewhere; panels never move it.
import type { LngLatBoundsLike, Map as MapLibre } from 'maplibre-gl';
import { signal } from '@preact/signals';
import type { Bounds } from '../../server/domain/service.ts';

export const theMap = signal<MapLibre | null>(null);

/** Marks moves that somebody asked for, in the events of the map. */
export const ASKED = 'asked';

const FLY_MS = 600;
const NEAR = 16;

const calm = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;
const duration = (): number => (calm() ? 0 : FLY_MS);

export const asBounds = ([west, south, east, north]: Bounds): LngLatBoundsLike => [
  [west, south],
  [east, north],
];

const MARGIN = 48;

/** Room that the card takes from the map: at its left on a wide screen, below on a phone. */
function room(): { top: number; right: number; bottom: number; left: number } {
  const map = theMap.peek()?.getContainer();
  const card = map?.parentElement?.querySelector('.card');
  const free = { top: MARGIN, right: MARGIN + 24, bottom: MARGIN, left: MARGIN };
  if (!map || !card) return free;
  if (card.clientWidth < map.clientWidth / 2) return { ...free, left: card.clientWidth + MARGIN };
  return card.clientHeight < map.clientHeight * 0.7 ? { ...free, bottom: card.clientHeight + MARGIN } : free;
}

export function flyToPoint(lon: number, lat: number, zoom = NEAR): void {
  const map = theMap.peek();
  const { top, right, bottom, left } = room();
  const offset: [number, number] = [(left - right) / 2, (top - bottom) / 2];
  map?.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), zoom), offset, duration: duration() }, { [ASKED]: true });
}

export function flyToBounds(bounds: Bounds): void {
  const [west, south, east, north] = bounds;
  if (west === east && south === north) flyToPoint(west, south);
  else theMap.peek()?.fitBounds(asBounds(bounds), { padding: room(), maxZoom: 17, duration: duration() }, { [ASKED]: true });
}

export function zoomBy(step: 1 | -1): void {
  const map = theMap.peek();
  map?.easeTo({ zoom: map.getZoom() + step, duration: calm() ? 0 : 160 }, { [ASKED]: true });
}
