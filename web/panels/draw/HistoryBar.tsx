// Undo and redo with what they would do; one slider over earlier versions and the steps of the draft; a version compared and
// brought back.
import { fieldsOf, type LayerName } from '../../../server/domain/layer.ts';
import { draft, goToStep } from '../../draw/draft.ts';
import { looked, lookedCount, restoreLooked, versions } from '../../draw/versions.ts';
import { undoOne } from '../../draw/actions.ts';
import { busy } from '../../draw/tools.ts';
import { canRedo, canUndo, redoNote, undoNote, type Note } from '../../draft/history.ts';
import { count, moment } from '../../i18n/format.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { say } from '../../i18n/t.ts';
import { operation } from '../../operations/list.ts';
import { run } from '../../operations/operation.ts';
import { Icon } from '../shell/Icon.tsx';

export function noteWords({ verb, of }: Note, layer: LayerName): string {
  const w = drawWords().verbs[verb];
  if (typeof w === 'string') return w;
  const field = verb === 'field' ? fieldsOf(layer).find(({ name }) => name === of) : undefined;
  return w(field ? say(field) : String(of ?? ''));
}

interface Place {
  readonly kind: 'version' | 'step';
  readonly index: number;
  readonly text: string;
}

/** What the slider goes over: earlier versions, then the steps of the draft, the first of which is what is saved. */
function placesOf(layer: LayerName): { places: Place[]; now: number } {
  const w = drawWords();
  const history = draft.value?.history;
  if (!history) return { places: [], now: 0 };
  const earlier = versions.value.slice(0, -1).map(({ at, by, reason }, index): Place => ({
    kind: 'version',
    index,
    text: `${w.version(moment(at), by)}${reason ? `，${w.versionReason(reason)}` : ''}`,
  }));
  const saved = versions.value.at(-1);
  const steps = history.steps.map(({ note }, index): Place => ({
    kind: 'step',
    index,
    text: index === 0 && saved ? `${w.version(moment(saved.at), saved.by)}，${w.saved}` : noteWords(note, layer),
  }));
  return { places: [...earlier, ...steps], now: looked.value ?? earlier.length + history.now };
}

function go({ kind, index }: Place): void {
  if (kind === 'version') looked.value = index;
  else {
    looked.value = null;
    goToStep(index);
  }
}

export function HistoryBar() {
  const w = drawWords();
  const now = draft.value;
  // without a draft the bar stays, so that the map does not jump when there is one
  if (!now)
    return (
      <footer class="history-bar" aria-label={w.history}>
        <p class="muted">{w.historyNone}</p>
      </footer>
    );
  const undo = undoNote(now.history);
  const redo = redoNote(now.history);
  const { places, now: at } = placesOf(now.layer);
  const place = places[at];
  const earlier = versions.value.length - 1;
  return (
    <footer class="history-bar" aria-label={w.history}>
      <div class="undo-redo">
        <button
          type="button"
          class="button"
          data-testid="undo"
          aria-disabled={!busy.value && !canUndo(now.history)}
          onClick={undoOne}
          title="Ctrl+Z"
        >
          <Icon name="undo" size={18} /> <span>{undo ? w.undoOf(noteWords(undo, now.layer)) : w.ops.undo}</span>
        </button>
        <button
          type="button"
          class="button icon-only"
          data-testid="redo"
          aria-disabled={busy.value || !canRedo(now.history)}
          aria-label={redo ? w.redoOf(noteWords(redo, now.layer)) : w.ops.redo}
          title={`${redo ? w.redoOf(noteWords(redo, now.layer)) : w.ops.redo}  Ctrl+Shift+Z`}
          onClick={() => run(operation('redo'))}
        >
          <Icon name="redo" size={18} />
        </button>
      </div>
      <div class="track">
        <div class="ticks" aria-hidden="true">
          {places.map((one, i) => (
            <i
              key={i}
              class={`${one.kind}${i === earlier && versions.value.length > 0 ? ' saved' : ''}${i > earlier && i <= at ? ' done' : ''}`}
              style={{ insetInlineStart: `${places.length > 1 ? (i / (places.length - 1)) * 100 : 0}%` }}
            />
          ))}
        </div>
        <input
          type="range"
          min={0}
          max={Math.max(0, places.length - 1)}
          value={at}
          disabled={places.length < 2}
          aria-label={w.slider}
          aria-valuetext={place?.text}
          data-testid="history-slider"
          onInput={(event) => {
            const to = places[Number(event.currentTarget.value)];
            if (to) go(to);
          }}
        />
        <p class="track-text" data-testid="history-text">
          {place?.text}
        </p>
      </div>
      {looked.value !== null ? (
        <div class="version-actions">
          {lookedCount.value && (
            <span class="muted" data-testid="looked-count">
              {w.comparedFigures(count(lookedCount.value.households), count(lookedCount.value.people))}
            </span>
          )}
          <button type="button" class="button primary small" data-testid="restore" title={w.restoreNote} onClick={restoreLooked}>
            {w.restore}
          </button>
          <button type="button" class="button small" data-testid="stop-compare" onClick={() => (looked.value = null)}>
            {w.stopCompare}
          </button>
        </div>
      ) : (
        <button
          type="button"
          class="button"
          data-testid="compare"
          disabled={earlier < 1}
          title={earlier < 1 ? w.versionsNone : undefined}
          onClick={() => (looked.value = earlier - 1)}
        >
          {w.compare}
        </button>
      )}
    </footer>
  );
}
