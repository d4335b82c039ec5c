// A report as it leaves the service: JSON for programs, a table for people.
import type { Words } from '../domain/field.ts';
import { CSV_BOM, csvLine } from '../exchange/csv.ts';
import { xlsxTable } from '../export/xlsx.ts';

export const REPORT_FORMATS = ['json', 'csv', 'xlsx'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

export interface Report {
  /** The answer as JSON. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Columns of the table, in both languages. */
  readonly columns: readonly Words[];
  readonly rows: readonly (readonly unknown[])[];
  /** What could not be assessed: below the table, never left out. */
  readonly notAssessed: readonly Words[];
}

/** The bytes of a report, and how many rows it lists. */
export async function reportBytes(report: Report, format: ReportFormat): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  if (format === 'json') return encoder.encode(JSON.stringify(report.body));
  const header = report.columns.map(({ zh, en }) => `${zh} ${en}`);
  const notes = report.notAssessed.map(({ zh, en }) => [`未评估 Not assessed: ${zh} ${en}`]);
  const rows = notes.length > 0 ? [...report.rows, [], ...notes] : report.rows;
  return format === 'xlsx' ? xlsxTable(header, rows) : encoder.encode(CSV_BOM + csvLine(header) + rows.map(csvLine).join(''));
}
