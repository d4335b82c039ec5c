// A layer as a workbook: Chinese words and field names in the header, texts and dates as text.
import { layerOf } from '../domain/layer.ts';
import { Problem } from '../domain/problem.ts';
import { geometryCells, geometryColumns } from './csvLayer.ts';
import { FileSink } from './fileSink.ts';
import { cellOf, withoutControls, type LayerWriter, type Target } from './layerWriter.ts';
import { ID, ID_TITLE, positionTitles, sheetTitle, wktTitle } from '../exchange/names.ts';
import { MOST_CHARACTERS, MOST_ROWS, XlsxWriter } from './xlsx.ts';

/** Features that a sheet holds below its header. */
export const MOST_FEATURES = MOST_ROWS - 1;

/** What is answered where a layer has more. */
export function tooManyRows(): Problem {
  return new Problem(
    422,
    'too_many_rows',
    `Excel 工作表至多 ${MOST_FEATURES} 行，本图层更多；请导出 csv A sheet holds at most ${MOST_FEATURES} rows, and this layer has more: export as csv.`,
  );
}

export function xlsxLayer(target: Target): LayerWriter {
  const { fields, losses, epsg, geographic } = target;
  const columns = geometryColumns(target);
  const out = new FileSink(target.path);
  const header = [
    ID_TITLE,
    ...fields.map(sheetTitle),
    ...(columns.points ? positionTitles('xlsx', epsg, geographic) : []),
    ...(columns.others ? [wktTitle(epsg, geographic)] : []),
  ];
  const sheet = new XlsxWriter(out, layerOf(target.layer).zh, header, target.modified);
  let rows = 0;
  const fitting = (name: string, cell: string | number | boolean | null, whole: boolean) => {
    if (typeof cell !== 'string' || cell.length <= MOST_CHARACTERS) return cell;
    // half a JSON text or half a geometry is none
    losses.add(name, whole ? (name === 'geometry' ? 'geometry_left_out' : 'value_left_out') : 'text_cut');
    return whole ? null : cell.slice(0, MOST_CHARACTERS).toWellFormed();
  };
  return {
    write: (feature) => {
      if (++rows > MOST_FEATURES) throw tooManyRows();
      sheet.row([
        withoutControls(ID, feature.id, losses),
        ...fields.map((field) => fitting(field.name, cellOf(field, feature.properties[field.name], losses), field.type === 'json')),
        ...geometryCells(feature, columns).map((cell) => fitting('geometry', cell, true)),
      ]);
    },
    finish: () => {
      sheet.finish();
      out.end();
    },
  };
}
