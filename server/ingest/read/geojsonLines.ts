// Newline-delimited GeoJSON, and GeoJSON text sequences (RFC 8142): a feature a line, streamed.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { unusable } from '../issues.ts';
import type { Source, SourceRow } from '../source.ts';
import { isObject, keepDigits, rowOf } from './geojson.ts';

/** A line of more characters than this is no feature. */
const LONGEST_LINE = 64 * 1024 * 1024;

/** Is the first line a whole Feature, with more behind it? */
export async function isLineDelimited(path: string): Promise<boolean> {
  for await (const line of linesOf(path)) {
    const feature = parsed(line);
    return isObject(feature) && feature['type'] === 'Feature' && (await hasMore(path));
  }
  return false;
}

async function hasMore(path: string): Promise<boolean> {
  const lines = linesOf(path)[Symbol.asyncIterator]();
  await lines.next();
  const second = await lines.next();
  await lines.return?.(undefined);
  return second.done !== true;
}

export async function readGeoJsonLines(path: string): Promise<Source> {
  const columns = new Set<string>();
  for await (const line of linesOf(path)) {
    const feature = parsed(line);
    if (isObject(feature) && isObject(feature['properties'])) for (const key of Object.keys(feature['properties'])) columns.add(key);
  }
  return { encoding: 'utf-8', statedCrs: null, columns: [...columns], hasGeometry: true, notes: [], rows: () => rowsOf(path) };
}

async function* rowsOf(path: string): AsyncGenerator<SourceRow> {
  let row = 0;
  for await (const line of linesOf(path)) {
    row++;
    const feature = parsed(line);
    yield feature === undefined
      ? { row, line: row, values: new Map(), fault: { code: 'not_json', message: '本行不是 JSON the line is not JSON' } }
      : { ...rowOf(row, feature), line: row };
  }
}

/** Lines with something in them. */
async function* linesOf(path: string): AsyncGenerator<string> {
  const input = createReadStream(path, { encoding: 'utf8', highWaterMark: 1024 * 1024 });
  const lines = createInterface({ input, crlfDelay: Infinity });
  try {
    for await (const line of lines) {
      // oxlint-disable-next-line no-control-regex -- the record separator that opens each record of RFC 8142
      const text = line.replace(/^[\uFEFF\u001e]+/, '').trim();
      if (text.length > LONGEST_LINE) throw unusable('line_too_long', 'A line of the file is too long to be a feature.');
      if (text !== '') yield text;
    }
  } finally {
    lines.close();
    input.destroy();
  }
}

function parsed(line: string): unknown {
  try {
    return /\d{16}/.test(line) ? JSON.parse(line, keepDigits as (key: string, value: unknown) => unknown) : JSON.parse(line);
  } catch {
    return undefined;
  }
}
