// Every version of the feature, the latest first: who, when, why, what changed; and an earlier one put back as a new version.
import { signal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { LayerName } from '../../../../server/domain/layer.ts';
import { announce } from '../../../a11y/announce.ts';
import type { Item } from '../../../api/features.ts';
import { ApiError } from '../../../api/http.ts';
import { changeItem, fetchRevisions, type FieldChange, type RecordRevision } from '../../../api/records.ts';
import { count, moment } from '../../../i18n/format.ts';
import { problemWords, whyWords } from '../../../i18n/problem.ts';
import { recordsWords } from '../../../i18n/records/words.ts';
import { words } from '../../../i18n/t.ts';
import { createResource } from '../../../state/resource.ts';
import { noteRevision } from '../../../state/service.ts';
import { openForm } from '../../../state/staff/recordsForm.ts';
import { changeValue, fieldLabel } from '../labels.ts';
import { restorationOf } from './restore.ts';

const past = createResource<{ readonly of: string; readonly revisions: readonly RecordRevision[] }>(async (key, abort) => {
  const [layer, id] = JSON.parse(key) as [LayerName, string];
  return { of: `${layer}:${id}`, revisions: await fetchRevisions(layer, id, abort) };
});

/** The version that somebody is about to put back. */
const wanted = signal<number | null>(null);
const busy = signal(false);
const trouble = signal<string | null>(null);

const SHOWN_CHANGES = 4;

async function restore(layer: LayerName, item: Item, then: RecordRevision): Promise<void> {
  const w = recordsWords();
  const restoration = restorationOf(layer, item, then);
  if (!restoration || busy.peek()) return;
  busy.value = true;
  trouble.value = null;
  try {
    const { revision } = await changeItem(layer, item, restoration.change, w.restoreReason(String(then.revision)));
    wanted.value = null;
    announce(w.restored(String(then.revision)));
    await openForm(layer, item.id);
    noteRevision(revision);
  } catch (error) {
    trouble.value = w.notSaved(error instanceof ApiError ? whyWords(error) : String(error));
  }
  busy.value = false;
}

function Changes({ layer, changes }: { layer: LayerName; changes: readonly FieldChange[] }) {
  const w = recordsWords();
  if (changes.length === 0) return null;
  return (
    <ul class="record-changes">
      {changes.slice(0, SHOWN_CHANGES).map(({ field, from, to }) => (
        <li key={field}>
          <span class="muted">{fieldLabel(layer, field)}</span> {changeValue(layer, field, from)} → {changeValue(layer, field, to)}
        </li>
      ))}
      {changes.length > SHOWN_CHANGES && <li class="muted">{w.moreChanges(changes.length - SHOWN_CHANGES)}</li>}
    </ul>
  );
}

function Confirm({ layer, item, then }: { layer: LayerName; item: Item; then: RecordRevision }) {
  const w = recordsWords();
  const restoration = restorationOf(layer, item, then);
  return (
    <div class="confirm-restore" data-testid="confirm-restore">
      <p>{restoration ? w.restoreSure(count(then.revision)) : w.restoreSame}</p>
      {restoration && restoration.left.length > 0 && (
        <p class="muted-2" data-testid="restore-leaves">
          {w.restoreLeaves(restoration.left.map((name) => fieldLabel(layer, name)).join(w.list))}
        </p>
      )}
      {trouble.value && (
        <p class="problem" role="alert">
          {trouble.value}
        </p>
      )}
      <p class="actions">
        {restoration && (
          <button
            type="button"
            class="button small primary"
            disabled={busy.value}
            data-testid="restore-sure"
            ref={(button) => void (document.activeElement === document.body && button?.focus())}
            onClick={() => void restore(layer, item, then)}
          >
            {busy.value ? w.saving : w.restore}
          </button>
        )}
        <button type="button" class="button small" onClick={() => (wanted.value = null)}>
          {words().cancel}
        </button>
      </p>
    </div>
  );
}

function Version({ layer, item, version, current }: { layer: LayerName; item: Item; version: RecordRevision; current: boolean }) {
  const w = recordsWords();
  const { revision, at, by, reason, operation, changes } = version;
  const asked = wanted.value === revision;
  return (
    <li data-testid="version" data-revision={revision}>
      <p>
        <b>{moment(at)}</b> {by} <span class="muted">{w.operations[operation]}</span> {current && <span class="badge">{w.now}</span>}
      </p>
      <p class={reason ? '' : 'muted'}>{reason ?? w.noReason}</p>
      <Changes layer={layer} changes={changes} />
      {!current && !asked && operation !== 'removed' && (
        <button
          type="button"
          class="link"
          data-testid="restore"
          onClick={() => {
            trouble.value = null;
            wanted.value = revision;
          }}
        >
          {w.restore}
        </button>
      )}
      {asked && <Confirm layer={layer} item={item} then={version} />}
    </li>
  );
}

export function History({ layer, item }: { layer: LayerName; item: Item }) {
  const w = recordsWords();
  const title = useId();
  const key = JSON.stringify([layer, item.id, item.properties['revision']]);
  useEffect(() => {
    past.load(key);
    wanted.value = null;
  }, [key]);
  useEffect(() => past.clear, []);
  const { data, error } = past.state.value;
  const revisions = data?.of === `${layer}:${item.id}` ? data.revisions.toReversed() : [];
  return (
    <details class="record-part history" open data-testid="record-history">
      <summary>
        <h4 id={title}>
          {w.historyTitle} {revisions.length > 0 && <small class="muted">{w.historyOf(revisions.length)}</small>}
        </h4>
      </summary>
      {error && <p class="problem">{problemWords(error)}</p>}
      <ol aria-labelledby={title}>
        {revisions.map((version, index) => (
          <Version key={version.revision} layer={layer} item={item} version={version} current={index === 0} />
        ))}
      </ol>
    </details>
  );
}
