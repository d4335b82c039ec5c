// A photo of a feature as it stands on the wire. Its files are called by its id; nobody but staff ever sees one.
export interface Photo {
  readonly id: string;
  readonly caption: string | null;
  readonly by: string;
  /** RFC 3339 */
  readonly at: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}
