// Rejected rows as a CSV that can be corrected and imported again: the columns of the file, then the reason.
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { CSV_BOM, csvLine } from '../exchange/csv.ts';
import { Staging } from './staging.ts';

const REASON = '拒绝原因 reason';
const ROW = '行号 row';

/** @param conflicts rows that passed on their own and that the store would not have */
export async function writeRejectedCsv(
  stagingPath: string,
  conflicts: readonly { row: number; message: string }[],
  csvPath: string,
): Promise<void> {
  const staging = Staging.open(stagingPath);
  const out = createWriteStream(csvPath, { mode: 0o600 });
  try {
    const columns = new Set<string>();
    for (const rejected of staging.rejected()) for (const column of Object.keys(rejected.cells)) columns.add(column);
    for (const { row } of conflicts) for (const column of Object.keys(staging.cellsOf(row))) columns.add(column);
    out.write(CSV_BOM + csvLine([...columns, ROW, REASON]));
    for (const { row, cells, reasons } of staging.rejected()) {
      out.write(csvLine([...[...columns].map((column) => cells[column] ?? ''), row, reasons]));
    }
    for (const { row, message } of conflicts) {
      const cells = staging.cellsOf(row);
      out.write(csvLine([...[...columns].map((column) => cells[column] ?? ''), row, message]));
    }
    out.end();
    await finished(out);
  } finally {
    staging.close();
  }
}
