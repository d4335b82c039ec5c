// Positions in a strip along a line, or within a margin of one: its pieces are filed by strip in small groups;
// where a long piece takes up a strip from edge to edge its positions are taken in bulk, the others are measured.
import { footOn } from '../../geo/segment.ts';
import { metricErrorBound } from '../../geo/ellipsoid.ts';
import type { FlatShape } from '../flatShape.ts';
import { lowerBound, stripAt, upperBound, type Sheet } from '../units/sheet.ts';
import type { Positions } from '../units/positions.ts';
import { BandPieces, CAPSULE, RECTANGLE } from './bandPieces.ts';
import { span, spanOf } from './pieceSpan.ts';
import type { RunBuffer } from './runList.ts';
import { judge } from './single.ts';
import { StripLists } from './stripLists.ts';

type Band = Extract<FlatShape, { kind: 'strip' | 'margin' }>;

const lists = new StripLists();
const sorted = { records: new Int32Array(0) };
const pieces = new BandPieces();
let inner = new Int32Array(64);
/** The pieces are those of this shape. */
let filled: Band | null = null;
let reach = 0;

const OUT = 0;
const IN = 1;
const DOUBT = 2;

/**
 * Adds the positions of a sheet that lie in the band to `runs`, those found to be on its edge to `near`. The area that
 * a margin lies around is not part of it.
 * @param shift degrees added to the sheet's longitudes before they are compared: 0, 360 or -360
 */
export function bandRuns(positions: Positions, sheet: Sheet, band: Band, shift: number, runs: RunBuffer, near: number[]): void {
  if (filled !== band) pieces.fill(band);
  filled = band;
  reach = pieces.reach;
  hitGroup = -1;
  const { lon } = positions;
  const one = (position: number) => {
    const relation = judge(positions, band, position);
    if (relation?.inside) runs.push(position, position + 1);
    if (relation?.possible) near.push(position);
  };
  if (pieces.hopeless) {
    for (let strip = 0; strip < sheet.strips; strip++) {
      for (let at = (sheet.starts[strip] as number) + 1; at < (sheet.starts[strip + 1] as number); at++) one(at);
    }
    return;
  }
  if (!fileGroups(sheet, band, shift)) return;
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
      if (cursor < after) cursor = cluster(positions, records, from, to, cursor, after, shift, runs, one);
      from = to;
    }
  }
}

/** Takes the positions [cursor, after) of one cluster of records. */
function cluster(
  positions: Positions,
  records: Int32Array,
  from: number,
  to: number,
  cursor: number,
  after: number,
  shift: number,
  runs: RunBuffer,
  one: (position: number) => void,
): number {
  const { lon, lat } = positions;
  const inners = sortInner(records, from, to);
  let first = from;
  const measure = (end: number) => {
    for (; cursor < end; cursor++) {
      const x = (lon[cursor] as number) + shift;
      const y = lat[cursor] as number;
      while (first < to && (lists.east[records[first] as number] as number) < x) first++;
      // neighbours along a strip mostly lie in the same piece
      let place = hitGroup >= 0 && isSurelyIn(hitGroup, hitPiece, x, y) ? IN : OUT;
      for (let i = first; i < to && place !== IN; i++) {
        const record = records[i] as number;
        if ((lists.west[record] as number) > x) break;
        if ((lists.east[record] as number) < x) continue;
        const here = placeIn(lists.item[record] as number, x, y);
        if (here !== OUT) place = here;
      }
      if (place === IN) runs.push(cursor, cursor + 1);
      else if (place === DOUBT) one(cursor);
    }
  };
  for (let i = 0; i < inners && cursor < after; i++) {
    const record = inner[i] as number;
    const start = lowerBound(lon, cursor, after, (lists.innerWest[record] as number) - shift);
    const end = upperBound(lon, start, after, (lists.innerEast[record] as number) - shift);
    if (start >= end) continue;
    measure(start);
    runs.push(cursor, end);
    cursor = end;
  }
  measure(after);
  return after;
}

/** The records of a cluster that have an inner span, from west to east, in `inner`. */
function sortInner(records: Int32Array, from: number, to: number): number {
  let count = 0;
  if (inner.length < to - from) inner = new Int32Array((to - from) * 2);
  for (let i = from; i < to; i++) {
    const record = records[i] as number;
    const key = lists.innerWest[record] as number;
    if (key > (lists.innerEast[record] as number)) continue;
    let j = count++ - 1;
    while (j >= 0 && (lists.innerWest[inner[j] as number] as number) > key) {
      inner[j + 1] = inner[j] as number;
      j--;
    }
    inner[j + 1] = record;
  }
  return count;
}

/** The piece that took in the position before. */
let hitGroup = -1;
let hitPiece = -1;

function hit(group: number, piece: number): number {
  hitGroup = group;
  hitPiece = piece;
  return IN;
}

/** Does a rectangle or capsule take in a position beyond doubt? */
function isSurelyIn(group: number, piece: number, lon: number, lat: number): boolean {
  const x = (lon - (pieces.lon[group] as number)) * (pieces.scaleX[group] as number) - (pieces.x[piece] as number);
  const y = (lat - (pieces.lat[group] as number)) * (pieces.scaleY[group] as number) - (pieces.y[piece] as number);
  const ux = pieces.ux[piece] as number;
  const uy = pieces.uy[piece] as number;
  const along = x * ux + y * uy;
  const beside = ux * y - uy * x;
  const doubt = pieces.doubt[group] as number;
  const length = pieces.length[piece] as number;
  if (pieces.kind[piece] === RECTANGLE) {
    return (
      along > doubt &&
      length - along > doubt &&
      (pieces.left[piece] as number) - beside > doubt &&
      (pieces.right[piece] as number) + beside > doubt
    );
  }
  const over = along - length;
  const beyond = along < 0 ? along : over > 0 ? over : 0;
  const sure = reach - doubt;
  return sure > 0 && beyond * beyond + beside * beside < sure * sure;
}

/** Where a position lies to a group of pieces, as far as its frame can tell. */
function placeIn(group: number, lon: number, lat: number): number {
  const px = (lon - (pieces.lon[group] as number)) * (pieces.scaleX[group] as number);
  const py = (lat - (pieces.lat[group] as number)) * (pieces.scaleY[group] as number);
  const doubt = pieces.doubt[group] as number;
  const end = pieces.first[group + 1] as number;
  const far = reach + 2 * doubt;
  if (px < (pieces.west[group] as number) - far || px > (pieces.east[group] as number) + far) return OUT;
  if (py < (pieces.south[group] as number) - far || py > (pieces.north[group] as number) + far) return OUT;
  let place = OUT;
  for (let piece = pieces.first[group] as number; piece < end; piece++) {
    const x = px - (pieces.x[piece] as number);
    const y = py - (pieces.y[piece] as number);
    const ux = pieces.ux[piece] as number;
    const uy = pieces.uy[piece] as number;
    const along = x * ux + y * uy;
    const kind = pieces.kind[piece];
    if (kind === CAPSULE) {
      const over = along - (pieces.length[piece] as number);
      const beyond = along < 0 ? along : over > 0 ? over : 0;
      const beside = ux * y - uy * x;
      const square = beyond * beyond + beside * beside;
      const sure = reach - doubt;
      if (square < sure * sure && sure > 0) return hit(group, piece);
      if (square <= (reach + doubt) * (reach + doubt)) {
        const here = capsuleByRule(group, piece, lon, lat);
        if (here === IN) return IN;
        if (here === DOUBT) place = DOUBT;
      }
      continue;
    }
    const left = pieces.left[piece] as number;
    const right = pieces.right[piece] as number;
    if (kind === RECTANGLE) {
      const beside = ux * y - uy * x;
      const room = Math.min(along, (pieces.length[piece] as number) - along, left - beside, right + beside);
      if (room > doubt) return hit(group, piece);
      if (room >= -doubt) place = DOUBT;
      continue;
    }
    // a corner: beyond the end of one segment and before the start of the next
    const ahead = x * (pieces.vx[piece] as number) + y * (pieces.vy[piece] as number);
    const distance = Math.sqrt(x * x + y * y);
    if (along < -doubt || ahead > doubt || distance > Math.max(left, right) + doubt) continue;
    if (along > doubt && ahead < -doubt && distance < Math.min(left, right) - doubt) return IN;
    place = DOUBT;
  }
  return place;
}

/** The capsule's own segment, measured as the rule does; only what lies on the limit is left to the whole rule. */
function capsuleByRule(group: number, piece: number, lon: number, lat: number): number {
  const scaleX = pieces.scaleX[group] as number;
  const scaleY = pieces.scaleY[group] as number;
  const length = pieces.length[piece] as number;
  const startLon = (pieces.lon[group] as number) + (pieces.x[piece] as number) / scaleX;
  const startLat = (pieces.lat[group] as number) + (pieces.y[piece] as number) / scaleY;
  const end = [
    startLon + (length * (pieces.ux[piece] as number)) / scaleX,
    startLat + (length * (pieces.uy[piece] as number)) / scaleY,
  ] as const;
  const { distance } = footOn([startLon, startLat], end, [lon, lat]);
  const off = distance - reach;
  // twice: the foot on a cut piece and on the whole segment may differ by their own rounding
  const doubt = 2 * metricErrorBound(distance, lat) + 3e-6;
  return off < -doubt ? IN : off > doubt ? OUT : DOUBT;
}

function fileGroups(sheet: Sheet, band: Band, shift: number): boolean {
  const [, south, , north] = band.bounds;
  lists.open(Math.max(0, stripAt(sheet, south)), Math.min(sheet.strips - 1, stripAt(sheet, north)));
  const { starts } = sheet;
  let filed = false;
  for (let group = 0; group < pieces.groups; group++) {
    const lon = pieces.lon[group] as number;
    const lat = pieces.lat[group] as number;
    const scaleX = pieces.scaleX[group] as number;
    const scaleY = pieces.scaleY[group] as number;
    const pad = reach + 2 * (pieces.doubt[group] as number);
    const west = lon + ((pieces.west[group] as number) - pad) / scaleX;
    const east = lon + ((pieces.east[group] as number) + pad) / scaleX;
    if (east - shift < sheet.west || west - shift > sheet.east) continue;
    const low = Math.max(lists.low, stripAt(sheet, lat + ((pieces.south[group] as number) - pad) / scaleY));
    const high = Math.min(lists.high, stripAt(sheet, lat + ((pieces.north[group] as number) + pad) / scaleY));
    if (low > high || starts[low] === starts[high + 1]) continue;
    filed = true;
    const first = pieces.first[group] as number;
    const alone = (pieces.first[group + 1] as number) - first === 1;
    for (let strip = low; strip <= high; strip++) {
      if (starts[strip] === starts[strip + 1]) continue;
      if (!alone) {
        lists.add(strip, group, west, east);
        continue;
      }
      const y0 = (sheet.south + strip * sheet.height - 1e-12 - lat) * scaleY;
      spanOf(pieces, group, first, y0, y0 + (sheet.height + 2e-12) * scaleY);
      if (!(span.west <= span.east)) continue;
      lists.add(
        strip,
        group,
        lon + span.west / scaleX,
        lon + span.east / scaleX,
        lon + span.innerWest / scaleX,
        lon + span.innerEast / scaleX,
      );
    }
  }
  return filed;
}
