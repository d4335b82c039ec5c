// Counts what the map shows, at every move, in a worker. Asked for by hand: the index is personal data, and its
// reading is logged.
import { effect, signal } from '@preact/signals';
import type { Map as MapLibre } from 'maplibre-gl';
import type { Geometry } from '../../server/domain/feature.ts';
import type { PackedCount } from '../../server/exposure/packedCount.ts';
import { theMap } from '../map/camera.ts';
import { isStaff } from '../state/service.ts';
import { view } from '../state/view.ts';
import { counterState, nextNumber, takeCounter } from './counter.ts';

export type InView = { readonly state: 'off' | 'loading' | 'failed' } | { readonly state: 'on'; readonly count: PackedCount };

export const inView = signal<InView>({ state: 'off' });

let stop: (() => void) | null = null;

export function toggleInView(): void {
  if (stop) return stop();
  const map = theMap.peek();
  if (map) stop = follow(map);
}

function follow(map: MapLibre): () => void {
  let asked = 0;
  inView.value = { state: 'loading' };
  const counter = takeCounter((answer) => {
    if (answer.answer === 'loaded') count();
    else if (answer.answer === 'failed' && counterState.peek() === 'failed') {
      end();
      inView.value = { state: 'failed' };
    } else if (answer.answer === 'counted' && answer.number === asked) inView.value = { state: 'on', count: answer.count };
  });
  const count = () => {
    const { base, at } = view.peek();
    counter.ask({ ask: 'count', number: (asked = nextNumber()), area: shown(map), base, at });
  };
  map.on('move', count);
  const unfollow = [
    effect(() => {
      void [view.value.base, view.value.at];
      count();
    }),
    effect(() => {
      if (!isStaff.value) queueMicrotask(end);
    }),
  ];
  const end = () => {
    map.off('move', count);
    for (const one of unfollow) one();
    counter.release();
    stop = null;
    inView.value = { state: 'off' };
  };
  return end;
}

/** The box of the map as an area; one that reaches over 180° in two parts. */
function shown(map: MapLibre): Geometry {
  const bounds = map.getBounds();
  const [south, north] = [Math.max(-90, bounds.getSouth()), Math.min(90, bounds.getNorth())];
  const box = (west: number, east: number) => [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ] as const,
  ];
  const width = bounds.getEast() - bounds.getWest();
  if (width >= 360) return { type: 'Polygon', coordinates: box(-180, 180) };
  const west = ((((bounds.getWest() + 180) % 360) + 360) % 360) - 180;
  const east = west + width;
  if (east <= 180) return { type: 'Polygon', coordinates: box(west, east) };
  return { type: 'MultiPolygon', coordinates: [box(west, 180), box(-180, east - 360)] };
}
