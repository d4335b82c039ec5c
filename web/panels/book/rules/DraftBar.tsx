// At the foot of the rules while some are changed: how many, what they would do, or none of it.
import { useEffect } from 'preact/hooks';
import type { TaggedRules } from '../../../api/rules.ts';
import { bookWords } from '../../../i18n/book/words.ts';
import { askPreview, busy, countChanges, discard, editing, faults } from './rulesState.ts';

function focusFirstFault(): void {
  const [key] = faults.peek().keys();
  if (key === undefined) return;
  const field = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`);
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}

export function DraftBar({ set }: { set: TaggedRules }) {
  const w = bookWords();
  const changes = countChanges(set);
  const wrong = faults.value.size;
  useEffect(focusFirstFault, [faults.value]);
  if (!editing.value && changes === 0) return null;
  return (
    <div class="book-bar">
      <p class={wrong > 0 ? 'strong' : ''} role="status">
        {busy.value === 'preview' ? w.previewing : wrong > 0 ? w.faultsTitle(wrong) : changes > 0 ? w.changes(changes) : w.nothingChanged}
      </p>
      <button type="button" class="button" disabled={changes === 0} onClick={discard}>
        {w.discard}
      </button>
      <button
        type="button"
        class="button primary"
        data-testid="preview-rules"
        disabled={changes === 0 || busy.value !== null}
        onClick={() => void askPreview()}
      >
        {w.preview}
      </button>
    </div>
  );
}
