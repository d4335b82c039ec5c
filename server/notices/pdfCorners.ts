// The corner list of a notice in its PDF: as many pages as it takes, each with the head; made for tens of thousands of lines.
import { CORNER_COLUMNS, cornerCells, type CornerRing } from './corners.ts';
import { outline } from './mapSymbols.ts';
import type { NoticeContent } from './noticeModel.ts';
import { paragraph } from './pdfFlow.ts';
import { AREA, type Pages } from './pdfPages.ts';

const TEXT = 8.6;
const ROW = 13;
const TOTAL = CORNER_COLUMNS.reduce((sum, column) => sum + column.share, 0);
const WIDTHS = CORNER_COLUMNS.map((column) => (column.share / TOTAL) * AREA.width);
const TITLES = CORNER_COLUMNS.map((column) => column.title);

/** A line of cells, or a heading across all of them. */
type Row = readonly string[] | string;

/** Writes the list from the current place on. */
export function cornerList(pages: Pages, content: NoticeContent): void {
  const { zone, extents } = content;
  const size = `面积${extents.all.area.toFixed(1)}平方米，拐点${content.corners}个。`;
  const system = `CGCS2000（EPSG:4490）经纬度；高斯－克吕格3°分带第${zone.zone}带平面坐标（EPSG:${zone.epsg}，中央子午线${zone.meridian}°E），Y含带号。`;
  paragraph(pages, [{ text: `${system}${size}` }], { size: 10, leading: 15 });
  pages.y += 4;
  const widths = new Map<string, number>();
  let page: Row[] = [];
  for (const row of rowsOf(content.rings)) {
    // a ring's heading wants a corner below it on the same page
    const needed = typeof row === 'string' ? 2 : 1;
    if (pages.y + (page.length + 1 + needed) * ROW > AREA.bottom) {
      writePage(pages, page, widths);
      pages.next();
      page = [];
    }
    page.push(row);
  }
  writePage(pages, page, widths);
}

function* rowsOf(rings: readonly CornerRing[]): Generator<Row> {
  for (const { name, corners } of rings) {
    yield `${name}：J${corners[0]?.number ?? 0}至J${corners.at(-1)?.number ?? 0}，首尾相连`;
    for (const corner of corners) yield cornerCells(corner);
  }
}

/** The head and these rows; all lines of the page are one stroke. */
function writePage(pages: Pages, rows: readonly Row[], widths: Map<string, number>): void {
  if (rows.length === 0) return;
  const { context, letters } = pages.pen;
  const top = pages.y;
  const height = (rows.length + 1) * ROW;
  context.fillStyle = '#EBEEE9';
  context.fillRect(AREA.left, top, AREA.width, ROW);
  const style = { size: TEXT };
  const widthOf = (cell: string) => {
    // figures are all equally wide, so one measure serves a column
    const pattern = cell.replace(/\d/g, '0');
    let width = widths.get(pattern);
    if (width === undefined) widths.set(pattern, (width = pages.width(pattern, TEXT)));
    return width;
  };
  for (const [i, row] of [TITLES, ...rows].entries()) {
    const baseline = top + (i + 0.72) * ROW;
    if (typeof row === 'string') {
      letters.draw(row, AREA.left + AREA.width / 2, baseline, { size: TEXT, strong: true, align: 'center' });
      continue;
    }
    let left: number = AREA.left;
    for (const [k, cell] of row.entries()) {
      const width = WIDTHS[k] ?? 0;
      if (i === 0) letters.draw(cell, left + width / 2, baseline, { size: TEXT, strong: true, align: 'center' });
      else letters.put(cell, left + (width - widthOf(cell)) / 2, baseline, style);
      left += width;
    }
  }
  context.beginPath();
  context.rect(AREA.left, top, AREA.width, height);
  for (let i = 1; i <= rows.length; i++) {
    context.moveTo(AREA.left, top + i * ROW);
    context.lineTo(AREA.left + AREA.width, top + i * ROW);
  }
  for (const [i, row] of [TITLES, ...rows].entries()) {
    if (typeof row === 'string') continue;
    let x: number = AREA.left;
    for (const width of WIDTHS.slice(0, -1)) {
      x += width;
      context.moveTo(x, top + i * ROW);
      context.lineTo(x, top + (i + 1) * ROW);
    }
  }
  outline(context, '#15201D', 0.4);
  pages.y = top + height;
}
