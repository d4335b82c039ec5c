// Workbooks (.xlsx, ECMA-376): cell values as they were last computed, dates as dates, merged cells below the header filled
// down. Hidden sheets are not read, formulae not run, links not followed.
import { unusable } from '../issues.ts';
import type { Source, SourceNote } from '../source.ts';
import { fieldNames, normalised } from '../columns.ts';
import { tableSource, type NumberedLine, type TableOptions } from './table.ts';
import { readSheet, type SheetFile } from './xlsxSheet.ts';
import { readStrings, readStyles } from './xlsxParts.ts';
import { walkXml } from './xml.ts';
import { readZip } from './zip.ts';

interface SheetEntry {
  readonly name: string;
  readonly member: string;
  readonly hidden: boolean;
}

export async function readXlsx(path: string, sheetAsked: string | null, options: TableOptions): Promise<Source> {
  const members = await readZip(path, (name) => name.endsWith('.xml') || name.endsWith('.rels'), { fullNames: true });
  const workbook = members.get('xl/workbook.xml');
  if (!workbook) throw unusable('not_a_workbook', 'The file is a zip but no Excel workbook. Save it as .xlsx.', 415);
  const { sheets, date1904 } = sheetsOf(workbook, members.get('xl/_rels/workbook.xml.rels'));
  const file = {
    strings: readStrings(members.get('xl/sharedstrings.xml')),
    dateStyles: readStyles(members.get('xl/styles.xml')),
    date1904,
  };
  const open = ({ member }: SheetEntry): SheetFile => ({ ...file, bytes: members.get(member) ?? new Uint8Array(0) });
  const { sheet, notes } = choose(sheets, sheetAsked, (entry) => knownNames(open(entry), options));
  const sheetFile = open(sheet);
  return tableSource({ encoding: 'utf-8', notes, lines: () => asAsync(readSheet(sheetFile)) }, options);
}

// oxlint-disable-next-line typescript/require-await -- the table reader takes every format's lines alike
async function* asAsync(lines: Iterable<NumberedLine>): AsyncGenerator<NumberedLine> {
  yield* lines;
}

function sheetsOf(workbook: Uint8Array, relations: Uint8Array | undefined): { sheets: SheetEntry[]; date1904: boolean } {
  const targets = new Map<string, string>();
  if (relations) {
    walkXml(relations, 'The workbook’s list of parts', {
      open: (name, { Id, Target }) => {
        if (name === 'Relationship' && Id && Target) targets.set(Id, Target);
      },
    });
  }
  const sheets: SheetEntry[] = [];
  let date1904 = false;
  walkXml(workbook, 'The workbook', {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = ['1', 'true'].includes(attributes['date1904'] ?? '');
      if (name !== 'sheet') return;
      const target = targets.get(attributes['r:id'] ?? '') ?? `worksheets/sheet${sheets.length + 1}.xml`;
      const member = (target.startsWith('/') ? target.slice(1) : `xl/${target}`).toLowerCase();
      sheets.push({ name: attributes['name'] ?? '', member, hidden: (attributes['state'] ?? 'visible') !== 'visible' });
    },
  });
  return { sheets, date1904 };
}

/** The sheet that was asked for, or the only one with columns that the layer knows. */
function choose(
  sheets: readonly SheetEntry[],
  asked: string | null,
  known: (sheet: SheetEntry) => number,
): { sheet: SheetEntry; notes: SourceNote[] } {
  const visible = sheets.filter(({ hidden }) => !hidden);
  const names = visible.map(({ name }) => name).join(', ');
  if (asked !== null) {
    const sheet = visible.find(({ name }) => name === asked);
    if (!sheet) throw unusable('no_such_table', `The workbook has no visible sheet ${asked}. It has: ${names}.`);
    return { sheet, notes: [] };
  }
  const [only] = visible;
  if (!only) throw unusable('no_sheet', 'The workbook has no visible sheet.');
  if (visible.length === 1) return { sheet: only, notes: [] };
  const fitting = visible.map((sheet) => ({ sheet, hits: known(sheet) })).filter(({ hits }) => hits > 1);
  if (fitting.length > 1) {
    const most = Math.max(...fitting.map(({ hits }) => hits));
    const best = fitting.filter(({ hits }) => hits === most);
    if (best.length > 1 || fitting.some(({ hits }) => hits > most / 2 && hits !== most))
      throw unusable(
        'choose_table',
        `The workbook has several sheets that could be meant (${fitting.map(({ sheet }) => sheet.name).join(', ')}). Name one as \`table\`.`,
      );
  }
  const sheet = fitting.toSorted((a, b) => b.hits - a.hits)[0]?.sheet ?? only;
  const others = visible.filter((one) => one !== sheet).map(({ name }) => name);
  return {
    sheet,
    notes: [
      {
        code: 'sheet_chosen',
        message: `只读取工作表“${sheet.name}”，未读：${others.join('、')} Only the sheet ${sheet.name} was read; not read: ${others.join(', ')}`,
      },
    ],
  };
}

/** Names among the first lines of a sheet that the layer knows. */
function knownNames(sheet: SheetFile, { layer }: TableOptions): number {
  const names = fieldNames(layer);
  let most = 0;
  for (const { line, cells } of readSheet(sheet)) {
    if (line > 30) break;
    most = Math.max(most, cells.filter((cell) => names.has(normalised(String(cell ?? '')))).length);
  }
  return most;
}
