// What an import says of every row it read. The same shape stands in the API, the command line and the page.
import type { JsonValue } from './feature.ts';
import type { LayerName } from './layer.ts';

export type Severity = 'error' | 'warning';

export interface ImportIssue {
  /** 1-based row of the data (the header is not counted), or null where the whole file is meant. */
  row: number | null;
  id: string | null;
  field: string | null;
  severity: Severity;
  code: string;
  /** What is wrong with this very cell or row. */
  message: string;
  /** Line of the file, counted from 1, where the file has lines. */
  line?: number;
  /** What the code means and what to do, in both languages. */
  zh?: string;
  en?: string;
}

/** Rows that may be one and the same, side by side. */
export interface PossibleDuplicate {
  readonly name: string;
  readonly rows: readonly { readonly row: number; readonly id: string }[];
}

/** How an upsert would change what is there. */
export interface ChangeSummary {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Field by field, of the first features that change. */
  readonly examples: readonly {
    readonly id: string;
    readonly fields: readonly { readonly field: string; readonly from: JsonValue; readonly to: JsonValue }[];
  }[];
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
  duplicates: PossibleDuplicate[];
  /** Only with mode=upsert. */
  changes: ChangeSummary | null;
  /** Columns of the file that no field took: they are kept in `extra`. */
  unmapped: string[];
  /** The file's header as a key, under which a mapping is remembered. */
  headerKey: string;
  /** A dry run that may be stored as it is, by POST to its `…/confirm`, until this time. */
  confirmBy: string | null;
}

/** A report lists at most this many issues; the counts are always whole. */
export const MAX_LISTED_ISSUES = 1000;
