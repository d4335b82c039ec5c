// What every reader yields, whatever the format.

/** A file opened for import: how it reads, which columns it has, and its rows. */
export interface Source {
  /** Encoding of the text, or null where the format fixes it. */
  readonly encoding: string | null;
  /** CRS as the file states it: WKT of a .prj, an EPSG code, or null. */
  readonly statedCrs: string | null;
  /** Column names in order; for GeoJSON those of any feature. */
  readonly columns: readonly string[];
  /** The format carries geometry of its own (everything but tables). */
  readonly hasGeometry: boolean;
  /** A table in which a column of well-known text may stand in for the position columns, row by row. */
  readonly hasWkt?: boolean;
  /** Remarks on the file as a whole, such as a guessed encoding. */
  readonly notes: readonly SourceNote[];
  rows(): AsyncIterable<SourceRow>;
}

export interface SourceRow {
  /** 1-based number of the data row; titles and the header are not counted, and a title has the number 0. */
  readonly row: number;
  /** Number of the line in the file, where it has lines. */
  readonly line?: number;
  /** Values by column name. A Map: a column may be called `__proto__`. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Geometry as the file has it, unchecked, in the file's CRS; undefined for tables. */
  readonly geometry?: unknown;
  /** The GeoJSON feature's own id. */
  readonly id?: unknown;
  /** Why this is no row of data: a title, a total, the name of a section. Accounted for all the same. */
  readonly skip?: SkipCode;
  /** Name of the section that the row stands in: a township's, alone in a line above. */
  readonly section?: string;
  /** Marked as deleted in the file: no data, but accounted for. */
  readonly deleted?: boolean;
  /** Why the row could not be read at all. */
  readonly fault?: { code: string; message: string };
}

export interface SourceNote {
  readonly code: 'encoding_guessed' | 'sheet_chosen' | 'links_not_followed';
  readonly message: string;
}

export type SkipCode = 'title_row' | 'total_row' | 'section_row' | 'repeated_header' | 'blank_row';
