// The records of a .shp (ESRI white paper J-7855, July 1998): points, lines and areas as their bytes.

/** x = easting, y = northing, or lon, lat. */
type Position = readonly number[];

/** GeoJSON in any system. */
export type ShapefileGeometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'MultiLineString' | 'Polygon'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly Position[])[])[] };

/** A geometry with what the format must know of it: its type, its parts and its box. */
export interface Shape {
  readonly type: number;
  readonly parts: Parts;
}

type Parts = readonly (readonly Position[])[];
export type Box = [west: number, south: number, east: number, north: number];

export const NULL_SHAPE = 0;
const POINT = 1;
const POLYLINE = 3;
const POLYGON = 5;

/** Kinds of shape; a shapefile holds one. */
export type ShapeKind = 'point' | 'line' | 'polygon';
export const SHAPE_TYPES: Readonly<Record<ShapeKind, number>> = { point: POINT, line: POLYLINE, polygon: POLYGON };

const FILE_CODE = 9994;
const VERSION = 1000;
export const HEADER_BYTES = 100;
export const RECORD_HEADER_BYTES = 8;
/** Bytes of a record in the index. */
export const INDEX_BYTES = 8;

/** Twice the area of a ring, negative for a clockwise one. */
function twiceSignedArea(ring: readonly Position[]): number {
  let sum = 0;
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  let px = 0;
  let py = 0;
  for (const [x = 0, y = 0] of ring) {
    // Relative to the first vertex: eastings with a zone prefix would eat the digits that matter.
    sum += px * (y - y0) - (x - x0) * py;
    px = x - x0;
    py = y - y0;
  }
  return sum;
}

function closed(ring: readonly Position[]): readonly Position[] {
  const first = ring[0];
  const last = ring.at(-1);
  if (!first || !last || (first[0] === last[0] && first[1] === last[1])) return ring;
  return [...ring, first];
}

/** Rings of one polygon as the format wants them: outer ring clockwise, holes counter-clockwise. */
function orientedRings(rings: Parts, where: string): Parts {
  return rings.map((ring, index) => {
    const whole = closed(ring);
    if (whole.length < 4) throw new Error(`${where}: a ring needs at least three different vertices`);
    const clockwise = twiceSignedArea(whole) < 0;
    return clockwise === (index === 0) ? whole : whole.toReversed();
  });
}

function lines(parts: Parts, where: string): Parts {
  if (parts.some((part) => part.length < 2)) throw new Error(`${where}: a line needs at least two vertices`);
  return parts;
}

/** @param where names the feature in errors @throws Error for a ring or a line that is too short */
export function shapeOf(geometry: ShapefileGeometry | null, where: string): Shape {
  if (!geometry) return { type: NULL_SHAPE, parts: [] };
  switch (geometry.type) {
    case 'Point':
      return { type: POINT, parts: [[geometry.coordinates]] };
    case 'LineString':
      return { type: POLYLINE, parts: lines([geometry.coordinates], where) };
    case 'MultiLineString':
      return { type: POLYLINE, parts: lines(geometry.coordinates, where) };
    case 'Polygon':
      return { type: POLYGON, parts: orientedRings(geometry.coordinates, where) };
    case 'MultiPolygon':
      return { type: POLYGON, parts: geometry.coordinates.flatMap((rings) => orientedRings(rings, where)) };
  }
}

/** The box of the empty set, which any box widens. */
export const emptyBox = (): Box => [Infinity, Infinity, -Infinity, -Infinity];

/** Widens a box by the parts of a shape. */
export function widenBox(box: Box, parts: Parts): void {
  for (const part of parts) {
    for (const [x = NaN, y = NaN] of part) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
}

/** Bytes of a record without its header. */
export function contentBytes(shape: Shape): number {
  if (shape.type === NULL_SHAPE) return 4;
  if (shape.type === POINT) return 20;
  return 44 + 4 * shape.parts.length + 16 * shape.parts.reduce((sum, part) => sum + part.length, 0);
}

/** Writes a record with its header at `start`. @param number of the record, from 1 @throws Error for a coordinate that is no number */
export function writeRecord(view: DataView, start: number, number: number, shape: Shape): void {
  view.setInt32(start, number, false);
  view.setInt32(start + 4, contentBytes(shape) / 2, false);
  view.setInt32(start + RECORD_HEADER_BYTES, shape.type, true);
  let at = start + RECORD_HEADER_BYTES + 4;
  const put = (value: number): void => {
    if (!Number.isFinite(value)) throw new Error('a coordinate is not a finite number');
    view.setFloat64(at, value, true);
    at += 8;
  };
  if (shape.type === POLYLINE || shape.type === POLYGON) {
    const box = emptyBox();
    widenBox(box, shape.parts);
    for (const value of box) put(value);
    view.setInt32(at, shape.parts.length, true);
    view.setInt32(
      at + 4,
      shape.parts.reduce((sum, part) => sum + part.length, 0),
      true,
    );
    at += 8;
    let first = 0;
    for (const part of shape.parts) {
      view.setInt32(at, first, true);
      at += 4;
      first += part.length;
    }
  }
  for (const part of shape.parts) {
    for (const [x = NaN, y = NaN] of part) {
      put(x);
      put(y);
    }
  }
}

/** A record's entry in the index. @param offset of the record in the .shp, bytes */
export function writeIndex(view: DataView, start: number, offset: number, shape: Shape): void {
  view.setInt32(start, offset / 2, false);
  view.setInt32(start + 4, contentBytes(shape) / 2, false);
}

/** The header of a .shp or .shx of `bytes` bytes. */
export function writeHeader(view: DataView, bytes: number, type: number, box: Box): void {
  view.setInt32(0, FILE_CODE, false);
  view.setInt32(24, bytes / 2, false);
  view.setInt32(28, VERSION, true);
  view.setInt32(32, type, true);
  box.forEach((value, index) => view.setFloat64(36 + 8 * index, Number.isFinite(value) ? value : 0, true));
}
