// One shapefile of an export: features of one kind of shape, in files of their own until all of them are packed.
import type { Feature, Geometry } from '../domain/feature.ts';
import { assertFits, DbfSpool, type Overlong, type SpooledColumn } from './dbfSpool.ts';
import { FileSink } from './fileSink.ts';
import type { Losses } from './losses.ts';
import {
  contentBytes,
  emptyBox,
  HEADER_BYTES,
  INDEX_BYTES,
  RECORD_HEADER_BYTES,
  SHAPE_TYPES,
  shapeOf,
  widenBox,
  writeHeader,
  writeIndex,
  writeRecord,
  type ShapeKind,
} from './shapes.ts';

/** What a shapefile can hold together. */
export function kindOf(geometry: Geometry): ShapeKind {
  switch (geometry.type) {
    case 'Point':
      return 'point';
    case 'LineString':
    case 'MultiLineString':
      return 'line';
    default:
      return 'polygon';
  }
}

export class ShapefilePart {
  readonly kind: ShapeKind;
  readonly table: DbfSpool;
  /** Files with the geometry and its index. */
  readonly shpPath: string;
  readonly shxPath: string;
  private readonly columns: readonly SpooledColumn[];
  private readonly losses: Losses;
  private readonly shp: FileSink;
  private readonly shx: FileSink;
  private readonly box = emptyBox();
  private record = Buffer.alloc(64 * 1024);
  private readonly entry = Buffer.alloc(INDEX_BYTES);

  constructor(folder: string, kind: ShapeKind, columns: readonly SpooledColumn[], losses: Losses, keep: (overlong: Overlong) => void) {
    this.kind = kind;
    this.columns = columns;
    this.losses = losses;
    this.shpPath = `${folder}/${kind}.shp`;
    this.shxPath = `${folder}/${kind}.shx`;
    this.table = new DbfSpool(`${folder}/${kind}.cells`, columns, losses, keep);
    this.shp = new FileSink(this.shpPath);
    this.shx = new FileSink(this.shxPath);
    const place = Buffer.alloc(HEADER_BYTES);
    this.shp.write(place);
    this.shx.write(place);
  }

  /** @throws Problem 422 where the geometry grows larger than readers can open */
  add(geometry: Geometry, { id, properties }: Feature): void {
    if (geometry.type.startsWith('Multi') && geometry.coordinates.length === 1) this.losses.add('geometry', 'single_part');
    const shape = shapeOf(geometry, id);
    const bytes = RECORD_HEADER_BYTES + contentBytes(shape);
    if (bytes > this.record.length) this.record = Buffer.alloc(bytes * 2);
    writeRecord(new DataView(this.record.buffer, this.record.byteOffset, bytes), 0, this.table.rows + 1, shape);
    writeIndex(new DataView(this.entry.buffer, this.entry.byteOffset, INDEX_BYTES), 0, this.shp.length, shape);
    widenBox(this.box, shape.parts);
    this.shp.write(this.record.subarray(0, bytes));
    this.shx.write(this.entry);
    assertFits(this.shp.length);
    this.table.add(
      id,
      this.columns.map(({ field }) => (field === 'id' ? id : properties[field])),
    );
  }

  /** Ends the files of the geometry; the table is written where it is packed. */
  finish(): void {
    for (const file of [this.shp, this.shx]) {
      const header = Buffer.alloc(HEADER_BYTES);
      writeHeader(new DataView(header.buffer, header.byteOffset, HEADER_BYTES), file.length, SHAPE_TYPES[this.kind], this.box);
      file.overwrite(header, 0);
      file.end();
    }
  }
}
