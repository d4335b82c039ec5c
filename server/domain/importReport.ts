// What an import says of every row it read. The same shape stands in the API, the command line and the page.
import type { LayerName } from './layer.ts';

export type Severity = 'error' | 'warning';

export interface ImportIssue {
  /** 1-based row of the data (the header is not counted), or null where the whole file is meant. */
  row: number | null;
  id: string | null;
  field: string | null;
  severity: Severity;
  code: string;
  message: string;
}

export type ImportMode = 'append' | 'upsert' | 'replace';

/** read = accepted + rejected + skipped; repaired is the part of accepted that was mended. */
export interface ImportReport {
  importId: string;
  layer: LayerName;
  file: string;
  mode: ImportMode;
  dryRun: boolean;
  stored: boolean;
  crs: string | null;
  encoding: string | null;
  read: number;
  accepted: number;
  repaired: number;
  rejected: number;
  skipped: number;
  revision: number | null;
  /** our field → their column, as used. */
  mapping: Record<string, string>;
  issues: ImportIssue[];
  /** How many issues of each code there are; `issues` itself lists at most the first 1,000. */
  issueCounts: Record<string, number>;
}

/** A report lists at most this many issues; the counts are always whole. */
export const MAX_LISTED_ISSUES = 1000;
