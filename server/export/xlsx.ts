// Workbooks with one sheet (ECMA-376), written row by row. Texts stand in the cells themselves, marked as text: no spreadsheet
// takes one for a formula, a date or a number. The header is bold and stays in sight.
import { MemorySink, type ByteSink } from './fileSink.ts';
import { ZipWriter } from './zip.ts';

export type SheetCell = string | number | boolean | null | undefined;

/** Rows of a sheet at most, its header among them, and characters of a cell. */
export const MOST_ROWS = 1_048_576;
export const MOST_CHARACTERS = 32_767;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml':
    `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
    `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/>` +
    `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/_rels/workbook.xml.rels':
    `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>` +
    `<Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  // cell styles: 0 as it is, 1 the header, 2 text
  'xl/styles.xml':
    `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>' +
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>' +
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
};

const SHEET_START =
  `<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>` +
  '</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><sheetData>';

/** Characters of rows gathered before they are compressed. */
const BATCH = 256 * 1024;

export class XlsxWriter {
  private readonly zip: ZipWriter;
  private readonly columns: readonly string[];
  private line = 0;
  private waiting: string[] = [];
  private length = 0;

  /** @param name of the sheet */
  constructor(sink: ByteSink, name: string, header: readonly string[], modified: Date) {
    this.zip = new ZipWriter(sink, modified);
    this.columns = header.map((_, i) => columnName(i));
    for (const [part, xml] of Object.entries(PARTS)) this.part(part, xml);
    const sheet = `<sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/>`;
    this.part('xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheet}</sheets></workbook>`);
    this.part('xl/worksheets/sheet1.xml', SHEET_START);
    this.put(header, 1);
  }

  /** Writes a row. Texts are cut after {@link MOST_CHARACTERS}, as Excel opens no file with a longer one: look before. */
  row(cells: readonly SheetCell[]): void {
    this.put(cells, 2);
  }

  finish(): void {
    this.waiting.push('</sheetData></worksheet>');
    this.flush();
    this.zip.finish();
  }

  private part(name: string, xml: string): void {
    this.zip.open(name);
    this.zip.text(HEAD + xml);
  }

  private put(cells: readonly SheetCell[], textStyle: number): void {
    const line = ++this.line;
    let xml = `<row r="${line}">`;
    for (const [i, cell] of cells.entries()) xml += cellXml(cell, `${this.columns[i] ?? columnName(i)}${line}`, textStyle);
    xml += '</row>';
    this.waiting.push(xml);
    this.length += xml.length;
    if (this.length > BATCH) this.flush();
  }

  private flush(): void {
    this.zip.text(this.waiting.join(''));
    this.waiting = [];
    this.length = 0;
  }
}

function cellXml(cell: SheetCell, place: string, textStyle: number): string {
  if (cell === null || cell === undefined || cell === '') return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? `<c r="${place}"><v>${cell}</v></c>` : '';
  if (typeof cell === 'boolean') return `<c r="${place}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  return `<c r="${place}" s="${textStyle}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell.slice(0, MOST_CHARACTERS))}</t></is></c>`;
}

/** 0 → A, 27 → AB. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

// oxlint-disable-next-line no-control-regex -- what XML reads otherwise than it is written
const SPECIAL = /[&<>"\r_\u0000-\u001f\ud800-\udfff\ufffe\uffff]/;
// oxlint-disable-next-line no-control-regex -- what XML 1.0 does not have
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function escaped(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .toWellFormed()
    .replace(NOT_XML, '\ufffd')
    .replace(/_(?=x[\da-fA-F]{4}_)/g, '_x005F_') // _x000D_ would be read as the character itself
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\r', '&#13;');
}

/** One sheet with a bold header that stays in sight: a short table, whole. Objects become JSON. */
export function xlsxTable(header: readonly string[], rows: readonly (readonly unknown[])[]): Uint8Array {
  const sink = new MemorySink();
  const sheet = new XlsxWriter(sink, 'Sheet1', header, new Date());
  for (const row of rows) sheet.row(row.map(plain));
  sheet.finish();
  return sink.bytes();
}

function plain(value: unknown): SheetCell {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : JSON.stringify(value);
}
