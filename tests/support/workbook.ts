// Workbooks for tests: rows of cells, merged where a test says so.
import writeXlsxFile, { type Cell, type SheetData } from 'write-excel-file/node';

export interface MergedCell {
  readonly value: string | number | Date;
  readonly columns?: number;
  readonly rows?: number;
}

export type TestCell = string | number | boolean | Date | null | MergedCell;

const isMerged = (cell: TestCell): cell is MergedCell => typeof cell === 'object' && cell !== null && !(cell instanceof Date);

/** The bytes of an .xlsx with one sheet. */
export async function workbook(rows: readonly (readonly TestCell[])[]): Promise<Uint8Array> {
  const data: SheetData = rows.map((row) =>
    row.map((cell): Cell => {
      if (cell instanceof Date) return { value: cell, type: Date, format: 'yyyy/m/d' };
      if (!isMerged(cell)) return cell;
      const { value, columns, rows: down } = cell;
      return { value, ...(columns ? { columnSpan: columns } : {}), ...(down ? { rowSpan: down } : {}) };
    }),
  );
  return new Uint8Array(await writeXlsxFile(data).toBuffer());
}
