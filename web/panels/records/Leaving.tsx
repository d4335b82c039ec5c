// Before something unsaved is lost: leave it, or stay.
import { computed, effect, signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { recordsWords } from '../../i18n/records/words.ts';
import { changedCells } from '../../state/staff/recordsEdits.ts';
import { closeForm, formChanges } from '../../state/staff/recordsForm.ts';
import { discardAll } from '../../state/staff/recordsSave.ts';
import { guardRecords } from '../../state/staff/recordsView.ts';

interface Pending {
  readonly go: () => void;
  readonly keepsTable: boolean;
  readonly changes: number;
}

const pending = signal<Pending | null>(null);

/** Everything that is typed and not stored. */
export const unsaved = computed(() => changedCells.value + formChanges.value);

/** Asks before the records go elsewhere, and before the page itself is left. */
export function guardUnsaved(): void {
  guardRecords((go, keepsTable) => {
    const changes = formChanges.peek() + (keepsTable ? 0 : changedCells.peek());
    if (changes === 0) {
      if (!keepsTable) discardAll();
      go();
    } else pending.value = { go, keepsTable, changes };
  });
  const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
  effect(() => {
    if (unsaved.value > 0) addEventListener('beforeunload', ask);
    else removeEventListener('beforeunload', ask);
  });
}

function leave({ go, keepsTable }: Pending): void {
  pending.value = null;
  closeForm();
  if (!keepsTable) discardAll();
  go();
}

export function Leaving() {
  const w = recordsWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const now = pending.value;
  useEffect(() => {
    if (now) dialog.current?.showModal();
    else dialog.current?.close();
  }, [now]);
  return (
    <dialog
      ref={dialog}
      class="records-dialog"
      aria-labelledby="leaving-title"
      data-testid="leaving"
      onClose={() => (pending.value = null)}
    >
      <h2 id="leaving-title">{w.leaveTitle}</h2>
      <p>{now && w.leaveText(now.changes)}</p>
      <div class="actions">
        <button type="button" class="button" data-testid="leave-now" onClick={() => now && leave(now)}>
          {w.leaveNow}
        </button>
        <button type="button" class="button primary" autofocus data-testid="stay" onClick={() => (pending.value = null)}>
          {w.stay}
        </button>
      </div>
    </dialog>
  );
}
