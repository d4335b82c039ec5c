// From a place on the screen to the position that is meant: rounded to a centimetre, or the very position snapped to.
import type { Map as MapLibre, Point } from 'maplibre-gl';
import type { Position } from '../../server/domain/feature.ts';
import { metresPerPixel } from '../map/scale.ts';
import { distanceBetween } from '../../server/geo/ellipsoid.ts';
import { roundPosition } from '../draft/shape.ts';
import { shape } from './draft.ts';
import { snapTargets } from './neighbours.ts';
import { snap } from './snap.ts';
import { aim, byTouch, carried, grabbed, sketch, snapping, snappingPaused, tool, type Aim, type Tool } from './tools.ts';

const MOUSE_PX = 10;
const FINGER_PX = 22;

/** Pixels around a pointer in which something counts as meant. */
export const reachPx = (): number => (byTouch.peek() ? FINGER_PX : MOUSE_PX);

export const metresAround = (map: MapLibre, lat: number, pixels: number): number => metresPerPixel(lat, map.getZoom()) * pixels;

export function aimAt(map: MapLibre, point: Point | [number, number]): Aim {
  const { lng, lat } = map.unproject(point);
  const position: Position = [lng, lat];
  const closing = firstVertexNear(position, metresAround(map, lat, reachPx()));
  if (closing) return { position: closing, snapped: { position: closing, to: 'vertex', name: '', key: 'draft' } };
  const wanted = snapping.peek() && !snappingPaused.peek() && !grabbed.peek() && tool.peek() !== 'freehand';
  const snapped = wanted ? snap(snapTargets.peek(), position, metresAround(map, lat, reachPx()), carried.peek()) : null;
  return { position: snapped?.position ?? roundPosition(position), snapped };
}

/** The first vertex of a ring that could be closed: it draws the aim to itself whether snapping is on or not. */
function firstVertexNear(at: Position, reach: number): Position | null {
  const [first] = sketch.peek();
  if (!first || sketch.peek().length < 3 || !CLOSED.has(tool.peek()) || shape.peek()?.kind === 'line') return null;
  return distanceBetween(first, at) <= reach ? first : null;
}

const CLOSED: ReadonlySet<Tool> = new Set(['polygon', 'hole']);

/** The crosshair is in the middle of the map. */
export function aimAtCentre(map: MapLibre): void {
  const { clientWidth, clientHeight } = map.getCanvas();
  aim.value = aimAt(map, [clientWidth / 2, clientHeight / 2]);
}
