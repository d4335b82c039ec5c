// The corner list of a notice in Word. Its rows are written as XML text: tens of thousands of them as objects of the docx
// library would take minutes and gigabytes, as text they take a second.
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { AlignmentType, Paragraph, Table, TableCell, TableLayoutType, TableRow, TextRun, WidthType } from 'docx';
import { CORNER_COLUMNS, cornerCells, type CornerRing } from './corners.ts';
import { CORNER_STYLE, FACES, SIZES, TEXT_WIDTH } from './docxStyles.ts';

/** Stands in the table until {@link withCorners} puts the rows there; no text of a notice contains it. */
const PLACEHOLDER = '\u2063corners\u2063';

const DOCUMENT = 'word/document.xml';

/** The table with its head, which Word repeats on every page, and a row to be replaced. */
export function cornerTable(): Table {
  const total = CORNER_COLUMNS.reduce((sum, column) => sum + column.share, 0);
  const widths = CORNER_COLUMNS.map((column) => Math.round((column.share / total) * TEXT_WIDTH));
  const head = CORNER_COLUMNS.map(
    ({ title }) =>
      new TableCell({
        shading: { type: 'clear', color: 'auto', fill: 'EBEEE9' },
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [new TextRun({ text: title, bold: true, size: SIZES.corner, font: FACES.title })],
          }),
        ],
      }),
  );
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: head }),
      new TableRow({ children: [new TableCell({ columnSpan: CORNER_COLUMNS.length, children: [new Paragraph(PLACEHOLDER)] })] }),
    ],
  });
}

/** The file with the rows of these rings in place. @throws Error when the table is not in it */
export function withCorners(file: Uint8Array, rings: readonly CornerRing[]): Uint8Array {
  const parts = unzipSync(file);
  const document = parts[DOCUMENT];
  const xml = document ? strFromU8(document) : '';
  const at = xml.indexOf(PLACEHOLDER);
  const start = xml.lastIndexOf('<w:tr>', at);
  const end = xml.indexOf('</w:tr>', at) + '</w:tr>'.length;
  if (at < 0 || start < 0) throw new Error('the corner table is not in the document');
  const rows = rings.flatMap((ring) => [ringRow(ring), ...ring.corners.map((corner) => row(cornerCells(corner)))]);
  parts[DOCUMENT] = strToU8(xml.slice(0, start) + rows.join('') + xml.slice(end));
  return zipSync(parts, { level: 6 });
}

/** Figures and signs of degrees only, so nothing needs escaping. */
function row(cells: readonly string[]): string {
  return `<w:tr>${cells.map((text) => `<w:tc>${paragraph(text, '')}</w:tc>`).join('')}</w:tr>`;
}

function ringRow({ name, corners }: CornerRing): string {
  const text = `${name}：J${corners[0]?.number ?? 0}至J${corners.at(-1)?.number ?? 0}，首尾相连`;
  return `<w:tr><w:tc><w:tcPr><w:gridSpan w:val="${CORNER_COLUMNS.length}"/></w:tcPr>${paragraph(text, '<w:rPr><w:b/></w:rPr>')}</w:tc></w:tr>`;
}

function paragraph(text: string, properties: string): string {
  return `<w:p><w:pPr><w:pStyle w:val="${CORNER_STYLE}"/></w:pPr><w:r>${properties}<w:t>${text}</w:t></w:r></w:p>`;
}
