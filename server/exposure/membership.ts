// Which positions a shape takes in, and which lie so near to its edge that their accuracy leaves it open.
import { edgeOf, preparedOf, type FlatShape } from './flatShape.ts';
import { areaRuns } from './runs/areaRuns.ts';
import { bandRuns } from './runs/bandRuns.ts';
import { discRuns } from './runs/discRuns.ts';
import { nearRuns } from './runs/nearRuns.ts';
import { NO_RUNS, RunBuffer, runsOf, subtract, unite, type Runs } from './runs/runList.ts';
import { judge } from './runs/single.ts';
import type { Sheet } from './units/sheet.ts';
import type { Positions } from './units/positions.ts';

/**
 * Positions in order, as runs. `inside`: the nominal position is in (an edge counts, a footprint that touches counts).
 * `near`: on the edge, or so near to it, on either side, that the accuracy reaches it. So certain is inside without
 * near, and possible is near.
 */
export interface Membership {
  readonly inside: Runs;
  readonly near: Runs;
}

export const NOBODY: Membership = { inside: NO_RUNS, near: NO_RUNS };

/** Those for whom the answer does not hang on the accuracy of their position. */
export const certainOf = ({ inside, near }: Membership): Runs => subtract(inside, near);

/** Those who are in, or could be. */
export const anyOf = ({ inside, near }: Membership): Runs => unite(inside, near);

const buffer = new RunBuffer();

/** The membership of all units in a shape: exact, and the same whatever the order in which the units came. */
export function membershipOf(positions: Positions, shape: FlatShape): Membership {
  let result = NOBODY;
  for (const sheet of positions.sheets) {
    const found = inSheet(positions, sheet, shape);
    result = { inside: unite(result.inside, found.inside), near: unite(result.near, found.near) };
  }
  const tail = inTail(positions, shape);
  return { inside: unite(result.inside, tail.inside), near: unite(result.near, tail.near) };
}

function inSheet(positions: Positions, sheet: Sheet, shape: FlatShape): Membership {
  let inside = NO_RUNS;
  const near: number[] = [];
  const footprints: number[] = [];
  for (const shift of shiftsFor(sheet, shape)) {
    inside = unite(inside, nominal(positions, sheet, shape, shift, near));
    if (sheet.reach > 0 && shape.kind !== 'disc') nearRuns(positions, sheet, edgeOf(shape), shift, near, footprints);
  }
  if (footprints.length > 0) {
    const taken: number[] = [];
    for (const position of new Set(footprints)) {
      const relation = judge(positions, shape, position);
      if (relation?.inside) taken.push(position);
      if (relation?.possible) near.push(position);
    }
    inside = unite(subtract(inside, runsOf(footprints)), runsOf(taken));
  }
  return { inside, near: runsOf(near) };
}

/** Positions that the shape takes in by where they nominally are. What is found to be on its edge goes to `near`. */
function nominal(positions: Positions, sheet: Sheet, shape: FlatShape, shift: number, near: number[]): Runs {
  switch (shape.kind) {
    case 'area':
      return inParts(positions, sheet, shape, shape.parts, shift, near);
    case 'disc':
      buffer.clear();
      discRuns(positions, sheet, shape, shift, buffer, near);
      return buffer.take();
    case 'strip':
      buffer.clear();
      bandRuns(positions, sheet, shape, shift, buffer, near);
      return buffer.take();
    case 'margin': {
      // the edge of the area that the margin lies around is no edge of the whole
      const area = inParts(positions, sheet, shape, shape.parts, shift, null);
      buffer.clear();
      bandRuns(positions, sheet, shape, shift, buffer, near);
      return unite(area, buffer.take());
    }
  }
}

function inParts(
  { lon, lat }: Positions,
  sheet: Sheet,
  shape: FlatShape,
  parts: Extract<FlatShape, { kind: 'area' }>['parts'],
  shift: number,
  near: number[] | null,
): Runs {
  let inside = NO_RUNS;
  const onEdge: number[] = [];
  for (const part of parts) {
    buffer.clear();
    areaRuns(sheet, lon, lat, part, shift, buffer, onEdge);
    inside = unite(inside, buffer.take());
  }
  // where parts overlap or meet, an edge of one may lie within the whole
  const single = parts.length === 1;
  for (const position of near ? onEdge : []) {
    const at = [lon[position] as number, lat[position] as number] as const;
    if (single || preparedOf(shape).place(at) === 'edge') near?.push(position);
  }
  return inside;
}

/** Degrees by which a sheet's longitudes must be moved to meet the shape: more than 0 only at the date line. */
function shiftsFor(sheet: Sheet, shape: FlatShape): number[] {
  return SHIFTS.filter((shift) => reaches(shape, sheet.reach, sheet.west + shift, sheet.south, sheet.east + shift, sheet.north));
}

const SHIFTS = [0, 360, -360];

/** Could a shape and units of this reach (metres) in a box have anything to do with each other? */
function reaches({ bounds }: FlatShape, reach: number, west: number, south: number, east: number, north: number): boolean {
  // the reach in degrees, never too short
  const padY = reach / 110_000 + 1e-6;
  if (bounds[3] + padY < south || bounds[1] - padY > north) return false;
  const latitude = Math.min(Math.max(Math.abs(bounds[1]), Math.abs(bounds[3])) + padY, 89.99);
  const padX = Math.min(360, padY / Math.cos((latitude * Math.PI) / 180));
  return east >= bounds[0] - padX && west <= bounds[2] + padX;
}

function inTail(positions: Positions, shape: FlatShape): Membership {
  const { tail, lon, lat } = positions;
  if (tail.next === tail.first + 1) return NOBODY;
  const inside: number[] = [];
  const near: number[] = [];
  for (let position = tail.first + 1; position < tail.next; position++) {
    const reach = tail.reach[position - tail.first] as number;
    const x = lon[position] as number;
    const y = lat[position] as number;
    if (reach < 0 || !SHIFTS.some((shift) => reaches(shape, reach, x + shift, y, x + shift, y))) continue;
    const relation = judge(positions, shape, position);
    if (relation?.inside) inside.push(position);
    if (relation?.possible) near.push(position);
  }
  return { inside: runsOf(inside), near: runsOf(near) };
}
