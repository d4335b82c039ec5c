// The next step, always in the same place.
import { count, moment } from '../../i18n/format.ts';
import { importWords } from '../../i18n/import/words.ts';
import { layerCounts } from '../../state/service.ts';
import {
  allowPartial,
  allowReplace,
  cancel,
  check,
  choice,
  confirm,
  files,
  report,
  reset,
  stage,
  stale,
  undo,
} from '../../state/staff/importing.ts';

function Check({ again = false }: { again?: boolean }) {
  const w = importWords();
  const none = files.value.length === 0;
  return (
    <>
      <p class="muted-2">{none ? w.chooseFirst : again ? w.changedNote : w.checkNote}</p>
      <button type="button" class="button primary" data-testid="check-import" disabled={none} onClick={() => void check()}>
        {again ? w.checkAgain : w.check}
      </button>
    </>
  );
}

function Running({ step, rows }: { step: 'uploading' | 'reading' | 'storing'; rows: number }) {
  const w = importWords();
  const told = { uploading: w.uploading, reading: w.reading(count(rows)), storing: w.storing(count(rows)) }[step];
  return (
    <>
      <p role="status" data-testid="import-progress">
        {told}
        <span class="hairline" aria-hidden="true" />
      </p>
      <button type="button" class="button" data-testid="cancel-import" onClick={() => void cancel()}>
        {w.cancel}
      </button>
    </>
  );
}

function Confirm() {
  const w = importWords();
  const found = report.value;
  if (!found) return null;
  const busy = stage.value.at === 'confirming';
  const { accepted, rejected, mode } = found;
  const present = layerCounts.value.get(found.layer) ?? 0;
  const replacing = mode === 'replace' && present > 0;
  const ready = (rejected === 0 || allowPartial.value) && (!replacing || allowReplace.value);
  if (accepted === 0) {
    return (
      <>
        <p>{w.nothingToStore}</p>
        <button type="button" class="button" data-testid="check-import" onClick={() => void check()}>
          {w.checkAgain}
        </button>
      </>
    );
  }
  return (
    <>
      <div class="agree">
        {rejected > 0 && (
          <label>
            <input
              type="checkbox"
              data-testid="allow-partial"
              checked={allowPartial.value}
              onChange={(event) => (allowPartial.value = event.currentTarget.checked)}
            />
            {w.allowPartial(count(accepted), count(rejected))}
          </label>
        )}
        {replacing && (
          <label>
            <input
              type="checkbox"
              data-testid="allow-replace"
              checked={allowReplace.value}
              onChange={(event) => (allowReplace.value = event.currentTarget.checked)}
            />
            {w.allowReplace(count(present))}
          </label>
        )}
        {found.confirmBy && <span class="muted">{w.until(moment(found.confirmBy))}</span>}
      </div>
      <button type="button" class="button primary" data-testid="confirm-import" disabled={!ready || busy} onClick={() => void confirm()}>
        {busy ? w.confirming : w.confirm(count(accepted))}
      </button>
    </>
  );
}

function Done({ undoing, undone }: { undoing: boolean; undone: boolean }) {
  const w = importWords();
  return (
    <>
      <p />
      {!undone && (
        <button type="button" class="button" data-testid="undo-import" disabled={undoing} onClick={() => void undo()}>
          {undoing ? w.undoing : w.undo}
        </button>
      )}
      <button type="button" class="button primary" data-testid="another-import" disabled={undoing} onClick={reset}>
        {w.another}
      </button>
    </>
  );
}

export function Bar() {
  const now = stage.value;
  void choice.value;
  return (
    <div class="book-bar import-bar">
      {now.at === 'choosing' && <Check />}
      {now.at === 'running' && <Running step={now.step} rows={now.rows} />}
      {(now.at === 'checked' || now.at === 'confirming') && (stale.value ? <Check again /> : <Confirm />)}
      {(now.at === 'stored' || now.at === 'undoing' || now.at === 'undone') && (
        <Done undoing={now.at === 'undoing'} undone={now.at === 'undone'} />
      )}
    </div>
  );
}
