// A table as an Excel file. Texts are written as texts: Excel evaluates none of them as a formula.
import writeXlsxFile, { type Cell, type SheetData } from 'write-excel-file/node';

/** One sheet with a bold header that stays in sight. */
export async function xlsxTable(header: readonly string[], rows: readonly (readonly unknown[])[]): Promise<Uint8Array> {
  const head = header.map((value): Cell => ({ value, fontWeight: 'bold' }));
  const data: SheetData = [head, ...rows.map((row) => row.map(cellOf))];
  return new Uint8Array(await writeXlsxFile(data, { stickyRowsCount: 1 }).toBuffer());
}

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}
