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

export const asBounds = ([west, south, east, north]: Bounds): LngLatBoundsLike => [[west, south], [east, north]];

export function flyToPoint(lon: number, lat: number, zoom = NEAR): void {
  const map = theMap.peek();
  map?.easeTo({ center: [lon, lat], zoom: Math.max(map.getZoom(), zoom), duration: duration() }, { [ASKED]: true });
}

export function flyToBounds(bounds: Bounds): void {
  const [west, south, east, north] = bounds;
  if (west === east && south === north) flyToPoint(west, south);
  else theMap.peek()?.fitBounds(asBounds(bounds), { padding: 48, maxZoom: 17, duration: duration() }, { [ASKED]: true });
}

export function zoomBy(step: 1 | -1): void {
  const map = theMap.peek();
  map?.easeTo({ zoom: map.getZoom() + step, duration: calm() ? 0 : 160 }, { [ASKED]: true });
}
