// What a piece of a band takes up between two latitudes: the span that holds all of it, and the span within which every
// position of those latitudes lies in it.
import { CAPSULE, RECTANGLE, type BandPieces } from './bandPieces.ts';

/** The result of the functions below; west > east: nothing. */
export const span = { west: 0, east: 0, innerWest: 0, innerEast: 0 };

const quadX = new Float64Array(5);
const quadY = new Float64Array(5);

/** Sets `span` for the rows from y0 to y1 (metres in the frame of the piece's group). */
export function spanOf(pieces: BandPieces, group: number, piece: number, y0: number, y1: number): void {
  const x = pieces.x[piece] as number;
  const y = pieces.y[piece] as number;
  spanFromStart(pieces, pieces.doubt[group] as number, piece, y0 - y, y1 - y);
  span.west += x;
  span.east += x;
  span.innerWest += x;
  span.innerEast += x;
}

/** The same in metres from where the piece begins. */
function spanFromStart(pieces: BandPieces, doubt: number, piece: number, y0: number, y1: number): void {
  const kind = pieces.kind[piece];
  const left = pieces.left[piece] as number;
  const right = pieces.right[piece] as number;
  const length = pieces.length[piece] as number;
  const ux = pieces.ux[piece] as number;
  const uy = pieces.uy[piece] as number;
  span.innerWest = Infinity;
  span.innerEast = -Infinity;
  if (kind === RECTANGLE) {
    quad(ux, uy, -doubt, length + doubt, -right - doubt, left + doubt);
    outerOfQuad(y0, y1);
    if (length <= 2 * doubt || left + right <= 2 * doubt) return;
    quad(ux, uy, doubt, length - doubt, -right + doubt, left - doubt);
    innerOfQuad(y0, y1);
    return;
  }
  const radius = Math.max(left, right);
  outerOfCapsule(ux * length, uy * length, radius + doubt, y0, y1);
  if (kind === CAPSULE && radius > doubt) innerOfCapsule(ux * length, uy * length, radius - doubt, y0, y1);
}

function quad(ux: number, uy: number, s0: number, s1: number, w0: number, w1: number): void {
  quadX[0] = s0 * ux - w0 * uy;
  quadY[0] = s0 * uy + w0 * ux;
  quadX[1] = s1 * ux - w0 * uy;
  quadY[1] = s1 * uy + w0 * ux;
  quadX[2] = s1 * ux - w1 * uy;
  quadY[2] = s1 * uy + w1 * ux;
  quadX[3] = s0 * ux - w1 * uy;
  quadY[3] = s0 * uy + w1 * ux;
  quadX[4] = quadX[0];
  quadY[4] = quadY[0];
}

function outerOfQuad(y0: number, y1: number): void {
  let west = Infinity;
  let east = -Infinity;
  for (let i = 0; i < 4; i++) {
    let ax = quadX[i] as number;
    let ay = quadY[i] as number;
    let bx = quadX[i + 1] as number;
    let by = quadY[i + 1] as number;
    if (ay > by) [ax, ay, bx, by] = [bx, by, ax, ay];
    if (by < y0 || ay > y1) continue;
    const slope = by === ay ? 0 : (bx - ax) / (by - ay);
    const p = ay < y0 ? ax + (y0 - ay) * slope : ax;
    const q = by > y1 ? ax + (y1 - ay) * slope : bx;
    west = Math.min(west, p, q);
    east = Math.max(east, p, q);
  }
  span.west = west;
  span.east = east;
}

function innerOfQuad(y0: number, y1: number): void {
  const low = Math.min(quadY[0] as number, quadY[1] as number, quadY[2] as number, quadY[3] as number);
  const high = Math.max(quadY[0] as number, quadY[1] as number, quadY[2] as number, quadY[3] as number);
  if (y0 < low || y1 > high) return;
  let west = -Infinity;
  let east = Infinity;
  for (const y of [y0, y1]) {
    let rowWest = Infinity;
    let rowEast = -Infinity;
    for (let i = 0; i < 4; i++) {
      const ay = quadY[i] as number;
      const by = quadY[i + 1] as number;
      if (ay > y && by > y) continue;
      if (ay < y && by < y) continue;
      if (ay === by) continue; // its ends belong to the other sides too
      const x = (quadX[i] as number) + ((y - ay) / (by - ay)) * ((quadX[i + 1] as number) - (quadX[i] as number));
      rowWest = Math.min(rowWest, x);
      rowEast = Math.max(rowEast, x);
    }
    west = Math.max(west, rowWest);
    east = Math.min(east, rowEast);
  }
  span.innerWest = west;
  span.innerEast = east;
}

/** The easternmost x of a capsule from (0, 0) to (bx, by) at a row; the row must meet it. */
function capsuleEast(bx: number, by: number, radius: number, y: number): number {
  let east = -Infinity;
  const square = radius * radius;
  if (Math.abs(y) <= radius) east = Math.sqrt(square - y * y);
  if (Math.abs(y - by) <= radius) east = Math.max(east, bx + Math.sqrt(square - (y - by) * (y - by)));
  if (by !== 0) {
    // the side that faces east: the segment moved by the radius along its normal
    const length = Math.sqrt(bx * bx + by * by);
    const nx = (Math.abs(by) / length) * radius;
    const ny = ((by > 0 ? -bx : bx) / length) * radius;
    const t = (y - ny) / by;
    if (t >= 0 && t <= 1) east = Math.max(east, nx + t * bx);
  }
  return east;
}

function outerOfCapsule(bx: number, by: number, radius: number, y0: number, y1: number): void {
  const low = Math.max(y0, Math.min(0, by) - radius);
  const high = Math.min(y1, Math.max(0, by) + radius);
  if (low > high) {
    span.west = Infinity;
    span.east = -Infinity;
    return;
  }
  const eastmost = bx > 0 ? by : 0;
  const westmost = bx > 0 ? 0 : by;
  span.east = eastmost >= low && eastmost <= high ? Math.max(0, bx) + radius : capsuleEast(bx, by, radius, eastmost < low ? low : high);
  span.west = westmost >= low && westmost <= high ? Math.min(0, bx) - radius : -capsuleEast(-bx, by, radius, westmost < low ? low : high);
}

function innerOfCapsule(bx: number, by: number, radius: number, y0: number, y1: number): void {
  if (y0 < Math.min(0, by) - radius || y1 > Math.max(0, by) + radius) return;
  span.innerEast = Math.min(capsuleEast(bx, by, radius, y0), capsuleEast(bx, by, radius, y1));
  span.innerWest = Math.max(-capsuleEast(-bx, by, radius, y0), -capsuleEast(-bx, by, radius, y1));
}
