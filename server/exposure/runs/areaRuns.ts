// Positions inside a polygon. Its rings are cut into chains of edges that stay inside one strip; between clusters of
// chains all positions of the strip lie on one side and are taken, or left, in bulk; beside edges each is tested exactly.
import { orient2d } from 'robust-predicates';
import type { Chains } from '../flatShape.ts';
import { lowerBound, stripAt, upperBound, type Sheet } from '../units/sheet.ts';
import { grown } from '../units/unitIds.ts';
import type { RunBuffer } from './runList.ts';
import { StripLists } from './stripLists.ts';

/** Longer chains are cut, so that a position meets few edges beside it. */
const LONGEST_CHAIN = 12;
/** Degrees, a ten-thousandth of a millimetre: more than rounding can shift the place where an edge leaves a strip. */
const PAD = 1e-12;

const lists = new StripLists();
const sorted = { records: new Int32Array(0) };
/** Chains: vertices [from, to] of the part. */
let chainFrom = new Int32Array(4096);
let chainTo = new Int32Array(4096);
let chainCount = 0;

/**
 * Adds the positions of a sheet that the polygon covers by the even-odd rule over all its rings, edges and vertices
 * included, to `runs`; those exactly on an edge or vertex also to `onEdge`.
 * @param polygon closed rings, edges straight in lon/lat
 * @param shift degrees added to the sheet's longitudes before they are compared: 0, 360 or -360
 */
export function areaRuns(
  sheet: Sheet,
  lon: Float64Array,
  lat: Float64Array,
  polygon: Chains,
  shift: number,
  runs: RunBuffer,
  onEdge: number[],
): void {
  if (!fileChains(sheet, polygon)) return;
  const { xy } = polygon;
  for (let strip = lists.low; strip <= lists.high; strip++) {
    if (lists.isEmpty(strip)) continue;
    const count = lists.sort(strip, sorted);
    const { records } = sorted;
    const last = sheet.starts[strip + 1] as number;
    const reference = sheet.south + (strip + 0.5) * sheet.height;
    let cursor = (sheet.starts[strip] as number) + 1;
    let inside = false;
    let from = 0;
    while (from < count && cursor < last) {
      let east = lists.east[records[from] as number] as number;
      let to = from + 1;
      while (to < count && (lists.west[records[to] as number] as number) <= east) {
        east = Math.max(east, lists.east[records[to] as number] as number);
        to++;
      }
      const before = lowerBound(lon, cursor, last, (lists.west[records[from] as number] as number) - shift);
      if (inside) runs.push(cursor, before);
      const after = before === last ? last : upperBound(lon, before, last, east - shift);
      for (let position = before; position < after; position++) {
        const place = placeBeside(xy, records, from, to, (lon[position] as number) + shift, lat[position] as number, inside);
        if (place === OUTSIDE) continue;
        runs.push(position, position + 1);
        if (place === ON_EDGE) onEdge.push(position);
      }
      for (let i = from; i < to; i++) {
        const chain = lists.item[records[i] as number] as number;
        if (chainCrosses(xy, chain, reference)) inside = !inside;
      }
      cursor = after;
      from = to;
    }
  }
}

/** Does a chain lead from one side of a latitude to the other? The chain's inner vertices cancel out. */
function chainCrosses(xy: Float64Array, chain: number, latitude: number): boolean {
  return (xy[2 * (chainFrom[chain] as number) + 1] as number) > latitude !== (xy[2 * (chainTo[chain] as number) + 1] as number) > latitude;
}

const OUTSIDE = 0;
const INSIDE = 1;
const ON_EDGE = 2;

/** Where a position within a cluster lies, by a ray to the west that ends in the gap before the cluster. */
function placeBeside(xy: Float64Array, records: Int32Array, from: number, to: number, x: number, y: number, gap: boolean): number {
  let inside = gap;
  for (let i = from; i < to; i++) {
    const record = records[i] as number;
    if ((lists.west[record] as number) > x) break;
    const chain = lists.item[record] as number;
    if ((lists.east[record] as number) < x) {
      if (chainCrosses(xy, chain, y)) inside = !inside;
      continue;
    }
    const end = chainTo[chain] as number;
    let vertex = chainFrom[chain] as number;
    let x1 = xy[2 * vertex] as number;
    let y1 = xy[2 * vertex + 1] as number;
    for (vertex++; vertex <= end; vertex++) {
      const x2 = xy[2 * vertex] as number;
      const y2 = xy[2 * vertex + 1] as number;
      if (y1 > y === y2 > y) {
        // no crossing; the position may still be a vertex, or lie on an edge along its latitude
        if (y1 === y && (x1 === x || (y2 === y && x1 <= x !== x2 < x))) return ON_EDGE;
        if (y2 === y && x2 === x) return ON_EDGE;
      } else if (x1 < x && x2 < x) {
        inside = !inside;
      } else if (x1 <= x || x2 <= x) {
        const turn = orient2d(x1, y1, x2, y2, x, y);
        if (turn === 0) return ON_EDGE;
        if (turn > 0 === y2 > y1) inside = !inside;
      }
      x1 = x2;
      y1 = y2;
    }
  }
  return inside ? INSIDE : OUTSIDE;
}

/** Cuts the rings into chains and files them by strip. @returns false when no strip with units is met */
function fileChains(sheet: Sheet, { xy, ends }: Chains): boolean {
  let south = Infinity;
  let north = -Infinity;
  for (let i = 1; i < xy.length; i += 2) {
    const y = xy[i] as number;
    if (y < south) south = y;
    if (y > north) north = y;
  }
  if (!(north >= sheet.south && south <= sheet.north)) return false;
  lists.open(Math.max(0, stripAt(sheet, south)), Math.min(sheet.strips - 1, stripAt(sheet, north)));
  chainCount = 0;
  let start = 0;
  for (const end of ends) {
    if (end > start) fileRing(sheet, xy, start, end);
    start = end;
  }
  return chainCount > 0;
}

function fileRing(sheet: Sheet, xy: Float64Array, start: number, end: number): void {
  const { starts } = sheet;
  let from = start;
  let x1 = xy[2 * start] as number;
  let y1 = xy[2 * start + 1] as number;
  let strip = stripAt(sheet, y1);
  let west = x1;
  let east = x1;
  const close = (to: number) => {
    if (to > from && strip >= 0 && strip < sheet.strips && starts[strip] !== starts[strip + 1]) addChain(strip, from, to, west, east);
  };
  for (let vertex = start + 1; vertex < end; vertex++) {
    const x2 = xy[2 * vertex] as number;
    const y2 = xy[2 * vertex + 1] as number;
    const next = stripAt(sheet, y2);
    if (next === strip) {
      if (x2 < west) west = x2;
      else if (x2 > east) east = x2;
      if (vertex - from >= LONGEST_CHAIN) {
        close(vertex);
        from = vertex;
        west = x2;
        east = x2;
      }
    } else {
      // the edge's part in the strip it leaves
      span(sheet, strip, x1, y1, x2, y2);
      west = Math.min(west, spanWest);
      east = Math.max(east, spanEast);
      close(vertex);
      const low = Math.max(0, Math.min(strip, next) + 1);
      const high = Math.min(sheet.strips - 1, Math.max(strip, next) - 1);
      for (let between = low; between <= high; between++) {
        if (starts[between] === starts[between + 1]) continue;
        span(sheet, between, x1, y1, x2, y2);
        addChain(between, vertex - 1, vertex, spanWest, spanEast);
      }
      from = vertex - 1;
      span(sheet, next, x1, y1, x2, y2);
      west = spanWest;
      east = spanEast;
      strip = next;
    }
    x1 = x2;
    y1 = y2;
  }
  close(end - 1);
}

let spanWest = 0;
let spanEast = 0;

/** Sets the span of longitudes of an edge's part within a strip; never too narrow. */
function span(sheet: Sheet, strip: number, x1: number, y1: number, x2: number, y2: number): void {
  const low = sheet.south + strip * sheet.height - PAD;
  const high = low + sheet.height + 2 * PAD;
  const slope = 1 / (y2 - y1);
  const t1 = clamp((low - y1) * slope);
  const t2 = clamp((high - y1) * slope);
  const a = x1 + (x2 - x1) * t1;
  const b = x1 + (x2 - x1) * t2;
  // interpolation rounds: at its ends by nothing that matters, in between by less than PAD
  spanWest = Math.max(Math.min(x1, x2), Math.min(a, b) - PAD);
  spanEast = Math.min(Math.max(x1, x2), Math.max(a, b) + PAD);
}

const clamp = (t: number): number => (t < 0 ? 0 : t > 1 ? 1 : t);

function addChain(strip: number, from: number, to: number, west: number, east: number): void {
  if (strip < lists.low || strip > lists.high) return;
  if (chainCount === chainFrom.length) {
    chainFrom = grown(chainFrom, chainCount * 2, Int32Array);
    chainTo = grown(chainTo, chainCount * 2, Int32Array);
  }
  chainFrom[chainCount] = from;
  chainTo[chainCount] = to;
  lists.add(strip, chainCount++, west, east);
}
