// A base map in one file (PMTiles 3): whether it is one, and what it says about who made it. The page reads its tiles by range.
import { closeSync, openSync, readSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const HEADER = 127;
const MAGIC = 'PMTiles';
const VERSION = 3;
const NO_COMPRESSION = 1;
const GZIP = 2;
/** Bytes of notes that are read to find the attribution. */
const MOST_NOTES = 1024 * 1024;

/**
 * The attribution of a PMTiles file, as plain text; '' where it states none, or in a way that is not read here.
 * @throws Error in one line, for a file that is missing or no PMTiles 3
 */
export function pmtilesAttribution(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    throw new Error(`${path} cannot be read.`);
  }
  try {
    const header = readAt(file, 0, HEADER);
    if (header.length < HEADER || header.toString('latin1', 0, 7) !== MAGIC) throw new Error(`${path} is no PMTiles file.`);
    if (header[7] !== VERSION) throw new Error(`${path} is PMTiles ${header[7]}; ${VERSION} is read. Convert it with \`pmtiles convert\`.`);
    return attributionIn(file, Number(header.readBigUInt64LE(24)), Number(header.readBigUInt64LE(32)), header[97] ?? 0);
  } finally {
    closeSync(file);
  }
}

function attributionIn(file: number, at: number, length: number, compression: number): string {
  if (length === 0 || length > MOST_NOTES || (compression !== NO_COMPRESSION && compression !== GZIP)) return '';
  try {
    const bytes = readAt(file, at, length);
    const text = compression === GZIP ? gunzipSync(bytes, { maxOutputLength: MOST_NOTES }) : bytes;
    const notes = JSON.parse(text.toString('utf8')) as { attribution?: unknown };
    return typeof notes.attribution === 'string' ? plain(notes.attribution) : '';
  } catch {
    return ''; // a map without notes is a map
  }
}

function readAt(file: number, at: number, length: number): Buffer {
  const buffer = Buffer.alloc(length);
  return buffer.subarray(0, readSync(file, buffer, 0, length, at));
}

/** Attributions are often links; the page shows their text. */
function plain(html: string): string {
  const words: Readonly<Record<string, string>> = { amp: '&', copy: '©', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(\w+);/g, (whole, name: string) => words[name] ?? whole)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}
