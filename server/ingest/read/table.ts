// A table of lines, whatever file it comes from: its header found, its rows told from titles, totals and sections.
import { fromWkt } from '../../exchange/wkt.ts';
import { unusable } from '../issues.ts';
import type { Source, SourceNote, SourceRow } from '../source.ts';
import { findHeader, HEADER_WITHIN, skipOf, type Header, type Line } from '../tables/layout.ts';
import type { LayerName } from '../../domain/layer.ts';
import { isBlank } from '../values.ts';

/** A line with its number in the file, from 1. */
export interface NumberedLine {
  readonly line: number;
  readonly cells: Line;
  /** The same with the values of merged cells above: what counts below the header. */
  readonly filled?: Line;
}

export interface TableOptions {
  readonly layer: LayerName;
  /** Is this the name of a township or a village? */
  readonly isPlace: (name: string) => boolean;
}

/**
 * @param lines reads the table from its beginning, as often as it is called
 * @throws Problem for a table without a line
 */
export async function tableSource(
  file: { readonly encoding: string | null; readonly notes: readonly SourceNote[]; readonly lines: () => AsyncIterable<NumberedLine> },
  { layer, isPlace }: TableOptions,
): Promise<Source> {
  const first: Line[] = [];
  for await (const { cells } of file.lines()) if (first.push(cells) > HEADER_WITHIN) break;
  const header = findHeader(layer, first);
  if (!header) throw unusable('empty_file', 'The file has no header row.');
  const wkt = header.names.find((name) => /^_?WKT(?![a-z])/i.test(name)) ?? null;
  const system = header.names
    .map((name) => /(?:WKT|坐标|easting|northing).*EPSG:(\d+)/i.exec(name)?.[1])
    .find((code) => code !== undefined);
  return {
    encoding: file.encoding,
    statedCrs: system === undefined ? null : `EPSG:${system}`,
    columns: header.names.filter((name) => name !== wkt),
    hasGeometry: false,
    hasWkt: wkt !== null,
    notes: file.notes,
    rows: () => rowsOf(file.lines(), header, isPlace, wkt),
  };
}

/** Geometry that a row's cell of well-known text states; none where it is blank. */
function geometryOf(cell: unknown): { geometry?: unknown; fault?: { code: string; message: string } } {
  if (isBlank(cell)) return {};
  const geometry = fromWkt(String(cell));
  if (geometry !== undefined) return { geometry };
  return {
    fault: {
      code: 'geometry_unreadable',
      message: `“${String(cell).slice(0, 60)}” 不是 WKT 图形 is no well-known text of a geometry`,
    },
  };
}

async function* rowsOf(
  lines: AsyncIterable<NumberedLine>,
  header: Header,
  isPlace: (name: string) => boolean,
  wkt: string | null,
): AsyncGenerator<SourceRow> {
  const { names, titles } = header;
  let at = -1;
  let row = 0;
  let section: string | null = null;
  for await (const { line, cells: own, filled } of lines) {
    at++;
    const cells = filled ?? own;
    if (at < titles) {
      if (cells.some((cell) => String(cell ?? '').trim() !== '')) yield { row: 0, line, values: new Map(), skip: 'title_row' };
      continue;
    }
    if (at < titles + header.lines) continue;
    row++;
    const values = valuesOf(cells, names);
    const skip = skipOf(cells, names, isPlace);
    if (skip) {
      if (skip.section !== undefined) section = skip.section;
      yield { row, line, values, skip: skip.code };
      continue;
    }
    const shape = wkt === null ? {} : geometryOf(values.get(wkt));
    if (wkt !== null) values.delete(wkt);
    const surplus = cells.slice(names.length).filter((cell) => String(cell ?? '').trim() !== '');
    yield {
      row,
      line,
      values,
      ...(section === null ? {} : { section }),
      ...shape,
      ...(surplus.length > 0
        ? {
            fault: {
              code: 'too_many_columns',
              message: `本行 ${cells.length} 格，表头 ${names.length} 格：文字中的分隔符须加引号 The row has ${cells.length} cells, the header ${names.length}: a delimiter inside a text needs quotes`,
            },
          }
        : {}),
    };
  }
}

function valuesOf(cells: Line, names: readonly string[]): Map<string, unknown> {
  const values = new Map<string, unknown>();
  names.forEach((name, i) => {
    if (name !== '') values.set(name, cells[i] ?? '');
  });
  return values;
}
