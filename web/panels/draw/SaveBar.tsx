// Why it is changed, and saving. What speaks against saving is said, not hidden.
import { useId } from 'preact/hooks';
import { whyWords } from '../../i18n/problem.ts';
import { count } from '../../i18n/format.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { draft, dirty, giveUp, putAside, reason, state } from '../../draw/draft.ts';
import { saveDraft, saveError, savedAs, saving, whyNot } from '../../draw/saving.ts';
import { zoneTitle } from './Head.tsx';

function askGiveUp(): void {
  const now = draft.peek();
  if (now && confirm(drawWords().giveUpAsk(zoneTitle()))) void giveUp(now.key);
}

export function SaveBar() {
  const w = drawWords();
  const id = useId();
  const why = whyNot.value;
  const error = saveError.value;
  const done = savedAs.value;
  return (
    <form
      class="save-bar"
      onSubmit={(event) => {
        event.preventDefault();
        if (whyNot.peek() === 'reason') document.getElementById(id)?.focus();
        else void saveDraft();
      }}
    >
      <label for={id}>{w.reason}</label>
      <input
        id={id}
        autocomplete="off"
        placeholder={w.reasonHint}
        aria-required="true"
        data-testid="draw-reason"
        value={reason.value}
        onInput={(event) => (reason.value = event.currentTarget.value)}
      />
      {error && (
        <p class="problem" role="alert" data-testid="save-error">
          {error.status === 0 ? w.offlineKept : w.notSaved(whyWords(error))}
        </p>
      )}
      {done && !dirty.value && done.id === draft.value?.id && (
        <p class="saved-note" role="status" data-testid="saved">
          {w.savedDone(count(done.revision))}
        </p>
      )}
      {why !== null && why !== 'nothing' && why !== 'saving' && <p class="why-not">{w.cannotSave[why]}</p>}
      <div class="actions">
        <button type="submit" class="button primary" aria-disabled={why !== null} data-testid="draw-save">
          {saving.value ? w.saving : state.value?.properties['status'] === 'draft' ? w.saveDraft : w.save} <kbd>Ctrl+S</kbd>
        </button>
        {dirty.value ? (
          <button type="button" class="button" data-testid="give-up-draft" onClick={askGiveUp}>
            {w.giveUpThis}
          </button>
        ) : (
          <button type="button" class="button" onClick={putAside}>
            {w.cancel}
          </button>
        )}
      </div>
    </form>
  );
}
