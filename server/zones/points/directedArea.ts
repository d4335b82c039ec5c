// Areas that know which way is down: a body, and what lies ahead of it, behind it and beside it.
import type { Geometry, Position } from '../../domain/feature.ts';
import { boundsOf } from '../../geo/bounds.ts';
import { localFrame, mapPositions } from '../../geo/localFrame.ts';
import { chainsOf } from '../../geo/segment.ts';
import { inDegrees, sweptBy } from '../kernel/outline.ts';
import type { GeometryKernel } from '../kernel/geos.ts';
import { parallelogram } from '../kernel/sweep.ts';

/** Metres beyond a body: downslope, upslope, and to each side. */
export interface Reach {
  readonly ahead: number;
  readonly back: number;
  readonly aside: number;
}

/** A body of which only a middle and a size are known, in metres along the slope and across it. */
export interface Block {
  readonly center: Position;
  readonly along: number;
  readonly across: number;
}

/** Unit vector (east, north) of a bearing in degrees clockwise from north. */
export function heading(bearing: number): Position {
  const angle = (bearing * Math.PI) / 180;
  return [Math.sin(angle), Math.cos(angle)];
}

/** The rectangle around a block. @param bearing downslope, degrees. @returns lon/lat */
export function aroundBlock({ center, along, across }: Block, bearing: number, reach: Reach, kernel: GeometryKernel): Geometry {
  const frame = localFrame(boundsOf({ type: 'Point', coordinates: center }));
  const corners = parallelogram(along / 2 + reach.ahead, along / 2 + reach.back, across / 2 + reach.aside, heading(bearing));
  const ring = [...corners, corners[0] as Position];
  return inDegrees({ type: 'Polygon', coordinates: [ring] }, frame, kernel);
}

/** A drawn body with what lies ahead, behind and beside it. @returns lon/lat */
export function aroundBody(body: Geometry, bearing: number, { ahead, back, aside }: Reach, kernel: GeometryKernel): Geometry {
  return sweptBy(body, () => parallelogram(ahead, back, aside, heading(bearing)), kernel);
}

/** How long a body is along a bearing and how wide across it, in metres. */
export function extentAlong(body: Geometry, bearing: number): { along: number; across: number } {
  const frame = localFrame(boundsOf(body));
  const [x, y] = heading(bearing);
  let [low, high, left, right] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [east, north] of chainsOf(mapPositions(body, frame.toMetres)).flat()) {
    const along = east * x + north * y;
    const across = north * x - east * y;
    low = Math.min(low, along);
    high = Math.max(high, along);
    left = Math.min(left, across);
    right = Math.max(right, across);
  }
  return { along: high - low, across: right - left };
}
