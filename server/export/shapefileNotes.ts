// The two texts in a zip of shapefiles: which column is which field, and what the format could not hold.
import type { Field } from '../domain/field.ts';
import { layerOf } from '../domain/layer.ts';
import { CSV_BOM, csvLine } from '../exchange/csv.ts';
import type { Target } from './layerWriter.ts';
import { LOSS_WORDS, type Loss } from './losses.ts';
import { dbfNames, ID, UNLOCATED } from '../exchange/names.ts';
import { systemRow } from './ogcWkt.ts';
import type { ShapeKind } from './shapes.ts';

export const README = '说明.txt';
export const FIELD_LIST = '字段对照.csv';
export const OVERLONG = '截短原文.csv';

const KIND_WORDS: Readonly<Record<ShapeKind, string>> = { point: '点 points', line: '线 lines', polygon: '面 areas' };

/** 字段对照.csv: each column of the .dbf with its field, its words in both languages, its unit and its codes. */
export function fieldList({ layer, fields }: Target): string {
  const names = dbfNames(layer);
  const head = ['列名 column', '字段 field', '中文', 'English', '类型 type', '单位 unit', '代码 codes'];
  const rows = fields.map((field) => [names.get(field.name), field.name, field.zh, field.en, field.type, field.unit, codesOf(field)]);
  return CSV_BOM + csvLine(head) + csvLine([ID, ID, '编号', 'Id', 'text', '', '']) + rows.map(csvLine).join('');
}

function codesOf({ codes }: Field): string {
  return Object.entries(codes ?? {})
    .map(([value, { zh, en }]) => `${value} = ${zh} ${en}`)
    .join('; ');
}

export interface Contents {
  readonly files: readonly { readonly name: string; readonly kind: ShapeKind; readonly count: number }[];
  readonly unlocated: number;
  readonly overlong: number;
  readonly losses: readonly Loss[];
}

/** 说明.txt, for Notepad: UTF-8 with BOM and CRLF. */
export function readme(target: Target, { files, unlocated, overlong, losses }: Contents): string {
  const { zh, en } = layerOf(target.layer);
  const several = files.length > 1;
  const lines = [
    `${zh} ${en}`,
    `坐标系 Coordinate system: EPSG:${target.epsg} ${systemRow(target.epsg).name}`,
    `导出时间 Exported: ${target.modified.toISOString()}`,
    '',
    '文件 Files',
    ...files.map(({ name, kind, count }) => `  ${name}: ${count} ${KIND_WORDS[kind]}`),
    ...(several ? ['  一个 shapefile 只能有一种图形，故分开 A shapefile holds one kind of geometry, hence several.'] : []),
    ...(unlocated > 0
      ? [`  ${UNLOCATED}: ${unlocated} 条无位置，不在 shapefile 中 without a position: not in the shapefile, in this table`]
      : []),
    `  ${FIELD_LIST}: 列名与字段 which column is which field`,
    '',
    '未能原样保存的值 Values that a shapefile could not hold as they are',
    ...lossLines(target, losses),
    ...(overlong > 0 ? [`  ${OVERLONG}: 上述过长文字的原文，${overlong} 条 the texts that were too long, whole: ${overlong}`] : []),
  ];
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function lossLines({ layer, fields }: Target, losses: readonly Loss[]): string[] {
  if (losses.length === 0) return ['  无 none'];
  const names = dbfNames(layer);
  return losses.map(({ field, code, count }) => {
    const found = fields.find(({ name }) => name === field);
    const what = found ? `${names.get(field) ?? field} ${found.zh} ${field}` : field === ID ? '编号 id' : '图形 geometry';
    return `  ${what}: ${count} × ${LOSS_WORDS[code].zh} ${LOSS_WORDS[code].en}`;
  });
}
