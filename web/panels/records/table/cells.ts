// Which cell of the grid has the keyboard, and which is being edited. One cell is in the order of Tab: the last that was used.
import { signal } from '@preact/signals';
import type { PropertyValue } from '../../../../server/domain/feature.ts';
import type { Field } from '../../../../server/domain/field.ts';
import { fieldNamed, isEditable } from '../../../state/staff/recordsFields.ts';
import { edits, setCell, valueIn } from '../../../state/staff/recordsEdits.ts';
import { list } from '../../../state/staff/recordsList.ts';
import { recordsLayer } from '../../../state/staff/recordsView.ts';
import { textOfValue } from '../../../state/staff/fieldValues.ts';

/** The column of the ids, which open the forms. */
export const ID_COLUMN = 'id';

export interface CellName {
  readonly row: string;
  readonly column: string;
}

export interface Editing extends CellName {
  /** What the input starts with. */
  readonly text: string;
}

export const editing = signal<Editing | null>(null);

let current: CellName | null = null;

const cellOf = ({ row, column }: CellName): HTMLElement | null =>
  document.querySelector<HTMLElement>(`.records-grid [data-row="${CSS.escape(row)}"] [data-column="${CSS.escape(column)}"]`);

/** After every drawing: exactly one cell can be reached by Tab. */
export function keepTabStop(): void {
  const grid = document.querySelector('.records-grid');
  const stop = (current && cellOf(current)) ?? grid?.querySelector<HTMLElement>('tbody [data-column]');
  for (const other of grid?.querySelectorAll<HTMLElement>('[data-column][tabindex="0"]') ?? []) if (other !== stop) other.tabIndex = -1;
  if (stop) stop.tabIndex = 0;
}

export function noteFocus(cell: CellName): void {
  current = cell;
  keepTabStop();
}

export function focusCell(cell: CellName): void {
  current = cell;
  keepTabStop();
  const element = cellOf(cell);
  element?.focus();
  element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** The cell so many rows and columns away, kept inside the grid. */
export function cellAt(from: CellName, columns: readonly string[], down: number, right: number): CellName {
  const rows = list.peek().rows;
  const clamp = (at: number, length: number): number => Math.max(0, Math.min(length - 1, at));
  const row = clamp(rows.findIndex(({ id }) => id === from.row) + down, rows.length);
  const column = clamp(columns.indexOf(from.column) + right, columns.length);
  return { row: rows[row]?.id ?? from.row, column: columns[column] ?? from.column };
}

/** The field of a cell that may be edited, or null. */
export function editableField({ column }: CellName): Field | null {
  const layer = recordsLayer.peek();
  const field = fieldNamed(layer, column);
  return field && isEditable(layer, field) ? field : null;
}

/** Opens the input of a cell; what is being typed elsewhere comes first. @param text instead of what stands there */
export function startEditing(cell: CellName, text?: string): void {
  const field = editableField(cell);
  const item = list.peek().rows.find(({ id }) => id === cell.row);
  const open = document.querySelector<HTMLElement>('.records-grid .cell-editor :is(input, select)');
  if (open && editing.peek()) {
    open.focus();
    return;
  }
  if (!field || !item) return;
  editing.value = { ...cell, text: text ?? textOfValue(field, valueIn(item, cell.column, edits.peek())) };
}

/** Puts a value into a cell. */
export function storeCell(cell: CellName, value: PropertyValue): void {
  const item = list.peek().rows.find(({ id }) => id === cell.row);
  if (item) setCell(item, cell.column, value);
}
