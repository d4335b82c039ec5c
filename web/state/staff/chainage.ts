// Where along the rivers a place lies: asked by a right click, a long press, or the button on a river's card.
import { effect, signal } from '@preact/signals';
import { fetchRiverPositions, type RiverPosition } from '../../api/checks.ts';
import { theMap } from '../../map/camera.ts';
import { nextPlace } from '../../map/goTo.ts';
import { createResource } from '../resource.ts';
import { selection, selectAt, type Place, type Selection } from '../selection.ts';

export const positions = createResource<readonly RiverPosition[]>((key, abort) => {
  const [lon = 0, lat = 0] = key.split(',').map(Number);
  return fetchRiverPositions({ lon, lat }, abort);
});

/** The selection that the answer in sight belongs to: whatever is picked next puts the answer away. */
export const chainageOf = signal<Selection | null>(null);

export const showsChainage = (): boolean => chainageOf.value !== null && chainageOf.value === selection.value;

/** Asks for a place and marks it on the map. */
export function askChainage(place: Place): void {
  const picked = selection.peek();
  if (picked.place !== place) selectAt(place, [], 0);
  chainageOf.value = selection.peek();
  positions.load(`${place.lon},${place.lat}`, true);
}

/** Back to the card that it was asked from. */
export function closeChainage(): void {
  chainageOf.value = null;
}

const LONG_PRESS_MS = 550;
const STILL_PX = 8;

/** A finger that stays where it is for half a second. A browser that makes a right click of it is told once. */
function onLongPress(canvas: HTMLElement, told: (x: number, y: number) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  const stop = (): void => clearTimeout(timer);
  const start = (event: TouchEvent): void => {
    stop();
    const [touch] = event.touches;
    if (!touch || event.touches.length > 1) return;
    from = { x: touch.clientX, y: touch.clientY };
    const box = canvas.getBoundingClientRect();
    timer = setTimeout(() => told(from.x - box.left, from.y - box.top), LONG_PRESS_MS);
  };
  const move = (event: TouchEvent): void => {
    const [touch] = event.touches;
    if (touch && Math.hypot(touch.clientX - from.x, touch.clientY - from.y) > STILL_PX) stop();
  };
  const passive = { passive: true } as const;
  canvas.addEventListener('touchstart', start, passive);
  canvas.addEventListener('touchmove', move, passive);
  for (const end of ['touchend', 'touchcancel'] as const) canvas.addEventListener(end, stop, passive);
  return () => {
    stop();
    canvas.removeEventListener('touchstart', start);
    canvas.removeEventListener('touchmove', move);
    for (const end of ['touchend', 'touchcancel'] as const) canvas.removeEventListener(end, stop);
  };
}

/** Listens on the map as long as it is the same map; Escape gives up pointing at a place. */
export function followChainage(): () => void {
  const giveUp = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || nextPlace.peek() === null) return;
    nextPlace.value = null;
    event.preventDefault();
  };
  document.addEventListener('keydown', giveUp);
  const stop = effect(() => {
    const map = theMap.value;
    if (!map) return;
    let pressed = 0;
    const right = map.on('contextmenu', ({ lngLat, originalEvent }) => {
      originalEvent.preventDefault();
      if (performance.now() - pressed > LONG_PRESS_MS) askChainage({ lon: lngLat.lng, lat: lngLat.lat });
    });
    const unpress = onLongPress(map.getCanvas(), (x, y) => {
      pressed = performance.now();
      const { lng, lat } = map.unproject([x, y]);
      askChainage({ lon: lng, lat });
    });
    return () => {
      right.unsubscribe();
      unpress();
    };
  });
  return () => {
    stop();
    document.removeEventListener('keydown', giveUp);
  };
}
