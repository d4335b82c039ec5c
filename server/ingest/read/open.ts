// Which reader a file gets: its ending and its first bytes must agree.
import { open } from 'node:fs/promises';
import { unusable } from '../issues.ts';
import type { Source } from '../source.ts';
import { readCsv } from './csv.ts';
import { readGeoJson } from './geojson.ts';
import { isLineDelimited, readGeoJsonLines } from './geojsonLines.ts';
import { readGeoPackage } from './geopackage.ts';
import { readKml, readKmz } from './kml.ts';
import { readShapefile, readShapefileParts } from './shapefile.ts';
import { readXlsx } from './xlsx.ts';
import type { TableOptions } from './table.ts';

type Format = 'zip' | 'sqlite' | 'json' | 'xml' | 'text';

const FORMAT_BY_ENDING: Readonly<Record<string, Format>> = {
  zip: 'zip',
  xlsx: 'zip',
  xlsm: 'zip',
  kmz: 'zip',
  kml: 'xml',
  gpkg: 'sqlite',
  geojson: 'json',
  json: 'json',
  geojsonl: 'json',
  ndjson: 'json',
  jsonl: 'json',
  csv: 'text',
  tsv: 'text',
  txt: 'text',
};

export interface OpenOptions {
  /** Decoder name, or null to detect. */
  encoding: string | null;
  /** Table of a GeoPackage, or sheet of a workbook. */
  table: string | null;
  /** What a table's header is looked for by. */
  reading: TableOptions;
  /** Files that were uploaded together. */
  parts: readonly { readonly path: string; readonly fileName: string }[];
}

export async function openSource(path: string, fileName: string, options: OpenOptions): Promise<Source> {
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  if (options.parts.length > 1) return readShapefileParts(options.parts, options.encoding);
  if (ending === 'shp') throw unusable('no_dbf', 'A .shp alone has no attributes. Send the .shp, .dbf, .prj and .cpg together, or zipped.');
  if (ending === 'xls') throw unusable('old_workbook', 'The old .xls format is not read. Save the workbook as .xlsx.', 415);
  const byEnding = FORMAT_BY_ENDING[ending];
  if (!byEnding) {
    throw unusable(
      'format_unknown',
      `Files ending in .${ending} are not read. Upload a shapefile (zipped, or its parts together), GeoJSON, GeoPackage, KML, CSV or Excel (.xlsx).`,
      415,
    );
  }
  const byContent = await formatOf(path);
  if (byContent !== byEnding && !(byContent === 'json' && byEnding === 'text')) {
    throw unusable(
      'format_mismatch',
      `The file is called .${ending} but its content is ${CONTENT_WORDS[byContent]}. Rename it or export it again.`,
      415,
    );
  }
  switch (byEnding) {
    case 'zip':
      if (ending.startsWith('xls')) return readXlsx(path, options.table, options.reading);
      return ending === 'kmz' ? readKmz(path) : readShapefile(path, options.encoding);
    case 'xml':
      return readKml(path);
    case 'sqlite':
      return readGeoPackage(path, options.table);
    case 'json':
      return (await isLineDelimited(path)) ? readGeoJsonLines(path) : readGeoJson(path);
    case 'text':
      return readCsv(path, options.encoding, options.reading);
  }
}

const CONTENT_WORDS: Readonly<Record<Format, string>> = {
  zip: 'a zip archive',
  sqlite: 'an SQLite database',
  json: 'JSON',
  xml: 'XML',
  text: 'plain text',
};

async function formatOf(path: string): Promise<Format> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(512);
    const { bytesRead } = await file.read(head, 0, 512, 0);
    if (bytesRead === 0) throw unusable('empty_file', 'The file is empty.');
    if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1')) || head.subarray(0, 4).equals(Buffer.from('PK\x05\x06', 'latin1')))
      return 'zip';
    if (head.subarray(0, 15).toString('latin1') === 'SQLite format 3') return 'sqlite';
    const text = head
      .subarray(0, bytesRead)
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trimStart();
    // \u001e opens the records of a GeoJSON text sequence (RFC 8142)
    if (text.startsWith('{') || text.startsWith('[') || text.startsWith('\u001e')) return 'json';
    return /^<(\?xml|kml|!--|!DOCTYPE)/i.test(text) ? 'xml' : 'text';
  } finally {
    await file.close();
  }
}
