// What a hand does with a tool: place, finish, pick up, put down, take back. Mouse, keyboard, touch and buttons all come here.
import type { Position } from '../../server/domain/feature.ts';
import { areaOfRing, merge, OverlayFailed, split, type SplitFault } from '../draft/verbs/overlay.ts';
import { thinned } from '../draft/verbs/forms.ts';
import { addPart, insertVertex, middleBefore, moveVertex, removeRing, removeVertex } from '../draft/verbs/vertices.ts';
import { leastVertices, positionAt, ringAt, roundPosition, samePosition, type Ring, type Shape, type VertexAt } from '../draft/shape.ts';
import type { Note } from '../draft/history.ts';
import { faultsOf } from '../draft/check.ts';
import { change, shape, undoStep } from './draft.ts';
import { moved, ringOf, withDrawn } from './live.ts';
import { say } from './said.ts';
import { refused } from './refused.ts';
import { aim, carried, chooseTool, dropSketch, mayDrop, grabbed, selected, sketch, tool } from './tools.ts';

/** Places a vertex with the tool in hand; on the first vertex it closes the ring. */
export function place(at: Position): void {
  const now = shape.peek();
  if (tool.peek() === 'measure') {
    if (!samePosition(sketch.peek().at(-1), at)) sketch.value = [...sketch.peek(), at];
    return;
  }
  if (!now) return;
  if (carried.peek()) return putDown(at);
  if (grabbed.peek()) return letGo(at);
  const placed = sketch.peek();
  const form = tool.peek();
  if (samePosition(placed.at(-1), at)) return;
  if (form === 'rectangle' || form === 'circle') {
    sketch.value = [...placed, at];
    if (placed.length === 0) say('placed_first');
    else if (finish() !== null) sketch.value = placed; // two places that make no ring: the first one stays
    return;
  }
  if (placed.length >= 3 && samePosition(placed[0], at) && form !== 'split' && now.kind === 'area') {
    finish();
    return;
  }
  sketch.value = [...placed, at];
  say('placed', placed.length + 1);
}

/** Makes of the sketch what the tool is for. @returns why not, in one of the draft's words */
export function finish(): SplitFault | 'too_few' | 'crosses_itself' | null {
  const now = shape.peek();
  const form = tool.peek();
  const placed = sketch.peek();
  if (!now || placed.length === 0) return null;
  if (form === 'measure') return null;
  if (form === 'split') return finishSplit(now, placed);
  const line = now.kind === 'line';
  const ring = line ? placed : ringOf(form, placed, placed.length < 2 ? (aim.peek()?.position ?? null) : null);
  if (!ring || ring.length < leastVertices(now.kind)) return refuse('too_few');
  if (!line && faultsOf(areaOfRing(ring)).some(({ code }) => code === 'crosses_itself')) return refuse('crosses_itself');
  const next = overlaid(() => withDrawn(now, form, ring));
  if (!next) return null;
  dropSketch();
  commit(next, { verb: form === 'hole' ? 'cut' : 'draw' });
  chooseTool('select');
  say('closed');
  return null;
}

function refuse<Fault extends 'too_few' | 'crosses_itself' | SplitFault>(fault: Fault): Fault {
  say(fault);
  refused.value = fault;
  return fault;
}

function finishSplit(now: Shape, line: Ring): SplitFault | 'too_few' | null {
  if (line.length < 2) return refuse('too_few');
  const parts = overlaid(() => split(now, line));
  if (parts === null) return null;
  if (typeof parts === 'string') return refuse(parts);
  dropSketch();
  commit(parts, { verb: 'split', of: parts.parts.length });
  chooseTool('select');
  return null;
}

/** Metres by which a freehand line may be off after it was thinned, a share of what a pixel is. */
export function finishFreehand(metresPerPixel: number): void {
  sketch.value = thinned(sketch.peek(), metresPerPixel * 1.5).map(roundPosition);
  if (finish() !== null) dropSketch();
}

/** Takes the last vertex of the sketch back. @returns false when there was none */
export function takeBack(): boolean {
  const placed = sketch.peek();
  if (placed.length === 0) return false;
  sketch.value = placed.slice(0, -1);
  say('taken_back', placed.length - 1);
  return true;
}

/** Undo as the hand expects it: first the vertices of the sketch, then the steps of the draft. */
export function undoOne(): void {
  if (carried.peek() || grabbed.peek()) return putBack();
  if (!takeBack()) undoStep();
}

export function pickUp(at: VertexAt): void {
  selected.value = at;
  carried.value = at;
  say('picked_up', at.vertex + 1);
}

/** Puts the carried vertex down. */
export function putDown(at: Position): void {
  const now = shape.peek();
  const vertex = carried.peek();
  if (!now || !vertex) return;
  carried.value = null;
  const snapped = aim.peek()?.snapped;
  commit(moveVertex(now, vertex, at), { verb: 'move_vertex', of: snapped?.name ? snapped.name : vertex.vertex + 1 });
  say('put_down', vertex.vertex + 1);
}

/** What is carried or grabbed goes back to where it was. */
export function putBack(): void {
  carried.value = null;
  grabbed.value = null;
  say('put_back');
}

/** The whole shape, picked up or turned, is let go. */
export function letGo(at: Position): void {
  const now = shape.peek();
  const grab = grabbed.peek();
  if (!now || !grab) return;
  grabbed.value = null;
  commit(moved(now, grab.by, grab.from, at), { verb: grab.by });
}

/** Puts a vertex before the selected one, halfway to the one before it or where it is said, and selects it. */
export function insertBefore(at: VertexAt, position?: Position): void {
  const now = shape.peek();
  const where = position ?? (now && middleBefore(now, at));
  if (!now || !where) return;
  commit(insertVertex(now, at, roundPosition(where)), { verb: 'insert_vertex', of: at.vertex + 1 });
  selected.value = at;
}

export function removeSelected(): void {
  const now = shape.peek();
  const at = selected.peek();
  if (!now || !at) return;
  const left = removeVertex(now, at);
  commit(left, { verb: 'remove_vertex', of: at.vertex + 1 });
  const { length } = ringAt(left, at);
  selected.value = length > 0 && left.parts.length === now.parts.length ? { ...at, vertex: Math.min(at.vertex, length - 1) } : null;
  say('removed', at.vertex + 1);
}

/** Takes away the ring that the selected vertex is of: a hole is filled, a part is gone. */
export function removeSelectedRing(): void {
  const now = shape.peek();
  const at = selected.peek();
  if (!now || !at) return;
  selected.value = null;
  commit(removeRing(now, at), { verb: at.ring === 0 ? 'remove_part' : 'remove_hole' });
}

/** Exact coordinates, as somebody typed them. */
export function typeVertex(at: VertexAt, position: Position): void {
  const now = shape.peek();
  if (now && positionAt(now, at)) commit(moveVertex(now, at, position), { verb: 'type_vertex', of: at.vertex + 1 });
}

/** A ring typed as a list of coordinates. */
export function typeRing(ring: Ring): void {
  const now = shape.peek();
  if (!now || ring.length < leastVertices(now.kind)) return;
  const next = now.kind === 'line' ? addPart(now, ring) : overlaid(() => withDrawn(now, 'polygon', ring));
  if (!next) return;
  dropSketch();
  commit(next, { verb: 'draw' });
  chooseTool('select');
}

/** Parts that overlap or touch become one. */
export function mergeParts(): void {
  const now = shape.peek();
  const merged = now && overlaid(() => merge(now));
  if (merged) commit(merged, { verb: 'merge' });
}

/** Work with areas that the sweep cannot get through is given up with a word: nothing of the draft is lost. */
export function overlaid<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof OverlayFailed)) throw error;
    say('overlay_failed');
    refused.value = 'overlay_failed';
    return null;
  }
}

export function commit(next: Shape, note: Note): void {
  change({ shape: next }, note);
}

/** Escape: the nearest thing is given up. @returns false when the hand was empty */
export function cancelOne(): boolean {
  if (carried.peek() || grabbed.peek()) {
    putBack();
    return true;
  }
  if (sketch.peek().length > 0) {
    if (mayDrop()) {
      dropSketch();
      say('given_up');
    }
    return true;
  }
  if (tool.peek() !== 'select') {
    chooseTool('select');
    return true;
  }
  if (selected.peek()) {
    selected.value = null;
    return true;
  }
  return false;
}
