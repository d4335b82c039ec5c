// The keyboard in the grid: moving, opening a cell, emptying it.
import { announce } from '../../../a11y/announce.ts';
import { recordsWords } from '../../../i18n/records/words.ts';
import { cellAt, editableField, focusCell, ID_COLUMN, startEditing, storeCell, type CellName } from './cells.ts';

const MOVES: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
  PageDown: [12, 0],
  PageUp: [-12, 0],
};
const FAR = 1_000_000;

function cellUnder(target: EventTarget | null): CellName | null {
  const element = target instanceof HTMLElement ? target.closest<HTMLElement>('[data-column]') : null;
  const row = element?.closest<HTMLElement>('[data-row]')?.dataset['row'];
  const column = element?.dataset['column'];
  return row !== undefined && column !== undefined ? { row, column } : null;
}

function moveOf(event: KeyboardEvent): readonly [number, number] | null {
  if (event.key === 'Home') return [event.ctrlKey ? -FAR : 0, -FAR];
  if (event.key === 'End') return [event.ctrlKey ? FAR : 0, FAR];
  return MOVES[event.key] ?? null;
}

/** @returns whether the key was for a cell's input */
function opens(event: KeyboardEvent, cell: CellName): boolean {
  if (cell.column === ID_COLUMN || event.ctrlKey || event.metaKey || event.altKey) return false;
  const asked = event.key === 'Enter' || event.key === 'F2' || event.key === ' ';
  // the slash goes to the search box; an input method begins with a key that is no letter
  const letter = event.key.length === 1 && event.key !== ' ' && event.key !== '/' && !event.isComposing;
  const empties = event.key === 'Delete' || event.key === 'Backspace';
  if (!asked && !letter && !empties) return false;
  const field = editableField(cell);
  if (!field) {
    if (asked) announce(recordsWords().lifeOnly);
    return asked;
  }
  if (empties) storeCell(cell, null);
  else if (asked || field.type === 'code' || field.type === 'boolean' || field.type === 'date') startEditing(cell);
  else startEditing(cell, event.key);
  return true;
}

export function onGridKey(event: KeyboardEvent, columns: readonly string[]): void {
  const cell = cellUnder(event.target);
  if (!cell) return;
  const move = moveOf(event);
  if (move) {
    event.preventDefault();
    focusCell(cellAt(cell, columns, ...move));
  } else if (opens(event, cell)) event.preventDefault();
}
