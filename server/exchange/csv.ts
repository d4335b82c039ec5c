// CSV that Excel opens in Chinese as it should (UTF-8 with BOM) and that carries no formulas (RFC 4180).
import { guarded } from './formula.ts';

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const harmless = typeof value === 'string' ? guarded(text) : text;
  // other delimiters too: readers guess which one a file has, and a text full of them would mislead
  return /[",\r\n\t;|，]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** A line of cells, ended as RFC 4180 wants it. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

export const CSV_BOM = '\uFEFF';
