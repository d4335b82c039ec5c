// The shared strings of a workbook, and which of its styles show a number as a date.
import { unusable } from '../issues.ts';
import { walkXml } from './xml.ts';

/** More characters than an honest ledger's texts have in all. */
const MOST_TEXT = 256 * 1024 * 1024;

/** Texts by number. Rich text is joined; phonetic hints (rPh) are no text. */
export function readStrings(bytes: Uint8Array | undefined): string[] {
  const strings: string[] = [];
  if (!bytes) return strings;
  let current: string[] | null = null;
  let inText = false;
  let phonetic = false;
  let total = 0;
  walkXml(bytes, 'The workbook’s texts', {
    open: (name) => {
      if (name === 'si') current = [];
      else if (name === 'rPh') phonetic = true;
      else if (name === 't') inText = !phonetic;
    },
    text: (text) => {
      if (!inText || !current) return;
      total += text.length;
      if (total > MOST_TEXT) throw unusable('workbook_too_large', 'The workbook holds too much text to be read. Save it as CSV.', 413);
      current.push(text);
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'si') {
        strings.push((current ?? []).join(''));
        current = null;
      }
    },
  });
  return strings;
}

/** Built-in formats that show dates: 14 to 22, 45 to 47, and those of Chinese Excel, 27 to 36 and 50 to 58. */
const isBuiltInDate = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Numbers of the cell styles that show a date. */
export function readStyles(bytes: Uint8Array | undefined): ReadonlySet<number> {
  const dates = new Set<number>();
  if (!bytes) return dates;
  const custom = new Set<number>();
  let inCells = false;
  let at = 0;
  walkXml(bytes, 'The workbook’s styles', {
    open: (name, attributes) => {
      if (name === 'numFmt') {
        // what stands in quotes, brackets or behind a backslash is no part of the date
        const code = (attributes['formatCode'] ?? '').replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
        if (/[ymd]/i.test(code) && !/[0#?]/.test(code)) custom.add(Number(attributes['numFmtId']));
      } else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0);
        if (isBuiltInDate(id) || custom.has(id)) dates.add(at);
        at++;
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return dates;
}
