// A layer as a zip of shapefiles for GIS in China: GBK with .cpg and language driver 0x4D, Chinese column names, one shapefile a
// kind of geometry. What a shapefile cannot hold stands beside it and is told in 说明.txt.
import { closeSync, openSync, readSync } from 'node:fs';
import type { Feature } from '../domain/feature.ts';
import { layerOf } from '../domain/layer.ts';
import { CSV_BOM, csvLine } from '../exchange/csv.ts';
import { csvCells } from './csvLayer.ts';
import type { Overlong, SpooledColumn } from './dbfSpool.ts';
import { FileSink } from './fileSink.ts';
import type { LayerWriter, Target } from './layerWriter.ts';
import { dbfNames, ID, UNLOCATED } from '../exchange/names.ts';
import { esriWkt } from './prj.ts';
import { FIELD_LIST, fieldList, OVERLONG, README, readme } from './shapefileNotes.ts';
import { kindOf, ShapefilePart } from './shapefilePart.ts';
import type { ShapeKind } from './shapes.ts';
import { ZipWriter } from './zip.ts';

const KINDS: readonly ShapeKind[] = ['point', 'line', 'polygon'];

export function shapefileLayer(target: Target): LayerWriter {
  return new ShapefileLayer(target);
}

class ShapefileLayer implements LayerWriter {
  private readonly target: Target;
  private readonly columns: readonly SpooledColumn[];
  private readonly parts = new Map<ShapeKind, ShapefilePart>();
  /** Tables beside the shapefiles, made when the first row comes. */
  private readonly beside = new Map<string, { readonly path: string; readonly out: FileSink; rows: number }>();

  constructor(target: Target) {
    this.target = target;
    const names = dbfNames(target.layer);
    this.columns = [
      { name: ID, field: ID, type: 'text' },
      ...target.fields.map(({ name, type }): SpooledColumn => ({ name: names.get(name) ?? name, field: name, type })),
    ];
  }

  write(feature: Feature): void {
    if (feature.geometry) this.part(kindOf(feature.geometry)).add(feature.geometry, feature);
    // its columns are those of the tables beside it
    else
      this.row(
        UNLOCATED,
        this.columns.map(({ name }) => name),
        csvCells(this.target, feature),
      );
  }

  private part(kind: ShapeKind): ShapefilePart {
    let part = this.parts.get(kind);
    if (!part) {
      part = new ShapefilePart(this.target.folder, kind, this.columns, this.target.losses, (overlong) => this.keep(overlong));
      this.parts.set(kind, part);
    }
    return part;
  }

  /** A text that did not fit stands whole in a table of its own. */
  private keep({ id, column, text }: Overlong): void {
    this.row(OVERLONG, ['id', '字段 field', '列名 column', '原文 text'], [id, column.field, column.name, text]);
  }

  private row(name: string, header: readonly string[], cells: readonly unknown[]): void {
    let table = this.beside.get(name);
    if (!table) {
      const path = `${this.target.folder}/beside-${this.beside.size}`;
      table = { path, out: new FileSink(path), rows: 0 };
      table.out.text(CSV_BOM + csvLine(header));
      this.beside.set(name, table);
    }
    table.out.text(csvLine(cells));
    table.rows++;
  }

  finish(): void {
    const { layer, path, epsg, modified, losses } = this.target;
    // an empty layer is a shapefile without a record
    if (this.parts.size === 0) this.part(kindOfLayer(layer));
    const out = new FileSink(path);
    const zip = new ZipWriter(out, modified);
    const parts = KINDS.flatMap((kind) => this.parts.get(kind) ?? []);
    const files = parts.map((part) => ({ part, stem: parts.length === 1 ? layer : `${layer}_${part.kind}` }));
    for (const { part, stem } of files) {
      part.finish();
      zip.open(`${stem}.shp`);
      copyInto(zip, part.shpPath);
      zip.open(`${stem}.shx`);
      copyInto(zip, part.shxPath);
      zip.open(`${stem}.dbf`);
      part.table.writeTo(zip, modified);
      zip.open(`${stem}.prj`);
      zip.text(esriWkt(epsg));
      zip.open(`${stem}.cpg`);
      zip.text('GBK');
    }
    for (const [name, { path: from, out: table }] of this.beside) {
      table.end();
      zip.open(name);
      copyInto(zip, from);
    }
    zip.open(FIELD_LIST);
    zip.text(fieldList(this.target));
    zip.open(README);
    zip.text(
      readme(this.target, {
        files: files.map(({ part, stem }) => ({ name: `${stem}.shp`, kind: part.kind, count: part.table.rows })),
        unlocated: this.beside.get(UNLOCATED)?.rows ?? 0,
        overlong: this.beside.get(OVERLONG)?.rows ?? 0,
        losses: losses.list,
      }),
    );
    zip.finish();
    out.end();
  }
}

function kindOfLayer(layer: Target['layer']): ShapeKind {
  const [type] = layerOf(layer).geometry;
  return type === 'Point' ? 'point' : type === 'LineString' ? 'line' : 'polygon';
}

function copyInto(zip: ZipWriter, path: string): void {
  const file = openSync(path, 'r');
  const piece = Buffer.allocUnsafe(1024 * 1024);
  for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) zip.write(piece.subarray(0, read));
  closeSync(file);
}
