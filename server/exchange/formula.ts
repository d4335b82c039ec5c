// Text that a spreadsheet would run as a formula: guarded on the way out, and back as it was on the way in.

/** Text that a spreadsheet would take for a formula, or that the guard below would be taken from. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const PLAIN_NUMBER = /^[-+]?\d+(\.\d+)?$/;
/** What such a text begins with: looked at first, as nearly every text begins with something else. */
const SUSPECT = new Set([...`'=+-@\t\r\n＝＋－＠`].map((character) => character.charCodeAt(0)));

/** The text with an apostrophe before it where a spreadsheet would take it for a formula. */
export function guarded(text: string): string {
  return SUSPECT.has(text.charCodeAt(0)) && FORMULA.test(text) && !PLAIN_NUMBER.test(text) ? `'${text}` : text;
}

/** The text that {@link guarded} was given. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;
}
