// Deleting the feature: with a reason, and with the revision that was read.
import { signal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { LayerName } from '../../../../server/domain/layer.ts';
import { announce } from '../../../a11y/announce.ts';
import type { Item } from '../../../api/features.ts';
import { ApiError } from '../../../api/http.ts';
import { removeItem } from '../../../api/records.ts';
import { whyWords } from '../../../i18n/problem.ts';
import { recordsWords } from '../../../i18n/records/words.ts';
import { words } from '../../../i18n/t.ts';
import { clearSelection, selection } from '../../../state/selection.ts';
import { noteRevision } from '../../../state/service.ts';
import { dropEdit } from '../../../state/staff/recordsEdits.ts';
import { closeForm } from '../../../state/staff/recordsForm.ts';
import { dropRow } from '../../../state/staff/recordsList.ts';
import { recordsPage } from '../../../state/staff/recordsView.ts';
import { recordName } from '../labels.ts';

const open = signal(false);
const reason = signal('');
const busy = signal(false);
const trouble = signal<string | null>(null);

async function remove(layer: LayerName, item: Item): Promise<void> {
  const w = recordsWords();
  if (busy.peek()) return;
  if (reason.peek().trim() === '') {
    trouble.value = w.reasonNeeded;
    return;
  }
  busy.value = true;
  trouble.value = null;
  try {
    const { revision } = await removeItem(layer, item, reason.peek());
    const { picked } = selection.peek();
    if (picked?.layer === layer && picked.id === item.id) clearSelection();
    dropEdit(item.id);
    dropRow(item.id);
    closeForm();
    recordsPage.value = { at: 'table' };
    announce(w.removed(recordName(item)));
    noteRevision(revision);
  } catch (error) {
    const told = error instanceof ApiError ? error : null;
    trouble.value = told?.status === 412 ? w.conflictNone : w.notSaved(told ? whyWords(told) : String(error));
  }
  busy.value = false;
}

export function Remove({ layer, item }: { layer: LayerName; item: Item }) {
  const w = recordsWords();
  const id = useId();
  useEffect(() => {
    open.value = false;
    reason.value = '';
    trouble.value = null;
  }, [layer, item.id]);
  if (!open.value) {
    return (
      <p class="record-part">
        <button type="button" class="button small" data-testid="remove-record" onClick={() => (open.value = true)}>
          {w.remove}
        </button>
      </p>
    );
  }
  return (
    <form
      class="record-part remove"
      noValidate
      aria-labelledby={`${id}-title`}
      onSubmit={(event) => {
        event.preventDefault();
        void remove(layer, item);
      }}
    >
      <h4 id={`${id}-title`}>{w.removeTitle(recordName(item))}</h4>
      <p class="muted-2">{w.removeNote}</p>
      <div class="record-field wide-field">
        <label for={id}>
          {w.removeReason}
          <abbr class="required" title={w.required}>
            *
          </abbr>
        </label>
        <input
          id={id}
          type="text"
          autocomplete="off"
          aria-required="true"
          aria-invalid={trouble.value !== null && reason.value.trim() === ''}
          aria-describedby={`${id}-trouble`}
          data-testid="remove-reason"
          ref={(input) => void (reason.peek() === '' && document.activeElement === document.body && input?.focus())}
          value={reason.value}
          onInput={(event) => (reason.value = event.currentTarget.value)}
        />
        {trouble.value && (
          <span class="fault" role="alert" id={`${id}-trouble`} data-testid="remove-trouble">
            {trouble.value}
          </span>
        )}
      </div>
      <p class="actions">
        <button type="submit" class="button small primary" disabled={busy.value} data-testid="remove-sure">
          {busy.value ? w.removing : w.remove}
        </button>
        <button type="button" class="button small" onClick={() => (open.value = false)}>
          {words().cancel}
        </button>
      </p>
    </form>
  );
}
