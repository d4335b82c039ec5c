// What a notice consists of, whatever file it becomes: texts in which a missing element stays visible, and its tables.
import type { Geometry } from '../domain/feature.ts';
import type { CornerRing, Extent, LocalZone } from './corners.ts';
import type { SignPlan } from './signPoints.ts';

export const NOTICE_KINDS = ['announcement', 'revocation'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

export const NOTICE_FORMATS = ['pdf', 'docx'] as const;
export type NoticeFormat = (typeof NOTICE_FORMATS)[number];

/** Is this the ending of a file that a notice can be? */
export function isFormat(ending: string): ending is NoticeFormat {
  return (NOTICE_FORMATS as readonly string[]).includes(ending);
}

/** A piece of text; `missing` ones are the mark 未注明 and are printed so that nobody overlooks them. */
export interface Run {
  readonly text: string;
  readonly missing?: boolean;
}
export type Text = readonly Run[];

export interface Column {
  readonly title: string;
  /** Its share of the table's width. */
  readonly share: number;
  readonly align: 'left' | 'center';
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Text }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: Text])[] }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Text[])[] };

export interface Section {
  /** Without its number: 一、 is set by its place. */
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export interface NoticeContent {
  readonly kind: NoticeKind;
  readonly title: string;
  /** The title where it may be broken into lines by its sense. */
  readonly titleParts: readonly string[];
  /** The one line that is not Chinese. */
  readonly english: string;
  readonly documentNo: Text;
  /** Said across every page, or null on a notice in force. */
  readonly watermark: string | null;
  /** Lines above the title that nobody may overlook. */
  readonly banners: readonly string[];
  readonly opening: Text;
  readonly sections: readonly Section[];
  readonly signature: { readonly authority: Text; readonly date: Text };
  /** What is missing, and where it is filled in. */
  readonly missing: readonly string[];
  readonly notes: readonly string[];
  readonly geometry: Geometry;
  readonly zone: LocalZone;
  readonly rings: readonly CornerRing[];
  readonly corners: number;
  readonly extents: { readonly parts: readonly Extent[]; readonly all: Extent };
  readonly signs: SignPlan;
  readonly map: {
    readonly title: string;
    readonly source: string;
    readonly date: string;
    readonly reviewNumber: string;
  };
}

/** The number of a section: 一、 二、 … 十、. */
export function sectionNumber(at: number): string {
  return `${'一二三四五六七八九十'[at] ?? String(at + 1)}、`;
}

/** A text of literal pieces, values and elements, as a tagged template. */
export function say(pieces: TemplateStringsArray, ...values: readonly (string | number | Run)[]): Text {
  const runs = pieces.flatMap((piece, at): Run[] => {
    const value = values[at];
    const literal: Run[] = piece === '' ? [] : [{ text: piece }];
    if (value === undefined) return literal;
    return [...literal, typeof value === 'object' ? value : { text: String(value) }];
  });
  return runs.length > 0 ? runs : [{ text: '' }];
}

/** A text as one string. */
export function plain(text: Text): string {
  return text.map((run) => run.text).join('');
}
