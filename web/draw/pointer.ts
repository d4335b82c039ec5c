// Mouse and fingers on the map. A press on a handle drags it; anything else is left to the map, so that panning and zooming
// work with every tool.
import type { Map as MapLibre, MapMouseEvent, MapTouchEvent } from 'maplibre-gl';
import type { Position } from '../../server/domain/feature.ts';
import { middleBefore } from '../draft/verbs/vertices.ts';
import { positionAt } from '../draft/shape.ts';
import { finish, finishFreehand, insertBefore, pickUp, place, putBack, putDown } from './actions.ts';
import { aimAt, aimAtCentre, metresAround, reachPx } from './aiming.ts';
import { shape } from './draft.ts';
import { hitOf, type Hit } from './hit.ts';
import { menuAt } from './menu.ts';
import { aim, aimBy, busy, byTouch, carried, dragging, grabbed, placing, selected, sketch, snappingPaused, tool } from './tools.ts';
import { stampMove } from './trace.ts';

/** Fewer pixels than this are a trembling hand and no drag. */
const SLOP_PX = 3;
const FINGER_MS = 1000;

interface Press {
  readonly x: number;
  readonly y: number;
  dragging: boolean;
  /** Set where the press took hold of something of the draft. */
  readonly held: boolean;
}

export function followPointer(map: MapLibre): () => void {
  let press: Press | null = null;
  let touchedAt = -Infinity;
  /** Browsers send a mouse's events after a tap: they are of the same finger. */
  const ofFinger = (): boolean => performance.now() - touchedAt < FINGER_MS;
  let dragged = false;

  const hitAt = (position: Position): Hit => {
    const now = shape.peek();
    return now ? hitOf(now, position, metresAround(map, position[1], reachPx())) : { kind: 'nothing' };
  };
  const positionOf = (event: MapMouseEvent | MapTouchEvent): Position => [event.lngLat.lng, event.lngLat.lat];

  /** Takes hold of what lies under the pointer. @returns whether the map must stay where it is */
  function down(event: MapMouseEvent | MapTouchEvent): boolean {
    dragged = false;
    const { x, y } = event.point;
    press = { x, y, dragging: false, held: false };
    if (tool.peek() === 'freehand') {
      sketch.value = [positionOf(event)];
      press = { ...press, held: true };
      return true;
    }
    if (tool.peek() === 'move') {
      if (grabbed.peek()) return false;
      const hit = hitAt(positionOf(event));
      if (hit.kind === 'nothing') return false;
      aim.value = aimAt(map, event.point);
      grabbed.value = { by: hit.kind === 'vertex' ? 'turn' : 'move', from: positionOf(event) };
      press = { ...press, held: true };
      return true;
    }
    if (tool.peek() !== 'select' || carried.peek()) return false;
    const hit = hitAt(positionOf(event));
    if (hit.kind !== 'vertex' && hit.kind !== 'middle') return false;
    // a finger first chooses a vertex, then drags it: one that pans the map must not take a corner along
    const same = selected.peek();
    const chosen = same && hit.kind === 'vertex' && same.part === hit.at.part && same.ring === hit.at.ring && same.vertex === hit.at.vertex;
    if (byTouch.peek() && !chosen) return false;
    press = { ...press, held: true };
    if (hit.kind === 'vertex') selected.value = hit.at;
    return true;
  }

  function drag(event: MapMouseEvent | MapTouchEvent): void {
    if (!press?.held) return;
    const { x, y } = event.point;
    if (!press.dragging) {
      if (Math.hypot(x - press.x, y - press.y) < SLOP_PX) return;
      press.dragging = true;
      dragging.value = true;
      startDrag([press.x, press.y]);
    }
    if (tool.peek() === 'freehand') sketch.value = [...sketch.peek(), positionOf(event)];
  }

  function startDrag(from: [number, number]): void {
    if (tool.peek() !== 'select') return;
    const { lng, lat } = map.unproject(from);
    const hit = hitAt([lng, lat]);
    const now = shape.peek();
    if (!now) return;
    if (hit.kind === 'middle') insertBefore(hit.at, middleBefore(now, hit.at) ?? undefined);
    if (hit.kind === 'middle' || hit.kind === 'vertex') pickUp(hit.at);
  }

  function up(event: MapMouseEvent | MapTouchEvent): void {
    const now = press;
    press = null;
    dragging.value = false;
    if (!now?.held) return;
    if (tool.peek() === 'freehand') {
      dragged = true;
      finishFreehand(metresAround(map, event.lngLat.lat, 1));
      return;
    }
    if (!now.dragging) {
      // a click on the shape in "move" takes it up; the next click puts it down
      if (tool.peek() === 'move') dragged = true;
      return;
    }
    dragged = true;
    const at = aimAt(map, event.point);
    aim.value = at;
    if (carried.peek()) putDown(at.position);
    else if (grabbed.peek()) place(at.position);
  }

  const onMouseMove = (event: MapMouseEvent): void => {
    if (ofFinger()) return;
    // let go outside the map
    if (press?.held && event.originalEvent.buttons === 0) up(event);
    byTouch.value = false;
    aimBy.value = 'mouse';
    paused(event);
    drag(event);
    if (busy.peek()) stampMove(event.originalEvent.timeStamp);
    if (placing.peek() || busy.peek()) aim.value = aimAt(map, event.point);
    else if (aim.peek()) aim.value = null;
    cursor(event);
  };
  const cursor = (event: MapMouseEvent): void => {
    const hit = tool.peek() === 'select' || tool.peek() === 'move' ? hitAt(positionOf(event)).kind : null;
    const style = map.getCanvas().style;
    if (placing.peek()) style.cursor = 'crosshair';
    else if (hit === 'vertex' || hit === 'middle' || (hit === 'inside' && tool.peek() === 'move'))
      style.cursor = carried.peek() ? 'none' : 'move';
    else style.cursor = carried.peek() ? 'crosshair' : '';
  };
  const paused = (event: MapMouseEvent): void => {
    snappingPaused.value = event.originalEvent.altKey;
  };
  const onMouseDown = (event: MapMouseEvent): void => {
    paused(event);
    if (!ofFinger() && event.originalEvent.button === 0 && down(event)) event.preventDefault();
  };
  const onMouseUp = (event: MapMouseEvent): void => {
    paused(event);
    up(event);
  };
  const onTouchStart = (event: MapTouchEvent): void => {
    touchedAt = performance.now();
    byTouch.value = true;
    aimBy.value = 'cross';
    if (event.points.length === 1 && down(event)) event.preventDefault();
  };
  const onTouchMove = (event: MapTouchEvent): void => {
    if (!press?.held || event.points.length !== 1) return;
    event.preventDefault();
    drag(event);
    stampMove(event.originalEvent.timeStamp);
    if (press.dragging) aim.value = aimAt(map, event.point);
  };
  const onTouchEnd = (event: MapTouchEvent): void => {
    touchedAt = performance.now();
    if (press?.held && press.dragging) up(event);
    press = null;
  };

  const onClick = (event: MapMouseEvent): void => {
    if (dragged) {
      dragged = false;
      return;
    }
    if (!ofFinger()) paused(event);
    const at = aimAt(map, event.point);
    if (placing.peek() || carried.peek() || grabbed.peek()) {
      if (byTouch.peek() && carried.peek()) return; // a tap beside the crosshair must not move the vertex there
      aim.value = at;
      place(at.position);
      return;
    }
    const hit = hitAt(positionOf(event));
    if (hit.kind === 'vertex') {
      selected.value = hit.at;
      return;
    }
    if (hit.kind === 'middle' && !byTouch.peek()) insertBefore(hit.at);
    else selected.value = null;
  };
  const onDoubleClick = (event: MapMouseEvent): void => {
    if (!placing.peek()) return;
    event.preventDefault();
    finish();
  };
  const onContext = (event: MapMouseEvent): void => {
    event.preventDefault();
    const hit = hitAt(positionOf(event));
    if (hit.kind === 'vertex') selected.value = hit.at;
    menuAt.value = { x: event.point.x, y: event.point.y, lon: event.lngLat.lng, lat: event.lngLat.lat };
  };
  const onLeave = (): void => {
    if (!carried.peek() && aimBy.peek() === 'mouse' && sketch.peek().length === 0) aim.value = null;
  };
  const onMove = (): void => {
    if (aimBy.peek() !== 'cross' || !(placing.peek() || busy.peek())) return;
    stampMove(performance.now());
    aimAtCentre(map);
  };
  const onCancel = (): void => {
    if (press?.dragging) putBack();
    press = null;
    dragging.value = false;
  };

  const all = [
    ['mousemove', onMouseMove],
    ['mousedown', onMouseDown],
    ['mouseup', onMouseUp],
    ['touchstart', onTouchStart],
    ['touchmove', onTouchMove],
    ['touchend', onTouchEnd],
    ['touchcancel', onCancel],
    ['click', onClick],
    ['dblclick', onDoubleClick],
    ['contextmenu', onContext],
    ['mouseout', onLeave],
    ['move', onMove],
  ] as const;
  /** A button that is let go beside the map ends what was begun on it. */
  const onWindowUp = (event: MouseEvent): void => {
    if (!press?.held || map.getCanvasContainer().contains(event.target as Node)) return;
    const now = press;
    press = null;
    dragging.value = false;
    if (tool.peek() === 'freehand') finishFreehand(metresAround(map, map.getCenter().lat, 1));
    else if (now.dragging) {
      const at = aim.peek()?.position;
      if (at) place(at);
      else putBack();
    }
  };
  window.addEventListener('mouseup', onWindowUp);
  for (const [name, listener] of all) map.on(name, listener as (event: unknown) => void);
  return () => {
    window.removeEventListener('mouseup', onWindowUp);
    for (const [name, listener] of all) map.off(name, listener as (event: unknown) => void);
    map.getCanvas().style.cursor = '';
  };
}

/** The vertex under the aim, for the keyboard's Enter. */
export function vertexAtAim(map: MapLibre): Hit {
  const now = shape.peek();
  const at = aim.peek()?.position;
  if (!now || !at) return { kind: 'nothing' };
  const hit = hitOf(now, at, metresAround(map, at[1], 22));
  return hit.kind === 'vertex' && positionAt(now, hit.at) ? hit : { kind: 'nothing' };
}
