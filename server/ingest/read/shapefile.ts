// Zipped shapefiles (ESRI 1998). The `shapefile` package reads them; this module guards it: it looks for the parts,
// their lengths, the encoding, and the deletion flags that the package does not look at.
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import { open as openShapefile } from 'shapefile';
import { detectEncoding, encodingNamed, encodingOfLanguageByte } from '../encoding.ts';
import { unguarded } from '../../exchange/formula.ts';
import { UNLOCATED } from '../../exchange/names.ts';
import { unusable } from '../issues.ts';
import type { Source, SourceNote, SourceRow } from '../source.ts';
import { readZip } from './zip.ts';

interface Table {
  records: number;
  headerLength: number;
  recordLength: number;
  columns: string[];
  languageByte: number;
}

export async function readShapefile(path: string, encodingAsked: string | null): Promise<Source> {
  return sourceOf(await readZip(path, (name) => name === UNLOCATED || /\.(shp|dbf|prj|cpg|shx)$/.test(name)), encodingAsked);
}

/** A shapefile whose parts were uploaded side by side. */
export async function readShapefileParts(
  parts: readonly { readonly path: string; readonly fileName: string }[],
  encodingAsked: string | null,
): Promise<Source> {
  const members = new Map<string, Buffer>();
  for (const { path, fileName } of parts) {
    const name = fileName.toLowerCase();
    if (members.has(name)) throw unusable('zip_duplicate', `Two files are called ${name}.`);
    members.set(name, await readFile(path));
  }
  return sourceOf(members, encodingAsked);
}

function sourceOf(members: ReadonlyMap<string, Buffer>, encodingAsked: string | null): Source {
  const names = [...members.keys()].filter((name) => name.endsWith('.shp'));
  if (names.length === 0) throw unusable('no_shapefile', 'The zip has no .shp file. Pack the .shp, .dbf, .shx and .prj together.');
  const opened = names.map((name) => oneOf(members, name.slice(0, -4), encodingAsked));
  const [first] = opened as [Source, ...Source[]];
  const alike = (one: Source) => one.statedCrs === first.statedCrs && one.columns.join('\n') === first.columns.join('\n');
  if (!opened.every(alike))
    throw unusable(
      'many_shapefiles',
      `The zip has ${names.length} shapefiles (${names.join(', ')}) with other columns or in other systems. Upload one at a time.`,
    );
  const unlocated = members.get(UNLOCATED);
  return { ...first, rows: () => oneAfterTheOther(opened, unlocated === undefined ? [] : unlocatedRows(unlocated)) };
}

/** The rows of shapefiles that belong together (points, lines and areas of one layer), then those without a position. */
async function* oneAfterTheOther(sources: readonly Source[], unlocated: readonly SourceRow[]): AsyncIterable<SourceRow> {
  let row = 0;
  for (const source of sources) for await (const one of source.rows()) yield { ...one, row: ++row };
  for (const one of unlocated) yield { ...one, row: ++row };
}

/** The table beside the shapefiles of an export: the same columns, no geometry. */
function unlocatedRows(bytes: Buffer): SourceRow[] {
  const records: Record<string, string>[] = parse(bytes, { bom: true, columns: true });
  return records.map((record, i) => ({
    row: i + 1,
    values: new Map(Object.entries(record).map(([name, cell]) => [name, unguarded(cell)])),
    geometry: null,
  }));
}

function oneOf(members: ReadonlyMap<string, Buffer>, stem: string, encodingAsked: string | null): Source {
  const shp = members.get(`${stem}.shp`) as Buffer;
  const dbf = members.get(`${stem}.dbf`);
  const shapes = assertWhole(shp);
  if (!dbf) throw unusable('no_dbf', `The zip has no ${stem}.dbf, so the features have no attributes. Pack it too.`);
  const { encoding, notes } = encodingOf(members.get(`${stem}.cpg`), dbf, encodingAsked);
  const table = tableOf(dbf, encoding);
  if (shapes !== table.records) {
    throw unusable(
      'shapefile_parts_differ',
      `The .shp has ${shapes} shapes and the .dbf ${table.records} rows; they do not belong together.`,
    );
  }
  return {
    encoding,
    statedCrs: members.get(`${stem}.prj`)?.toString('utf8') ?? null,
    columns: table.columns,
    hasGeometry: true,
    notes,
    rows: () => rowsOf(shp, dbf, table, encoding),
  };
}

async function* rowsOf(shp: Buffer, dbf: Buffer, table: Table, encoding: string): AsyncIterable<SourceRow> {
  const source = await readable(() => openShapefile(shp, dbf, { encoding }));
  for (let row = 1; ; row++) {
    const next = await readable(() => source.read());
    if (next.done) return;
    const deleted = dbf[table.headerLength + (row - 1) * table.recordLength] === 0x2a;
    const values = new Map<string, unknown>(
      Object.entries(next.value.properties ?? {}).map(([name, value]) => [name, value instanceof Date ? dayOf(value) : (value as unknown)]),
    );
    yield {
      row,
      values,
      geometry: next.value.geometry,
      ...(deleted ? { deleted } : {}),
    };
  }
}

/** The package reads beyond what a damaged record holds: its fault is then the file's. */
async function readable<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch {
    throw unusable('shapefile_damaged', 'A record of the shapefile cannot be read: the file is damaged. Export it again.');
  }
}

/** The package makes a date at local midnight; an empty one (00000000) comes out before 1900. */
function dayOf(date: Date): string | null {
  const year = date.getFullYear();
  if (Number.isNaN(year) || year < 1900) return null;
  return `${year}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

/** Checks the .shp against its own lengths and counts its records. */
function assertWhole(shp: Buffer): number {
  const truncated = () =>
    unusable('shapefile_truncated', 'The .shp ends before its header says it should: the file is cut short. Copy it again.');
  if (shp.length < 100) throw truncated();
  if (shp.readInt32BE(0) !== 9994) throw unusable('not_a_shapefile', 'The .shp file is not a shapefile.');
  const length = shp.readInt32BE(24) * 2;
  if (length > shp.length || length < 100) throw truncated();
  let at = 100;
  let records = 0;
  while (at < length) {
    if (at + 8 > length) throw truncated();
    const words = shp.readInt32BE(at + 4);
    // a record holds its type at least
    if (words < 2)
      throw unusable('shapefile_damaged', `Record ${records + 1} of the .shp has no length that a record can have. Export it again.`);
    at += 8 + words * 2;
    records++;
    if (at > length) throw truncated();
  }
  return records;
}

function tableOf(dbf: Buffer, encoding: string): Table {
  const truncated = () =>
    unusable('dbf_truncated', 'The .dbf ends before its header says it should: the file is cut short. Copy it again.');
  if (dbf.length < 33) throw truncated();
  const table = {
    records: dbf.readUInt32LE(4),
    headerLength: dbf.readUInt16LE(8),
    recordLength: dbf.readUInt16LE(10),
    languageByte: dbf[29] ?? 0,
    columns: [] as string[],
  };
  if (table.headerLength < 33 || table.recordLength < 1 || table.headerLength + table.records * table.recordLength > dbf.length)
    throw truncated();
  const decoder = new TextDecoder(encoding);
  for (let at = 32; at + 32 <= table.headerLength && dbf[at] !== 0x0d; at += 32) {
    const raw = dbf.subarray(at, at + 11);
    const end = raw.indexOf(0);
    table.columns.push(decoder.decode(raw.subarray(0, end < 0 ? 11 : end)).trim());
  }
  return table;
}

function encodingOf(cpg: Buffer | undefined, dbf: Buffer, asked: string | null): { encoding: string; notes: SourceNote[] } {
  if (asked) return { encoding: asked, notes: [] };
  const stated = cpg ? encodingNamed(cpg.toString('latin1')) : null;
  if (stated) return { encoding: stated, notes: [] };
  const byLanguage = encodingOfLanguageByte(dbf[29] ?? 0);
  if (byLanguage) return { encoding: byLanguage, notes: [] };
  // the field names and the records; the binary head would spoil the trial
  const fields: Buffer[] = [];
  const headerLength = dbf.length >= 10 ? dbf.readUInt16LE(8) : 32;
  for (let at = 32; at + 32 <= headerLength && dbf[at] !== 0x0d; at += 32) {
    const end = dbf.indexOf(0, at);
    fields.push(dbf.subarray(at, Math.min(end < 0 ? at + 11 : end, at + 11)), Buffer.from('\n'));
  }
  const detected = detectEncoding(Buffer.concat([...fields, dbf.subarray(headerLength)]));
  const notes: SourceNote[] = detected.guessed
    ? [
        {
          code: 'encoding_guessed',
          message: `无 .cpg，文字按 ${detected.encoding} 读取，如有乱码请指定编码 No .cpg: the text was taken as ${detected.encoding}. Give \`encoding\` if names look wrong.`,
        },
      ]
    : [];
  return { encoding: detected.encoding, notes };
}
