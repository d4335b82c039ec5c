// Comma-separated files as offices send them: a header row, quotes only where needed, CRLF.
import { encodeGbk } from '../../server/exchange/gbk.ts';

export type Cell = string | number | null;

function written(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(written).join(',')}\r\n`).join('');
}

/** UTF-8 with a byte order mark, as Excel saves "CSV UTF-8". */
export function csvUtf8(header: readonly string[], rows: readonly (readonly Cell[])[]): Uint8Array {
  return new TextEncoder().encode(`\uFEFF${table(header, rows)}`);
}

/** GB18030, as Excel saves "CSV" on a Chinese Windows. */
export function csvGb18030(header: readonly string[], rows: readonly (readonly Cell[])[]): Uint8Array {
  return encodeGbk(table(header, rows));
}
