// A file as a county sends it, and the report that it must get.
import type { ImportRequest } from '../../../../server/ingest/importFile.ts';
import type { LayerName } from '../../../../server/domain/layer.ts';
import type { Content } from '../../../support/importing.ts';

export interface TrickyFile {
  /** What is odd about it. */
  readonly name: string;
  /** Name and content; several for files that belong together. */
  readonly files: readonly (readonly [string, Content | (() => Content | Promise<Content>)])[];
  readonly layer: LayerName;
  readonly options?: Partial<ImportRequest>;
  readonly expected: Refused | Taken;
}

/** Nothing of the file can be taken. */
export interface Refused {
  readonly refused: string;
  /** What the words must tell the clerk. */
  readonly says?: RegExp;
  /** Systems that are offered. */
  readonly offered?: readonly string[];
}

export interface Taken {
  /** read, accepted, repaired, rejected, skipped */
  readonly counts: readonly [number, number, number, number, number];
  /** Every issue by code, `field_missing` left out: what the layer wants and a short test file has not. */
  readonly issues: Readonly<Record<string, number>>;
  /** Rows that must be refused, with field and code. */
  readonly rejectedRows?: readonly (readonly [row: number, field: string | null, code: string])[];
  readonly encoding?: string;
  readonly crs?: string;
  /** Parts that the staged features must have, in order. */
  readonly features?: readonly {
    readonly id?: string;
    readonly geometry?: unknown;
    readonly properties?: Readonly<Record<string, unknown>>;
  }[];
  /** Where the first feature lies, to a centimetre. */
  readonly at?: readonly [lon: number, lat: number];
}

export const households = (
  name: string,
  text: Content | (() => Content | Promise<Content>),
  expected: Refused | Taken,
  options: Partial<ImportRequest> = {},
): TrickyFile => ({
  name,
  files: [['户.csv', text]],
  layer: 'households',
  expected,
  options,
});

export const one = (expected: Omit<Taken, 'counts' | 'issues'> & Partial<Taken> = {}): Taken => ({
  counts: [1, 1, 0, 0, 0],
  issues: {},
  ...expected,
});
