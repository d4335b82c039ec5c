// At the foot of the table while cells are changed: how many, why, store or give up; else how many rows there are.
import { useId } from 'preact/hooks';
import { announce } from '../../../a11y/announce.ts';
import { count } from '../../../i18n/format.ts';
import { recordsWords } from '../../../i18n/records/words.ts';
import { words } from '../../../i18n/t.ts';
import { canUndo, changedCells, edits, undoCell } from '../../../state/staff/recordsEdits.ts';
import { list } from '../../../state/staff/recordsList.ts';
import { discardAll, reason, saveAll, saving } from '../../../state/staff/recordsSave.ts';
import { recordsLayer } from '../../../state/staff/recordsView.ts';
import { Icon } from '../../shell/Icon.tsx';
import { fieldLabel } from '../labels.ts';
import { editing, focusCell } from './cells.ts';

/** Takes the latest change back and shows where it was. */
export function undo(): void {
  const w = recordsWords();
  const cell = undoCell();
  announce(cell ? w.undone(fieldLabel(recordsLayer.peek(), cell.field)) : w.nothingToUndo);
  if (cell) focusCell({ row: cell.id, column: cell.field });
}

/** What stands in an open input belongs to what is stored: a fault in it comes first. */
function save(): void {
  if (editing.peek()) document.querySelector<HTMLElement>('.cell-editor :is(input, select)')?.focus();
  else void saveAll();
}

function Rows() {
  const w = recordsWords();
  const { rows, total } = list.value;
  return (
    <div class="records-foot">
      <span data-testid="records-total">{w.rows(count(rows.length), count(total))}</span>
      {recordsLayer.value === 'households' && (
        <span class="audit">
          <Icon name="eye" size={16} /> {words().audited}
        </span>
      )}
    </div>
  );
}

export function TableBar() {
  const w = recordsWords();
  const id = useId();
  const cells = changedCells.value;
  if (cells === 0) return <Rows />;
  return (
    <form
      class="book-bar records-bar"
      data-testid="records-bar"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p class="strong" role="status" data-testid="changes">
        {saving.value ? w.saving : w.changes(cells, edits.value.size)}
      </p>
      <span class="reason">
        <label for={id}>{w.reason}</label>
        <input
          id={id}
          type="text"
          autocomplete="off"
          placeholder={w.reasonHint}
          data-testid="records-reason"
          value={reason.value}
          onInput={(event) => (reason.value = event.currentTarget.value)}
        />
      </span>
      <button type="button" class="button" disabled={!canUndo.value || saving.value} aria-keyshortcuts="Control+Z" onClick={undo}>
        {w.undo}
      </button>
      <button type="button" class="button" disabled={saving.value} data-testid="discard-records" onClick={discardAll}>
        {w.discard}
      </button>
      <button type="submit" class="button primary" disabled={saving.value} data-testid="save-records">
        {w.save}
      </button>
    </form>
  );
}
