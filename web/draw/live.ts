// The shape as it is seen and counted at this moment: the draft, with whatever the tool has in hand at the aim.
import { computed } from '@preact/signals';
import type { Position } from '../../server/domain/feature.ts';
import { distanceBetween } from '../../server/geo/ellipsoid.ts';
import { faultsOf, CHECKED_WHILE_MOVING } from '../draft/check.ts';
import { geometryOf, leastVertices, samePosition, vertexCount, type Ring, type Shape } from '../draft/shape.ts';
import { circle, rectangle } from '../draft/verbs/forms.ts';
import { bearing, centreOf, moveShape } from '../draft/verbs/move.ts';
import { areaOfRing, cut, merge, OverlayFailed } from '../draft/verbs/overlay.ts';
import { addPart, moveVertex } from '../draft/verbs/vertices.ts';
import { shape } from './draft.ts';
import { aim, carried, grabbed, sketch, tool, type Tool } from './tools.ts';

/** Laying areas over each other at every move is for shapes up to this; larger ones wait until the ring is closed. */
const OVERLAID_WHILE_MOVING = 600;

/** What the sketch would be if it were closed now. `null`: not enough for a ring. */
export function ringOf(form: Tool, placed: Ring, at: Position | null): Ring | null {
  const [first] = placed;
  switch (form) {
    case 'rectangle': {
      const other = placed[1] ?? at;
      return first && other && first[0] !== other[0] && first[1] !== other[1] ? rectangle(first, other) : null;
    }
    case 'circle': {
      const rim = placed[1] ?? at;
      const radius = first && rim ? distanceBetween(first, rim) : 0;
      return first && radius > 0 ? circle(first, radius) : null;
    }
    case 'polygon':
    case 'hole':
    case 'freehand': {
      const whole = at && form !== 'freehand' && !samePosition(placed.at(-1), at) && !samePosition(first, at) ? [...placed, at] : placed;
      return whole.length >= 3 ? whole : null;
    }
    default:
      return null;
  }
}

/** The shape with a finished ring: a part more, or a hole. Parts that overlap become one. */
export function withDrawn(base: Shape, form: Tool, ring: Ring): Shape {
  if (base.kind === 'line') return addPart(base, ring);
  if (form === 'hole') return cut(base, areaOfRing(ring));
  if (base.parts.length === 0) return addPart(base, ring);
  const all = addPart(base, ring);
  const merged = merge(base, areaOfRing(ring));
  // parts that lie apart stay as they were drawn, vertex by vertex
  return merged.parts.length === all.parts.length && vertexCount(merged) === vertexCount(all) ? all : merged;
}

/** The shape in the hand; null while no draft is open. */
export const liveShape = computed<Shape | null>(() => {
  const base = shape.value;
  if (!base) return null;
  const at = aim.value?.position ?? null;
  if (carried.value && at) return moveVertex(base, carried.value, at);
  const grab = grabbed.value;
  if (grab && at) return moved(base, grab.by, grab.from, at);
  if (sketch.value.length === 0 || tool.value === 'split' || tool.value === 'measure') return base;
  if (base.kind === 'line') {
    const line = at && !samePosition(sketch.value.at(-1), at) ? [...sketch.value, at] : sketch.value;
    return line.length >= leastVertices('line') ? addPart(base, line) : base;
  }
  const ring = ringOf(tool.value, sketch.value, at);
  if (!ring) return base;
  // while it moves, a ring that crosses itself is drawn beside the rest and not laid over it
  if (tool.value === 'hole' && vertexCount(base) + ring.length > OVERLAID_WHILE_MOVING) return base;
  if (vertexCount(base) + ring.length > OVERLAID_WHILE_MOVING) return addPart(base, ring);
  try {
    return withDrawn(base, tool.value, ring);
  } catch (error) {
    if (error instanceof OverlayFailed) return addPart(base, ring);
    throw error;
  }
});

/** The shape picked up at `from` and brought to `to`, or turned about its middle by the angle between the two. */
export function moved(base: Shape, by: 'move' | 'turn', from: Position, to: Position): Shape {
  const centre = centreOf(base);
  if (!centre || samePosition(from, to)) return base;
  if (by === 'turn') return moveShape(base, centre, bearing(centre, to) - bearing(centre, from));
  return moveShape(base, [centre[0] + to[0] - from[0], centre[1] + to[1] - from[1]]);
}

export const liveGeometry = computed(() => liveShape.value && geometryOf(liveShape.value));

/** What is wrong with the shape at this moment. Of very large ones only when the hand is empty. */
export const liveFaults = computed(() => {
  const now = liveShape.value;
  if (!now) return [];
  if (now !== shape.value && vertexCount(now) > CHECKED_WHILE_MOVING) return [];
  return faultsOf(now, now !== shape.value);
});
