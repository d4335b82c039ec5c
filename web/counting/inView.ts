// Counts what the map shows, at every move, in a worker. Asked for by hand: the index is personal data, and its
// reading is logged.
import { effect, signal } from '@preact/signals';
import type { Map as MapLibre } from 'maplibre-gl';
import type { Geometry } from '../../server/domain/feature.ts';
import type { PackedCount } from '../../server/exposure/packedCount.ts';
import { theMap } from '../map/camera.ts';
import { isStaff, revision } from '../state/service.ts';
import { view } from '../state/view.ts';
import type { Answer, Request } from './messages.ts';

export type InView = { readonly state: 'off' | 'loading' | 'failed' } | { readonly state: 'on'; readonly count: PackedCount };

export const inView = signal<InView>({ state: 'off' });

let stop: (() => void) | null = null;

export function toggleInView(): void {
  if (stop) return stop();
  const map = theMap.peek();
  if (map) stop = follow(map);
}

function follow(map: MapLibre): () => void {
  const worker = new Worker(new URL('./counting.worker.ts', import.meta.url), { type: 'module' });
  const ask = (request: Request) => worker.postMessage(request);
  let loaded = false;
  let asked = 0;
  const count = () => {
    if (!loaded) return;
    const { base, at } = view.peek();
    ask({ ask: 'count', number: ++asked, area: shown(map), base, at });
  };
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    if (data.answer === 'loaded') {
      loaded = true;
      count();
    } else if (data.answer === 'failed') {
      end();
      inView.value = { state: 'failed' };
    } else if (data.number === asked) inView.value = { state: 'on', count: data.count };
  });
  map.on('move', count);
  const unfollow = [
    // a new revision, a new index; the old one goes on counting until it is there
    effect(() => {
      if (inView.peek().state !== 'on') inView.value = { state: 'loading' };
      void revision.value;
      ask({ ask: 'load' });
    }),
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
    worker.terminate();
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
