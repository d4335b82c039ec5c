// CSV and TSV ledgers: any delimiter, any of the encodings that a county writes.
import { parse, type Options } from 'csv-parse';
import { parse as parseText } from 'csv-parse/sync';
import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { detectEncoding } from '../encoding.ts';
import { unusable } from '../issues.ts';
import type { Source, SourceRow } from '../source.ts';

const DELIMITERS = [',', '\t', ';', '|'];
const SLICE = 1024 * 1024;

export async function readCsv(path: string, encodingAsked: string | null): Promise<Source> {
  const bytes = await readFile(path);
  const detected = encodingAsked ? { encoding: encodingAsked, guessed: false } : detectEncoding(bytes);
  const { encoding } = detected;
  if (!encoding.startsWith('utf-16') && bytes.subarray(0, 4096).includes(0))
    throw unusable('not_text', 'The file is binary, not CSV.', 415);
  const head = new TextDecoder(encoding).decode(bytes.subarray(0, 64 * 1024));
  const delimiter = delimiterOf(head);
  const header = headerOf(head, delimiter);
  if (header.length === 0) throw unusable('empty_file', 'The file has no header row.');
  const seen = new Set<string>();
  for (const name of header) {
    if (name !== '' && seen.has(name)) throw unusable('duplicate_column', `The header has two columns called ${name}. Rename one.`);
    seen.add(name);
  }
  return {
    encoding,
    statedCrs: null,
    columns: header,
    hasGeometry: false,
    notes: detected.guessed ? [`The text was taken as ${encoding}. Give \`encoding\` if names look wrong.`] : [],
    rows: () => rowsOf(bytes, encoding, delimiter, header),
  };
}

/** The delimiter that the header line holds most of, outside quotes. */
function delimiterOf(text: string): string {
  // quoted cells first: a header cell may hold a line break
  const line = text.replace(/"[^"]*"/g, '').split(/\r\n|\n|\r/, 1)[0] ?? '';
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

function* textOf(bytes: Buffer, encoding: string): Generator<string> {
  const decoder = new TextDecoder(encoding);
  for (let at = 0; at < bytes.length; at += SLICE) yield decoder.decode(bytes.subarray(at, at + SLICE), { stream: true });
  yield decoder.decode();
}

function optionsFor(delimiter: string): Options {
  return {
    delimiter,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: 4 * 1024 * 1024,
  };
}

/** The records one by one. Whoever stops early leaves no stream behind that still writes. */
async function* records(bytes: Buffer, encoding: string, delimiter: string): AsyncGenerator<string[]> {
  const source = Readable.from(textOf(bytes, encoding));
  const parser = source.pipe(parse(optionsFor(delimiter)));
  try {
    for await (const record of parser as AsyncIterable<string[]>) yield record;
  } finally {
    source.unpipe(parser);
    source.destroy();
    parser.destroy();
  }
}

function headerOf(text: string, delimiter: string): string[] {
  const [header] = parseText(text, { ...optionsFor(delimiter), to: 1 });
  return (header ?? []).map((name) => name.trim());
}

async function* rowsOf(bytes: Buffer, encoding: string, delimiter: string, header: readonly string[]): AsyncIterable<SourceRow> {
  let row = -1;
  for await (const record of records(bytes, encoding, delimiter)) {
    row++;
    if (row === 0) continue;
    const values = new Map<string, unknown>();
    header.forEach((name, i) => {
      if (name !== '') values.set(name, record[i] ?? '');
    });
    const surplus = record.slice(header.length).filter((value) => value.trim() !== '');
    yield {
      row,
      values,
      ...(surplus.length > 0
        ? {
            fault: {
              code: 'too_many_columns',
              message: `The row has ${record.length} cells, the header ${header.length}: a delimiter inside a text needs quotes`,
            },
          }
        : {}),
    };
  }
}
