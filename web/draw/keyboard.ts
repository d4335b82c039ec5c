// Drawing without a pointer: the map moves under a crosshair. Arrows pan, with Shift a few pixels; Enter places, picks up and
// puts down; Backspace takes back; N and B walk over the vertices. Every step is said.
import type { Map as MapLibre } from 'maplibre-gl';
import { stepVertex } from '../draft/verbs/vertices.ts';
import { positionAt } from '../draft/shape.ts';
import { finish, letGo, pickUp, place, putDown, takeBack } from './actions.ts';
import { aimAtCentre } from './aiming.ts';
import { shape } from './draft.ts';
import { vertexAtAim } from './pointer.ts';
import { say } from './said.ts';
import { aim, aimBy, busy, carried, grabbed, placing, selected, sketch, tool } from './tools.ts';
import { stampMove } from './trace.ts';

const PAN_PX = 64;
const NUDGE_PX = 4;
const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** @param closes Enter at the first vertex, or pressed twice at one place, ends the ring */
function enter(map: MapLibre): void {
  const at = aim.peek()?.position;
  if (!at) return;
  if (carried.peek()) return putDown(at);
  if (grabbed.peek()) return letGo(at);
  if (placing.peek()) {
    const placed = sketch.peek();
    const last = placed.at(-1);
    // Enter again at the same place says that this was the last one
    if (last && last[0] === at[0] && last[1] === at[1]) finish();
    else place(at);
    return;
  }
  if (tool.peek() === 'move') {
    grabbed.value = { by: 'move', from: at };
    return;
  }
  const hit = vertexAtAim(map);
  if (hit.kind === 'vertex') pickUp(hit.at);
  else if (selected.peek()) pickUp(selected.peek() ?? { part: 0, ring: 0, vertex: 0 });
  else say('no_vertex_here');
}

/** The next or the one before, in the middle of the map. */
export function walk(map: MapLibre, step: 1 | -1): void {
  const now = shape.peek();
  const next = now && stepVertex(now, selected.peek(), step);
  const at = now && next && positionAt(now, next);
  if (!at) return;
  selected.value = next;
  aimBy.value = 'cross';
  map.jumpTo({ center: [at[0], at[1]] });
  aimAtCentre(map);
  say('vertex', next.vertex + 1);
}

/** Keys on the map. What is an operation of its own (undo, delete, tools) is in the list of operations. */
export function followKeys(map: MapLibre): () => void {
  const canvas = map.getCanvas();
  map.keyboard.disable(); // its arrows jump 100 px and would fight with ours
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      aimBy.value = 'cross';
      const size = event.shiftKey ? NUDGE_PX : PAN_PX;
      stampMove(event.timeStamp);
      map.panBy([arrow[0] * size, arrow[1] * size], { duration: 0 });
      aimAtCentre(map);
    } else if (event.key === '+' || event.key === '=') map.easeTo({ zoom: map.getZoom() + 1, duration: 0 });
    else if (event.key === '-') map.easeTo({ zoom: map.getZoom() - 1, duration: 0 });
    else if (event.key === 'Enter') {
      if (aimBy.peek() !== 'cross') {
        if (sketch.peek().length > 0) {
          finish();
          event.preventDefault();
          return;
        }
        // what hangs on the mouse is put down where the mouse is
        if (!busy.peek() || !aim.peek()) {
          aimBy.value = 'cross';
          aimAtCentre(map);
        }
      }
      enter(map);
    } else if (event.key === 'Backspace' && sketch.peek().length > 0) takeBack();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  canvas.addEventListener('keydown', onKey);
  return () => {
    canvas.removeEventListener('keydown', onKey);
    map.keyboard.enable();
    map.keyboard.disableRotation();
  };
}
