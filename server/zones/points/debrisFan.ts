// The fan of a debris flow: from its apex down the channel, wider the farther down.
import type { Geometry, Position } from '../../domain/feature.ts';
import { boundsOfPositions } from '../../geo/bounds.ts';
import { localFrame } from '../../geo/localFrame.ts';
import { footOn } from '../../geo/segment.ts';
import type { GeometryKernel } from '../kernel/geos.ts';
import { inDegrees, wedges } from '../kernel/outline.ts';
import { disc } from '../kernel/sweep.ts';
import { heading } from './directedArea.ts';
import { fanHalfWidth } from './reach.ts';

export interface Fan {
  readonly length: number;
  readonly width: number;
  /** On each flank, beyond the fan's own width. */
  readonly spread: number;
}

/** The axis of a fan that is taken straight: from the apex along a bearing, as long as the fan. Metres around the apex. */
export function straightAxis(bearing: number, length: number): readonly Position[] {
  const [x, y] = heading(bearing);
  return [
    [0, 0],
    [x * length, y * length],
  ];
}

/** Where the nearest point of a channel lies, and how far off (metres): the channel goes on from there. */
export function nearestOn(channel: readonly Position[], p: Position): { index: number; position: Position; distance: number } {
  let best = { index: 0, position: channel[0] as Position, distance: Infinity };
  for (let i = 1; i < channel.length; i++) {
    const foot = footOn(channel[i - 1] as Position, channel[i] as Position, p);
    if (foot.distance < best.distance) best = { index: i, position: foot.position, distance: foot.distance };
  }
  return best;
}

/**
 * The fan around its axis, with a half width that grows along it: over each straight stretch the trapezium of its half widths,
 * rounded at the apex and where the channel bends.
 * @param axis in the frame's metres, from the apex down
 */
function fanAround(axis: readonly Position[], { length, width, spread }: Fan, kernel: GeometryKernel): Geometry {
  const apex = axis[0] as Position;
  const round = (radius: number) => ringed(disc(radius).map(([x, y]): Position => [apex[0] + x, apex[1] + y]));
  const parts: Geometry[] = [round(fanHalfWidth(0, length, width, spread))];
  let gone = 0;
  for (let i = 1; i < axis.length && gone < length; i++) {
    const a = axis[i - 1] as Position;
    // a channel that ends before the fan does goes straight on
    const b = i === axis.length - 1 ? onwards(a, axis[i] as Position, length - gone) : (axis[i] as Position);
    const whole = Math.hypot(b[0] - a[0], b[1] - a[1]);
    if (whole === 0) continue;
    const used = Math.min(whole, length - gone);
    const [dx, dy] = [(b[0] - a[0]) / whole, (b[1] - a[1]) / whole];
    const end: Position = [a[0] + dx * used, a[1] + dy * used];
    const [near, far] = [gone, gone + used].map((distance) => fanHalfWidth(distance, length, width, spread)) as [number, number];
    const beside = (p: Position, by: number): Position => [p[0] - dy * by, p[1] + dx * by];
    parts.push(ringed([beside(a, -near), beside(end, -far), beside(end, far), beside(a, near)]));
    // the outer side of the bend, and nothing where the line goes straight on: more vertices make no wider fan
    if (i > 1) parts.push(...wedges(axis[i - 2] as Position, a, end, near, near));
    gone += used;
  }
  // nowhere farther from the apex than it is long: the front of a straight fan is an arc around the apex
  const within = round(length);
  return kernel.intersection(kernel.union(parts), within) ?? within;
}

function onwards(a: Position, b: Position, least: number): Position {
  const whole = Math.hypot(b[0] - a[0], b[1] - a[1]);
  const factor = whole > 0 && whole < least ? least / whole : 1;
  return [a[0] + (b[0] - a[0]) * factor, a[1] + (b[1] - a[1]) * factor];
}

function ringed(corners: readonly Position[]): Geometry {
  return { type: 'Polygon', coordinates: [[...corners, corners[0] as Position]] };
}

/** A fan along a bearing. @returns lon/lat */
export function fanAlongBearing(apex: Position, bearing: number, fan: Fan, kernel: GeometryKernel): Geometry {
  const frame = localFrame(boundsOfPositions([apex]));
  return inDegrees(fanAround(straightAxis(bearing, fan.length), fan, kernel), frame, kernel);
}

/**
 * A fan down a channel from the place of the channel nearest to the apex.
 * @param channel lon/lat, digitised downstream
 */
export function fanAlongChannel(apex: Position, channel: readonly Position[], fan: Fan, kernel: GeometryKernel): Geometry {
  const start = nearestOn(channel, apex);
  const frame = localFrame(boundsOfPositions([apex]));
  const [from, to] = [channel[start.index - 1], channel[start.index]].map((p) => frame.toMetres(p as Position)) as [Position, Position];
  // straight on in its last direction where the channel ends here
  const on: Position = [to[0] + (to[0] - from[0]) * 1e-3, to[1] + (to[1] - from[1]) * 1e-3];
  const axis = [
    ...[apex, start.position, ...channel.slice(start.index)].map(frame.toMetres),
    ...(start.index === channel.length - 1 ? [on] : []),
  ];
  const local = axis.filter((p, i, all) => i === 0 || Math.hypot(p[0] - (all[i - 1]?.[0] ?? 0), p[1] - (all[i - 1]?.[1] ?? 0)) > 1e-3);
  return inDegrees(fanAround(local, fan, kernel), frame, kernel);
}
