// What the generator hands over: the list of files in the order in which they are to be imported.

export const SYNTHETIC_NOTE = '演示合成数据';

export interface DemoFile {
  readonly file: string;
  readonly layer: string;
  readonly crs?: string;
  readonly encoding?: string;
  /** Our field → their column, where the column has no name of the data model. */
  readonly mapping?: Readonly<Record<string, string>>;
  /** Constants for our fields. */
  readonly defaults?: Readonly<Record<string, string>>;
  readonly note: string;
}

export interface DemoManifest {
  readonly district: {
    readonly name: string;
    readonly synthetic: true;
    /** Lon/lat. */
    readonly center: readonly [number, number];
    /** West, south, east, north in degrees. */
    readonly bounds: readonly [number, number, number, number];
  };
  readonly files: readonly DemoFile[];
  readonly ground: { readonly image: string; readonly bounds: readonly [number, number, number, number]; readonly synthetic: true };
}

/** A file's bytes beside its line in the manifest. */
export interface WrittenFile extends DemoFile {
  readonly bytes: Uint8Array;
}

const encoder = new TextEncoder();

/** A GeoJSON file; lon/lat, CGCS2000 = WGS 84. */
export function geojson(name: string, features: readonly unknown[]): Uint8Array {
  const lines = features.map((feature) => JSON.stringify(feature)).join(',\n');
  return encoder.encode(
    `{"type":"FeatureCollection","name":${JSON.stringify(name)},"note":"${SYNTHETIC_NOTE}","features":[\n${lines}\n]}\n`,
  );
}
