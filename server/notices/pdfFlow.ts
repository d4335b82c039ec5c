// Paragraphs, tables and boxes that flow over the pages of a PDF. All sizes are points.
import { linesOf, type Line } from './lineBreaks.ts';
import { outline } from './mapSymbols.ts';
import type { Column, Text } from './noticeModel.ts';
import { AREA, type Pages } from './pdfPages.ts';

export interface ParagraphStyle {
  readonly size: number;
  readonly leading: number;
  readonly strong?: boolean;
  readonly color?: string;
  readonly align?: 'left' | 'center' | 'right';
  /** Characters that the first line is set in by. */
  readonly indent?: number;
  /** Left edge and width, where they are not those of the text area. */
  readonly left?: number;
  readonly width?: number;
}

const MISSING = { color: '#8E1B84', plate: '#F3E3F2' } as const;

/** Writes a paragraph line by line. */
export function paragraph(pages: Pages, text: Text, style: ParagraphStyle): void {
  for (const [i, line] of broken(pages, text, style).entries()) {
    pages.ensure(style.leading);
    drawLine(pages, line, pages.y, style, i === 0);
    pages.y += style.leading;
  }
}

/** The lines that a paragraph would take. */
export function broken(pages: Pages, text: Text, style: ParagraphStyle): Line[] {
  const { size, strong = false, width = AREA.width, indent = 0 } = style;
  return linesOf(text, width, indent * size, (piece) => pages.width(piece, size, strong));
}

/** Draws one line whose box begins at `top`; a line that goes on is stretched to the full width. */
function drawLine(pages: Pages, line: Line, top: number, style: ParagraphStyle, first: boolean): void {
  const { size, leading, strong = false, align = 'left', left = AREA.left, width = AREA.width, indent = 0 } = style;
  const inset = first ? indent * size : 0;
  const slack = width - inset - line.width;
  const characters = line.runs.reduce((sum, run) => sum + [...run.text].length, 0);
  const spacing = align === 'left' && line.continues && characters > 1 && slack < size * 4 ? Math.max(0, slack) / (characters - 1) : 0;
  let x = left + inset + (align === 'center' ? slack / 2 : align === 'right' ? slack : 0);
  const baseline = top + leading / 2 + size * 0.36;
  for (const run of line.runs) {
    x += pages.pen.letters.draw(run.text, x, baseline, {
      size,
      spacing,
      strong: strong || run.missing === true,
      ...(run.missing ? MISSING : style.color ? { color: style.color } : {}),
    });
  }
}

export interface TableStyle {
  readonly size: number;
  readonly leading: number;
  /** The first column is set strong: it labels the rows. */
  readonly labels?: boolean;
}

const PADDING = 4;
const HEAD_FILL = '#EBEEE9';

/** A ruled table; its head, if the columns have titles, comes again on every page. */
export function table(pages: Pages, columns: readonly Column[], rows: readonly (readonly Text[])[], style: TableStyle): void {
  const { widths, titled, head } = measures(columns);
  const draw = (cells: readonly Text[], isHead: boolean) => drawRow(pages, cells, columns, widths, style, isHead);
  for (const [i, row] of rows.entries()) {
    // the head keeps two rows with it
    const together = i === 0 ? rows.slice(0, 2) : [row];
    const height = together.reduce((sum, one) => sum + rowHeight(pages, one, columns, widths, style, false), 0);
    const wanted = height + (i === 0 && titled ? rowHeight(pages, head, columns, widths, style, true) : 0);
    // what no page can hold begins where it is, and drawRow continues it
    const fresh = pages.ensure(wanted > AREA.bottom - AREA.top ? 6 * style.leading : wanted);
    if (titled && (fresh || i === 0)) draw(head, true);
    draw(row, false);
  }
  pages.y += style.leading * 0.5;
}

/** Points that the whole table takes on one page. */
export function tableHeight(pages: Pages, columns: readonly Column[], rows: readonly (readonly Text[])[], style: TableStyle): number {
  const { widths, titled, head } = measures(columns);
  const first = titled ? rowHeight(pages, head, columns, widths, style, true) : 0;
  return rows.reduce((sum, row) => sum + rowHeight(pages, row, columns, widths, style, false), first);
}

function measures(columns: readonly Column[]): { widths: number[]; titled: boolean; head: Text[] } {
  const total = columns.reduce((sum, column) => sum + column.share, 0);
  return {
    widths: columns.map((column) => (column.share / total) * AREA.width),
    titled: columns.some((column) => column.title !== ''),
    head: columns.map((column): Text => [{ text: column.title }]),
  };
}

function rowHeight(
  pages: Pages,
  cells: readonly Text[],
  columns: readonly Column[],
  widths: readonly number[],
  style: TableStyle,
  isHead: boolean,
): number {
  const counts = cells.map((cell, i) => broken(pages, cell, cellStyle(columns, widths, style, i, isHead)).length);
  return Math.max(1, ...counts) * style.leading + 2 * PADDING;
}

function cellStyle(columns: readonly Column[], widths: readonly number[], style: TableStyle, at: number, isHead: boolean): ParagraphStyle {
  return {
    size: style.size,
    leading: style.leading,
    strong: isHead || (style.labels === true && at === 0),
    align: isHead ? 'center' : (columns[at]?.align ?? 'left'),
    width: (widths[at] ?? 0) - 2 * PADDING,
  };
}

function drawRow(
  pages: Pages,
  cells: readonly Text[],
  columns: readonly Column[],
  widths: readonly number[],
  style: TableStyle,
  isHead: boolean,
): void {
  const laid = cells.map((cell, i) => {
    const of = cellStyle(columns, widths, style, i, isHead);
    return { of, lines: broken(pages, cell, of) };
  });
  const most = Math.max(1, ...laid.map(({ lines }) => lines.length));
  let from = 0;
  // a row higher than a page is continued on the next: no text is lost
  while (from < most) {
    const room = Math.max(1, Math.floor((AREA.bottom - pages.y - 2 * PADDING) / style.leading));
    const count = Math.min(most - from, room);
    const height = count * style.leading + 2 * PADDING;
    ruledCells(pages, widths, height, isHead);
    let left: number = AREA.left;
    for (const [i, { of, lines }] of laid.entries()) {
      const shown = lines.slice(from, from + count);
      const top = pages.y + PADDING + (most <= room ? ((count - shown.length) * style.leading) / 2 : 0);
      for (const [k, line] of shown.entries()) drawLine(pages, line, top + k * style.leading, { ...of, left: left + PADDING }, false);
      left += widths[i] ?? 0;
    }
    pages.y += height;
    from += count;
    if (from < most) pages.next();
  }
}

/** The lines round the cells of a row that begins at the current place. */
function ruledCells(pages: Pages, widths: readonly number[], height: number, filled: boolean): void {
  const { context } = pages.pen;
  const width = widths.reduce((sum, one) => sum + one, 0);
  if (filled) {
    context.fillStyle = HEAD_FILL;
    context.fillRect(AREA.left, pages.y, width, height);
  }
  context.beginPath();
  context.rect(AREA.left, pages.y, width, height);
  let x: number = AREA.left;
  for (const one of widths.slice(0, -1)) {
    x += one;
    context.moveTo(x, pages.y);
    context.lineTo(x, pages.y + height);
  }
  outline(context, '#15201D', 0.5);
}

/** Lines in a frame with a heading, on one page where they fit on one; else the frame closes and opens again on the next. */
export function box(pages: Pages, heading: string, items: readonly string[], style: ParagraphStyle): void {
  const inner = { ...style, left: AREA.left + 10, width: AREA.width - 20 };
  const lines = [
    ...broken(pages, [{ text: heading }], { ...inner, strong: true }).map((line) => ({ line, strong: true })),
    ...items.flatMap((item) => broken(pages, [{ text: item }], inner).map((line) => ({ line, strong: false }))),
  ];
  pages.ensure(Math.min(style.leading * lines.length + 12, AREA.bottom - AREA.top));
  while (lines.length > 0) {
    const room = Math.max(1, Math.floor((AREA.bottom - pages.y - 12) / style.leading));
    const shown = lines.splice(0, room);
    const height = shown.length * style.leading + 12;
    const { context } = pages.pen;
    context.beginPath();
    context.rect(AREA.left, pages.y, AREA.width, height);
    outline(context, style.color ?? '#15201D', 1.1);
    for (const [i, { line, strong }] of shown.entries()) {
      drawLine(pages, line, pages.y + 6 + i * style.leading, { ...inner, strong }, false);
    }
    pages.y += height + style.leading * 0.5;
    if (lines.length > 0) pages.next();
  }
}
