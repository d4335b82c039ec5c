// Positions whose reach meets an edge: for `possible`, within the accuracy of an edge on either side.
import { metresPerDegree, SEMI_MAJOR } from '../../geo/ellipsoid.ts';
import { footOn } from '../../geo/segment.ts';
import type { Chains } from '../flatShape.ts';
import { lowerBound, stripAt, upperBound, type Sheet } from '../units/sheet.ts';
import { grown } from '../units/unitIds.ts';
import type { Positions } from '../units/positions.ts';
import { StripLists } from './stripLists.ts';

/** Edges filed together. */
const LONGEST_CHAIN = 8;
/** Metres: chains end here too, so that the frame of one holds. */
const FARTHEST = 500;
const CLOSE = 3e-6;

const lists = new StripLists();
const sorted = { records: new Int32Array(0) };
let chainFrom = new Int32Array(1024);
let chainTo = new Int32Array(1024);
/** Metres: how far the frame of a chain can be out. */
let chainDoubt = new Float64Array(1024);
let chainScaleX = new Float64Array(1024);
let chainScaleY = new Float64Array(1024);
let chainCount = 0;

/**
 * Adds positions whose distance from an edge is at most their accuracy to `near`, and footprints that an edge could
 * touch to `footprints`.
 * @param edge segments straight in lon/lat
 * @param shift degrees added to the sheet's longitudes before they are compared: 0, 360 or -360
 */
export function nearRuns(positions: Positions, sheet: Sheet, edge: Chains, shift: number, near: number[], footprints: number[]): void {
  if (!fileChains(sheet, edge, shift)) return;
  const { lon, lat, accuracy } = positions;
  for (let strip = lists.low; strip <= lists.high; strip++) {
    if (lists.isEmpty(strip)) continue;
    const count = lists.sort(strip, sorted);
    const { records } = sorted;
    const last = sheet.starts[strip + 1] as number;
    let cursor = (sheet.starts[strip] as number) + 1;
    let from = 0;
    while (from < count && cursor < last) {
      let east = lists.east[records[from] as number] as number;
      let to = from + 1;
      while (to < count && (lists.west[records[to] as number] as number) <= east) {
        east = Math.max(east, lists.east[records[to] as number] as number);
        to++;
      }
      cursor = lowerBound(lon, cursor, last, (lists.west[records[from] as number] as number) - shift);
      const after = cursor === last ? last : upperBound(lon, cursor, last, east - shift);
      for (; cursor < after; cursor++) {
        const isFootprint = sheet.hasFootprints && positions.footprints.has(cursor);
        const reach = isFootprint ? sheet.reach : (accuracy?.[cursor] ?? 0);
        if (!meets(edge.xy, records, from, to, (lon[cursor] as number) + shift, lat[cursor] as number, reach)) continue;
        (isFootprint ? footprints : near).push(cursor);
      }
      from = to;
    }
  }
}

function meets(xy: Float64Array, records: Int32Array, from: number, to: number, x: number, y: number, reach: number): boolean {
  for (let i = from; i < to; i++) {
    const record = records[i] as number;
    if ((lists.west[record] as number) > x) break;
    if ((lists.east[record] as number) < x) continue;
    const chain = lists.item[record] as number;
    const scaleX = chainScaleX[chain] as number;
    const scaleY = chainScaleY[chain] as number;
    const doubt = chainDoubt[chain] as number;
    const end = chainTo[chain] as number;
    let vertex = chainFrom[chain] as number;
    let ax = ((xy[2 * vertex] as number) - x) * scaleX;
    let ay = ((xy[2 * vertex + 1] as number) - y) * scaleY;
    for (vertex++; vertex <= end; vertex++) {
      const bx = ((xy[2 * vertex] as number) - x) * scaleX;
      const by = ((xy[2 * vertex + 1] as number) - y) * scaleY;
      const off = Math.sqrt(squareToSegment(ax, ay, bx, by)) - reach;
      if (off <= -doubt) return true;
      if (off <= doubt && distanceByRule(xy, vertex, x, y) <= reach) return true;
      ax = bx;
      ay = by;
    }
  }
  return false;
}

function distanceByRule(xy: Float64Array, vertex: number, x: number, y: number): number {
  const a = [xy[2 * vertex - 2] as number, xy[2 * vertex - 1] as number] as const;
  const b = [xy[2 * vertex] as number, xy[2 * vertex + 1] as number] as const;
  return footOn(a, b, [x, y]).distance;
}

/** The square of the distance from the origin to a segment. */
function squareToSegment(ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const square = dx * dx + dy * dy;
  const t = square === 0 ? 0 : -(ax * dx + ay * dy) / square;
  const foot = t < 0 ? 0 : t > 1 ? 1 : t;
  const x = ax + foot * dx;
  const y = ay + foot * dy;
  return x * x + y * y;
}

function fileChains(sheet: Sheet, { xy, ends }: Chains, shift: number): boolean {
  lists.open(0, sheet.strips - 1);
  chainCount = 0;
  let filed = false;
  let start = 0;
  for (const end of ends) {
    let from = start;
    while (from < end - 1) {
      let west = xy[2 * from] as number;
      let east = west;
      let south = xy[2 * from + 1] as number;
      let north = south;
      const scale = metresPerDegree(south);
      let to = from;
      while (to < end - 1 && to - from < LONGEST_CHAIN) {
        to++;
        west = Math.min(west, xy[2 * to] as number);
        east = Math.max(east, xy[2 * to] as number);
        south = Math.min(south, xy[2 * to + 1] as number);
        north = Math.max(north, xy[2 * to + 1] as number);
        if ((east - west) * scale.x > FARTHEST || (north - south) * scale.y > FARTHEST) break;
      }
      if (fileChain(sheet, from, to, west, south, east, north, shift)) filed = true;
      from = to;
    }
    start = end;
  }
  return filed;
}

function fileChain(
  sheet: Sheet,
  from: number,
  to: number,
  west: number,
  south: number,
  east: number,
  north: number,
  shift: number,
): boolean {
  const pad = sheet.reach * 1.002 + 0.01;
  const farthest = Math.min(Math.max(Math.abs(south), Math.abs(north)) + pad / 110_000, 89.99);
  const padX = farthest > 89.9 ? 360 : pad / metresPerDegree(farthest).x;
  const padY = pad / metresPerDegree(0).y;
  if (west - padX - shift > sheet.east || east + padX - shift < sheet.west) return false;
  const low = Math.max(0, stripAt(sheet, south - padY));
  const high = Math.min(sheet.strips - 1, stripAt(sheet, north + padY));
  if (low > high || chainIsFarFromUnits(sheet, low, high)) return false;
  if (chainCount === chainFrom.length) growChains();
  const scale = metresPerDegree((south + north) / 2);
  const extent = Math.hypot((east - west) * scale.x, (north - south) * scale.y) + pad;
  const chain = chainCount++;
  chainFrom[chain] = from;
  chainTo[chain] = to;
  chainScaleX[chain] = scale.x;
  chainScaleY[chain] = scale.y;
  chainDoubt[chain] = ((2 * extent * extent) / SEMI_MAJOR) * (1 + Math.tan((farthest * Math.PI) / 180)) + CLOSE;
  for (let strip = low; strip <= high; strip++) {
    if (sheet.starts[strip] !== sheet.starts[strip + 1]) lists.add(strip, chain, west - padX, east + padX);
  }
  return true;
}

/** Do all strips from low to high lack units? */
function chainIsFarFromUnits(sheet: Sheet, low: number, high: number): boolean {
  return sheet.starts[low] === sheet.starts[high + 1];
}

function growChains(): void {
  const length = chainFrom.length * 2;
  chainFrom = grown(chainFrom, length, Int32Array);
  chainTo = grown(chainTo, length, Int32Array);
  chainDoubt = grown(chainDoubt, length, Float64Array);
  chainScaleX = grown(chainScaleX, length, Float64Array);
  chainScaleY = grown(chainScaleY, length, Float64Array);
}
