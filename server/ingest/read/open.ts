// Which reader a file gets: its ending and its first bytes must agree.
import { open } from 'node:fs/promises';
import { unusable } from '../issues.ts';
import type { Source } from '../source.ts';
import { readCsv } from './csv.ts';
import { readGeoJson } from './geojson.ts';
import { readGeoPackage } from './geopackage.ts';
import { readShapefile } from './shapefile.ts';

type Format = 'zip' | 'sqlite' | 'json' | 'text';

const FORMAT_BY_ENDING: Readonly<Record<string, Format>> = {
  zip: 'zip',
  gpkg: 'sqlite',
  geojson: 'json',
  json: 'json',
  csv: 'text',
  tsv: 'text',
  txt: 'text',
};

export interface OpenOptions {
  /** Decoder name, or null to detect. */
  encoding: string | null;
  /** Table of a GeoPackage. */
  table: string | null;
}

export async function openSource(path: string, fileName: string, options: OpenOptions): Promise<Source> {
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const byEnding = FORMAT_BY_ENDING[ending];
  if (!byEnding) {
    throw unusable(
      'format_unknown',
      `Files ending in .${ending} are not read. Upload a zipped shapefile, GeoJSON, GeoPackage or CSV.`,
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
      return readShapefile(path, options.encoding);
    case 'sqlite':
      return readGeoPackage(path, options.table);
    case 'json':
      return readGeoJson(path);
    case 'text':
      return readCsv(path, options.encoding);
  }
}

const CONTENT_WORDS: Readonly<Record<Format, string>> = {
  zip: 'a zip archive',
  sqlite: 'an SQLite database',
  json: 'JSON',
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
    return text.startsWith('{') || text.startsWith('[') ? 'json' : 'text';
  } finally {
    await file.close();
  }
}
