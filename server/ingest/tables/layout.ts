// Where the data of a ledger begin: title rows above, a header of one line or of two with merged cells, and below it rows
// that are no data (合计, a township's name alone, the header repeated). The same for CSV and for spreadsheets. Pure.
import { fieldNames, normalised } from '../columns.ts';
import type { LayerName } from '../../domain/layer.ts';

export type Cell = unknown;
export type Line = readonly Cell[];

/** A header found among the first lines of a table. */
export interface Header {
  /** Name of each column, '' for one without. */
  readonly names: readonly string[];
  /** Lines before the data: titles and the header's own. */
  readonly titles: number;
  readonly lines: number;
}

/** Lines looked at for the header. */
export const HEADER_WITHIN = 30;

const text = (cell: Cell): string => (cell === null || cell === undefined ? '' : String(cell).trim());
const filled = (line: Line): number => line.filter((cell) => text(cell) !== '').length;

/**
 * Finds the header: the line with most column names that the layer knows, or the first with several cells.
 * @param lines the first lines of the table
 * @returns null when there is no line with a cell at all
 */
export function findHeader(layer: LayerName, lines: readonly Line[]): Header | null {
  const known = fieldNames(layer);
  const hits = (line: Line) => line.filter((cell) => known.has(normalised(text(cell)))).length;
  let best = -1;
  let most = 0;
  for (const [at, line] of lines.slice(0, HEADER_WITHIN).entries()) {
    if (hits(line) > most) [best, most] = [at, hits(line)];
  }
  if (best < 0) best = lines.findIndex((line) => filled(line) > 1);
  if (best < 0) best = lines.findIndex((line) => filled(line) > 0);
  if (best < 0) return null;
  const line = lines[best] as Line;
  const above = lines[best - 1];
  const below = lines[best + 1];
  // a group's name stands over its columns: above the line with most names, or in it with the columns' own names below
  if (above && filled(above) > 1 && hits(above) > 0 && spans(above, line)) return header(joined(above, line), best - 1, 2);
  if (below && spans(line, below) && hits(below) > 0 && !looksLikeData(below)) return header(joined(line, below), best, 2);
  if (above && filled(above) > 1 && !looksLikeData(above) && spans(above, line)) return header(joined(above, line), best - 1, 2);
  return header(line.map(text), best, 1);
}

function header(names: readonly string[], titles: number, lines: number): Header {
  return { names: distinct(names), titles, lines };
}

/** Does the upper line leave cells empty that the lower one fills? Then its names reach over several columns. */
function spans(upper: Line, lower: Line): boolean {
  return (
    lower.some((cell, i) => text(cell) !== '' && text(upper[i]) === '') &&
    upper.some((cell, i) => text(cell) !== '' && text(lower[i]) === '')
  );
}

function looksLikeData(line: Line): boolean {
  return line.some((cell) => typeof cell === 'number' || /^\d/.test(text(cell)));
}

/** A column's own name, with its group's where the own one stands twice. */
function joined(upper: Line, lower: Line): string[] {
  const width = Math.max(upper.length, lower.length);
  let group = '';
  const pairs = Array.from({ length: width }, (_, i) => {
    if (text(upper[i]) !== '') group = text(upper[i]);
    return { group, own: text(lower[i]) };
  });
  const count = (own: string) => pairs.filter((pair) => pair.own === own).length;
  return pairs.map(({ group, own }) => (own === '' ? group : count(own) > 1 ? `${group}${own}` : own));
}

/** Repeated names get a number: no column may hide another. */
function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const clean = name.replace(/\s+/g, ' ');
    const times = (seen.get(clean) ?? 0) + 1;
    seen.set(clean, times);
    return clean !== '' && times > 1 ? `${clean} (${times})` : clean;
  });
}

/** Why a line below the header is no row of data; null for one that is. */
export type Skip = { readonly code: 'total_row' | 'section_row' | 'repeated_header' | 'blank_row'; readonly section?: string };

const TOTAL = /^(合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|总\s*和|(grand |sub)?total|sum)([:：（(\s].*)?$/i;
const NOTE = /^(注|备注|说明|填表人|制表|审核|单位负责人|填报)[:：]/;

/**
 * Looks at a line below the header.
 * @param isPlace is this the name of a township or a village? Alone in its line it stands over the rows that are its own; any
 *   other lone cell may be a row of which nothing else is known
 */
export function skipOf(line: Line, names: readonly string[], isPlace: (name: string) => boolean): Skip | null {
  const cells = line.map(text);
  const present = cells.filter((cell) => cell !== '');
  if (present.length === 0) return { code: 'blank_row' };
  const first = present[0] as string;
  if (present.slice(0, 3).some((cell) => TOTAL.test(cell))) return { code: 'total_row' };
  const columns = names.filter((name) => name !== '').length;
  if (present.length === 1 && columns > 2) {
    if (NOTE.test(first)) return { code: 'section_row' };
    if (isPlace(first)) return { code: 'section_row', section: first };
  }
  const repeated = names.filter((name, i) => name !== '' && cells[i] === name).length;
  if (repeated > 1 && repeated >= columns * 0.6) return { code: 'repeated_header' };
  return null;
}
