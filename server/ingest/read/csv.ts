// CSV and TSV ledgers: any delimiter, any of the encodings that a county writes. The file is streamed, never held whole.
import { parse, type Options } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { detectFileEncoding } from '../encoding.ts';
import { unguarded } from '../../exchange/formula.ts';
import { unusable } from '../issues.ts';
import type { Source, SourceNote } from '../source.ts';
import { tableSource, type NumberedLine, type TableOptions } from './table.ts';

const DELIMITERS = [',', '\t', ';', '|', '，'];
const HEAD = 64 * 1024;
/** A cell of more characters than this is a missing quote. */
const LONGEST_RECORD = 4 * 1024 * 1024;

export async function readCsv(path: string, encodingAsked: string | null, options: TableOptions): Promise<Source> {
  const head = await headOf(path);
  const detected = encodingAsked ? { encoding: encodingAsked, guessed: false } : await detectFileEncoding(path);
  const { encoding } = detected;
  if (!encoding.startsWith('utf-16') && head.subarray(0, 4096).includes(0)) throw unusable('not_text', 'The file is binary, not CSV.', 415);
  const delimiter = delimiterOf(new TextDecoder(encoding).decode(head));
  const notes: SourceNote[] = detected.guessed
    ? [
        {
          code: 'encoding_guessed',
          message: `文字按 ${encoding} 读取，如有乱码请指定编码 The text was taken as ${encoding}. Give \`encoding\` if names look wrong.`,
        },
      ]
    : [];
  return tableSource({ encoding, notes, lines: () => linesOf(path, encoding, delimiter) }, options);
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(HEAD);
    const { bytesRead } = await file.read(head, 0, HEAD, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The delimiter that the lines hold most of, outside quotes: a title row above the header may hold none. */
function delimiterOf(text: string): string {
  // quoted cells first: a cell may hold a line break
  const lines = text
    .replace(/"[^"]*"/g, '')
    .split(/\r\n|\n|\r/, 20)
    .filter((line) => line.trim() !== '');
  const counts = DELIMITERS.map((delimiter) => Math.max(0, ...lines.map((line) => line.split(delimiter).length)));
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

async function* textOf(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) yield decoder.decode(chunk as Buffer, { stream: true });
  yield decoder.decode();
}

/** The records one by one. Whoever stops early leaves no stream behind that still writes. */
async function* linesOf(path: string, encoding: string, delimiter: string): AsyncGenerator<NumberedLine> {
  const options: Options = {
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    info: true,
    max_record_size: LONGEST_RECORD,
  };
  const source = Readable.from(textOf(path, encoding));
  const parser = source.pipe(parse(options));
  try {
    for await (const { info, record } of parser as AsyncIterable<{ info: { lines: number }; record: string[] }>) {
      yield { line: info.lines, cells: record.map(unguarded) };
    }
  } catch (error) {
    throw unusable(
      'csv_malformed',
      `The table cannot be read to its end: ${error instanceof Error ? error.message.slice(0, 200) : 'malformed'}.`,
    );
  } finally {
    source.unpipe(parser);
    source.destroy();
    parser.destroy();
  }
}
