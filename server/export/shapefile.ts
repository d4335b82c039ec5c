// Writes an ESRI shapefile (ESRI white paper J-7855, July 1998) as one zip: .shp .shx .dbf .prj and, if asked, .cpg.
import { zipSync } from 'fflate';
import { encodeText, writeDbf } from './dbf.ts';
import type { DbfEncoding, DbfField, DbfValue } from './dbf.ts';
import {
  contentBytes,
  emptyBox,
  HEADER_BYTES,
  INDEX_BYTES,
  NULL_SHAPE,
  RECORD_HEADER_BYTES,
  shapeOf,
  widenBox,
  writeHeader,
  writeIndex,
  writeRecord,
  type Shape,
  type ShapefileGeometry,
} from './shapes.ts';

export type { DbfField, DbfValue } from './dbf.ts';

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

/** Readers hold offsets in signed 32-bit numbers of bytes. */
const MAX_BYTES = 2 ** 31 - 1;

function shpAndShx(shapes: readonly Shape[], type: number): { shp: Uint8Array; shx: Uint8Array } {
  const total = shapes.reduce((sum, shape) => sum + RECORD_HEADER_BYTES + contentBytes(shape), HEADER_BYTES);
  if (total > MAX_BYTES) throw new Error(`a shapefile holds at most 2 GB, this one would take ${total} bytes`);
  const shp = new Uint8Array(total);
  const shx = new Uint8Array(HEADER_BYTES + INDEX_BYTES * shapes.length);
  const shpView = new DataView(shp.buffer);
  const shxView = new DataView(shx.buffer);
  const box = emptyBox();
  let at = HEADER_BYTES;
  shapes.forEach((shape, index) => {
    widenBox(box, shape.parts);
    writeRecord(shpView, at, index + 1, shape);
    writeIndex(shxView, HEADER_BYTES + INDEX_BYTES * index, at, shape);
    at += RECORD_HEADER_BYTES + contentBytes(shape);
  });
  writeHeader(shpView, shp.length, type, box);
  writeHeader(shxView, shx.length, type, box);
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
