// Writes an ESRI shapefile (ESRI white paper J-7855, July 1998) as one zip: .shp .shx .dbf .prj and, if asked, .cpg.
import { zipSync } from 'fflate';
import type { LineString, MultiLineString, MultiPolygon, Point, Polygon, Position } from 'geojson';
import { encodeText, writeDbf } from './dbf.ts';
import type { DbfEncoding, DbfField, DbfValue } from './dbf.ts';

export type { DbfField, DbfValue } from './dbf.ts';

export type ShapefileGeometry = Point | LineString | MultiLineString | Polygon | MultiPolygon;

/** A feature to write; coordinates are x = easting, y = northing (or lon, lat) in the CRS of the .prj text. */
export interface ShapefileFeature {
  readonly geometry: ShapefileGeometry | null;
  readonly properties: Readonly<Record<string, DbfValue>>;
}

export interface ShapefileOptions {
  /** File name inside the zip, without an ending. */
  readonly name: string;
  readonly features: readonly ShapefileFeature[];
  readonly fields: readonly DbfField[];
  readonly encoding: DbfEncoding;
  /** ESRI WKT of the CRS. */
  readonly prj: string;
  /** Whether to say the encoding in a .cpg file too; many files in circulation have none. */
  readonly cpg: boolean;
  /** Date in the DBF header and the zip entries (local time); fixed by default, so equal input gives equal bytes. */
  readonly modified?: Date;
}

const NULL_SHAPE = 0;
const POINT = 1;
const POLYLINE = 3;
const POLYGON = 5;
const FILE_CODE = 9994;
const VERSION = 1000;
const HEADER_BYTES = 100;
const RECORD_HEADER_BYTES = 8;
/** Readers hold offsets in signed 32-bit numbers of bytes. */
const MAX_BYTES = 2 ** 31 - 1;

type Parts = readonly (readonly Position[])[];
type Shape = { type: number; parts: Parts };
type Box = [number, number, number, number];

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

function shapeOf(geometry: ShapefileGeometry | null, where: string): Shape {
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

function lines(parts: Parts, where: string): Parts {
  if (parts.some((part) => part.length < 2)) throw new Error(`${where}: a line needs at least two vertices`);
  return parts;
}

function boxOf(parts: Parts): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const part of parts) {
    for (const [x = NaN, y = NaN] of part) {
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
  }
  return box;
}

function contentBytes(shape: Shape): number {
  if (shape.type === NULL_SHAPE) return 4;
  if (shape.type === POINT) return 20;
  return 44 + 4 * shape.parts.length + 16 * shape.parts.reduce((sum, part) => sum + part.length, 0);
}

function writeContent(view: DataView, start: number, shape: Shape): void {
  view.setInt32(start, shape.type, true);
  let at = start + 4;
  const put = (value: number): void => {
    if (!Number.isFinite(value)) throw new Error('a coordinate is not a finite number');
    view.setFloat64(at, value, true);
    at += 8;
  };
  if (shape.type === POLYLINE || shape.type === POLYGON) {
    for (const value of boxOf(shape.parts)) put(value);
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

function writeHeader(view: DataView, type: number, box: Box): void {
  view.setInt32(0, FILE_CODE, false);
  view.setInt32(24, view.byteLength / 2, false);
  view.setInt32(28, VERSION, true);
  view.setInt32(32, type, true);
  box.forEach((value, index) => view.setFloat64(36 + 8 * index, Number.isFinite(value) ? value : 0, true));
}

function shpAndShx(shapes: readonly Shape[], type: number): { shp: Uint8Array; shx: Uint8Array } {
  const total = shapes.reduce((sum, shape) => sum + RECORD_HEADER_BYTES + contentBytes(shape), HEADER_BYTES);
  if (total > MAX_BYTES) throw new Error(`a shapefile holds at most 2 GB, this one would take ${total} bytes`);
  const shp = new Uint8Array(total);
  const shx = new Uint8Array(HEADER_BYTES + 8 * shapes.length);
  const shpView = new DataView(shp.buffer);
  const shxView = new DataView(shx.buffer);
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity];
  let at = HEADER_BYTES;
  shapes.forEach((shape, index) => {
    const length = contentBytes(shape);
    const [w, s, e, n] = boxOf(shape.parts);
    box[0] = Math.min(box[0], w);
    box[1] = Math.min(box[1], s);
    box[2] = Math.max(box[2], e);
    box[3] = Math.max(box[3], n);
    shpView.setInt32(at, index + 1, false);
    shpView.setInt32(at + 4, length / 2, false);
    writeContent(shpView, at + RECORD_HEADER_BYTES, shape);
    shxView.setInt32(HEADER_BYTES + 8 * index, at / 2, false);
    shxView.setInt32(HEADER_BYTES + 8 * index + 4, length / 2, false);
    at += RECORD_HEADER_BYTES + length;
  });
  writeHeader(shpView, type, box);
  writeHeader(shxView, type, box);
  return { shp, shx };
}

/** One geometry kind per file: points, lines or areas; features without a geometry may stand among them. */
function commonType(shapes: readonly Shape[]): number {
  const types = new Set(shapes.map((shape) => shape.type).filter((type) => type !== NULL_SHAPE));
  if (types.size > 1) throw new Error('a shapefile holds points, lines or areas, not a mixture');
  const [type = NULL_SHAPE] = types;
  return type;
}

/**
 * A zipped shapefile. Coordinates are written as they are, so they must already be in the CRS of `prj`. Throws, naming row and
 * field, where something does not fit: nothing is cut, rounded to a code page or left out silently.
 */
export function writeShapefile(options: ShapefileOptions): Uint8Array {
  const { name, features, fields, encoding, prj, cpg, modified = new Date(2026, 0, 1) } = options;
  const shapes = features.map((feature, index) => shapeOf(feature.geometry, `feature ${index + 1}`));
  const { shp, shx } = shpAndShx(shapes, commonType(shapes));
  const dbf = writeDbf(
    fields,
    features.map((feature) => feature.properties),
    encoding,
    modified,
  );
  const files: Record<string, Uint8Array> = {
    [`${name}.shp`]: shp,
    [`${name}.shx`]: shx,
    [`${name}.dbf`]: dbf,
    [`${name}.prj`]: encodeText(prj, 'utf-8'),
  };
  if (cpg) files[`${name}.cpg`] = encodeText(encoding === 'gbk' ? 'GBK' : 'UTF-8', 'utf-8');
  return zipSync(files, { level: 6, mtime: modified });
}
