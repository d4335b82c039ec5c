// A layer as CSV: points with their coordinates in two columns, lines and areas as well-known text in one.
import type { Feature } from '../domain/feature.ts';
import { layerOf } from '../domain/layer.ts';
import { guarded } from '../exchange/formula.ts';
import { CSV_BOM, csvLine } from '../exchange/csv.ts';
import { FileSink } from './fileSink.ts';
import { cellOf, withoutControls, type LayerWriter, type Target } from './layerWriter.ts';
import { ID, positionTitles, wktTitle } from '../exchange/names.ts';
import { toWkt } from '../exchange/wkt.ts';

/** Which columns of geometry a layer's table has. */
export function geometryColumns(target: Target): { readonly points: boolean; readonly others: boolean } {
  const { geometry } = layerOf(target.layer);
  return { points: geometry.includes('Point'), others: geometry.some((type) => type !== 'Point') };
}

/** The cells of a feature's geometry, as {@link geometryColumns} has them. */
export function geometryCells({ geometry }: Feature, { points, others }: { points: boolean; others: boolean }): (number | string | null)[] {
  const isPoint = geometry?.type === 'Point';
  return [
    ...(points ? (isPoint ? geometry.coordinates : [null, null]) : []),
    ...(others ? [geometry && !isPoint ? toWkt(geometry) : null] : []),
  ];
}

export function csvLayer(target: Target): LayerWriter {
  const { fields, epsg, geographic } = target;
  const columns = geometryColumns(target);
  const out = new FileSink(target.path);
  out.text(CSV_BOM);
  out.text(
    csvLine([
      ID,
      ...fields.map(({ name }) => name),
      ...(columns.points ? positionTitles('csv', epsg, geographic) : []),
      ...(columns.others ? [wktTitle(epsg, geographic)] : []),
    ]),
  );
  return {
    write: (feature) => {
      const cells = csvCells(target, feature);
      out.text(csvLine([...cells, ...geometryCells(feature, columns)]));
    },
    finish: () => out.end(),
  };
}

/** The id and the fields; texts that will get an apostrophe are counted. */
export function csvCells({ fields, losses }: Target, feature: Feature): (string | number | boolean | null)[] {
  const cells = [withoutControls(ID, feature.id, losses), ...fields.map((field) => cellOf(field, feature.properties[field.name], losses))];
  cells.forEach((cell, i) => {
    if (typeof cell === 'string' && guarded(cell) !== cell) losses.add(i === 0 ? ID : (fields[i - 1]?.name ?? ''), 'formula_guarded');
  });
  return cells;
}
