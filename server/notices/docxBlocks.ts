// Paragraphs, tables and boxes of a notice in Word.
import {
  AlignmentType,
  BorderStyle,
  LineRuleType,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import type { IParagraphOptions, IRunOptions } from 'docx';
import { DRAFT_COLOR, FACES, MISSING_RUN, POINT, SIZES, TEXT_WIDTH } from './docxStyles.ts';
import type { Block, Column, Text } from './noticeModel.ts';

/** The runs of a text; what is missing is marked. */
export function runs(text: Text, options: IRunOptions): TextRun[] {
  return text.map((run) => new TextRun({ ...options, ...(run.missing ? MISSING_RUN : {}), text: run.text }));
}

/** A paragraph of the body: 三号, 28 points apart, two characters set in. */
export function bodyParagraph(text: Text, options: IParagraphOptions = {}, run: IRunOptions = { font: FACES.text }): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.BOTH,
    spacing: { line: 28 * POINT, lineRule: LineRuleType.EXACT },
    indent: { firstLine: 32 * POINT },
    ...options,
    children: runs(text, { size: SIZES.text, ...run }),
  });
}

/** A block of a section, and the gap behind a table. */
export function blockOf(block: Block): (Paragraph | Table)[] {
  if (block.kind === 'paragraph') return [bodyParagraph(block.text)];
  const gap = new Paragraph({ spacing: { line: 8 * POINT, lineRule: LineRuleType.EXACT }, children: [] });
  if (block.kind === 'table') return [table(block.columns, block.rows, SIZES.table, true), gap];
  const columns: Column[] = [
    { title: '', share: 34, align: 'center' },
    { title: '', share: 100, align: 'left' },
  ];
  return [
    table(
      columns,
      block.rows.map(([label, value]) => [[{ text: label }], value]),
      26,
      false,
    ),
    gap,
  ];
}

function table(columns: readonly Column[], rows: readonly (readonly Text[])[], size: number, titled: boolean): Table {
  const total = columns.reduce((sum, column) => sum + column.share, 0);
  const widths = columns.map((column) => Math.round((column.share / total) * TEXT_WIDTH));
  const cell = (text: Text, at: number, head: boolean) =>
    new TableCell({
      width: { size: widths[at] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { left: 80, right: 80, top: 40, bottom: 40 },
      ...(head ? { shading: { type: 'clear', color: 'auto', fill: 'EBEEE9' } } : {}),
      children: [
        new Paragraph({
          alignment: head || columns[at]?.align === 'center' ? AlignmentType.CENTER : AlignmentType.LEFT,
          children: runs(text, { size, font: head || (!titled && at === 0) ? FACES.heading : FACES.text }),
        }),
      ],
    });
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map(({ title }, i) => cell([{ text: title }], i, true)),
  });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      ...(titled ? [head] : []),
      ...rows.map((row) => new TableRow({ cantSplit: true, children: row.map((text, i) => cell(text, i, false)) })),
    ],
  });
}

/** Lines in one frame with a heading. */
export function framed(heading: string, items: readonly string[], alignment: IParagraphOptions['alignment'] = AlignmentType.LEFT): Table {
  const border = { style: BorderStyle.SINGLE, size: 10, color: DRAFT_COLOR };
  const line = (text: string, bold: boolean) =>
    new Paragraph({
      ...(alignment ? { alignment } : {}),
      children: [new TextRun({ text, bold, size: SIZES.table, font: FACES.heading, color: DRAFT_COLOR })],
    });
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: [TEXT_WIDTH],
    borders: { top: border, bottom: border, left: border, right: border },
    rows: [
      new TableRow({
        children: [
          new TableCell({
            margins: { left: 160, right: 160, top: 80, bottom: 80 },
            children: [line(heading, true), ...items.map((item) => line(item, false))],
          }),
        ],
      }),
    ],
  });
}
