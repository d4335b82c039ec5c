// What is wrong with a shape, and where: said while it is drawn, and a reason not to save it.
import type { Position } from '../../server/domain/feature.ts';
import { crosses, flatArea, holds, merge, OverlayFailed } from './verbs/overlay.ts';
import { ringsOf, vertexCount, type Ring, type Shape } from './shape.ts';

export interface ShapeFault {
  readonly code: 'empty' | 'crosses_itself' | 'hole_outside' | 'no_area' | 'overlaps';
  readonly at: Position | null;
}

interface Segment {
  readonly a: Position;
  readonly b: Position;
  readonly ring: number;
  readonly index: number;
  readonly length: number;
  readonly west: number;
  readonly east: number;
}

/** More vertices than this are not looked at while a hand moves one of them: the service looks at all when it saves. */
export const CHECKED_WHILE_MOVING = 800;

/**
 * All faults of a shape; none means that it can be saved.
 * @param moving a hand moves it: whether parts lie on each other is looked at when it rests
 * Segments are swept from west to east: near n log n.
 */
export function faultsOf(shape: Shape, moving = false): ShapeFault[] {
  if (shape.parts.length === 0) return [{ code: 'empty', at: null }];
  const faults: ShapeFault[] = [];
  const segments: Segment[] = [];
  let ring = 0;
  for (const { positions } of ringsOf(shape)) segments.push(...segmentsOf(positions, ring++, shape.kind === 'area'));
  if (shape.kind === 'area') {
    const crossing = firstCrossing(segments);
    if (crossing) faults.push({ code: 'crosses_itself', at: crossing });
    for (const part of shape.parts) {
      const shell: Shape = { kind: 'area', parts: [[part[0] ?? []]] };
      if (isFlat(part[0] ?? [])) faults.push({ code: 'no_area', at: part[0]?.[0] ?? null });
      for (const hole of part.slice(1)) {
        const at = hole.find((position) => !holds(shell, position) && !onRing(part[0] ?? [], position));
        if (at && !crossing) faults.push({ code: 'hole_outside', at });
      }
    }
    if (faults.length === 0 && !moving && overlaps(shape)) faults.push({ code: 'overlaps', at: null });
  }
  return faults;
}

/** More vertices than this are left to the service: laying them over each other takes too long. */
const OVERLAID = 5000;

/** Parts or holes that lie on each other: what is counted and what is seen would not be the same. */
function overlaps(shape: Shape): boolean {
  const rings = shape.parts.reduce((sum, part) => sum + part.length, 0);
  if (rings < 2 || vertexCount(shape) > OVERLAID) return false;
  const drawn = flatArea(shape);
  try {
    return Math.abs(drawn - flatArea(merge(shape))) > drawn * 1e-9;
  } catch (error) {
    if (error instanceof OverlayFailed) return false; // said where it is tried
    throw error;
  }
}

function segmentsOf(positions: Ring, ring: number, closed: boolean): Segment[] {
  const out: Segment[] = [];
  const { length } = positions;
  for (let index = 0; index < (closed ? length : length - 1); index++) {
    const a = positions[index] as Position;
    const b = positions[(index + 1) % length] as Position;
    out.push({ a, b, ring, index, length, west: Math.min(a[0], b[0]), east: Math.max(a[0], b[0]) });
  }
  return out;
}

function firstCrossing(segments: readonly Segment[]): Position | null {
  const sorted = segments.toSorted((p, q) => p.west - q.west);
  let open: Segment[] = [];
  for (const now of sorted) {
    open = open.filter((one) => one.east >= now.west);
    for (const one of open) {
      if (!areNeighbours(one, now) && crosses(one.a, one.b, now.a, now.b)) return crossingOf(one, now);
    }
    open.push(now);
  }
  return null;
}

const areNeighbours = (p: Segment, q: Segment): boolean =>
  p.ring === q.ring && (Math.abs(p.index - q.index) === 1 || Math.abs(p.index - q.index) === p.length - 1);

function crossingOf({ a, b }: Segment, { a: c, b: d }: Segment): Position {
  const across = (d[0] - c[0]) * (b[1] - a[1]) - (d[1] - c[1]) * (b[0] - a[0]);
  const t = ((c[0] - a[0]) * (d[1] - c[1]) - (c[1] - a[1]) * (d[0] - c[0])) / -across;
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
}

function isFlat(ring: Ring): boolean {
  let twice = 0;
  const [x0, y0] = ring[0] ?? [0, 0];
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1, y1] = ring[j] as Position;
    const [x2, y2] = ring[i] as Position;
    twice += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
  }
  return Math.abs(twice) < 1e-14;
}

const onRing = (ring: Ring, [x, y]: Position): boolean => ring.some(([lon, lat]) => lon === x && lat === y);
