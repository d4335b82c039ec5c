// What was removed from the layer, the latest first, each with the way back.
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { layerOf, type LayerName } from '../../../server/domain/layer.ts';
import { announce } from '../../a11y/announce.ts';
import { ApiError } from '../../api/http.ts';
import { fetchRemoved, restoreRemoved, type Removed as Gone } from '../../api/removed.ts';
import { moment } from '../../i18n/format.ts';
import { problemWords, whyWords } from '../../i18n/problem.ts';
import { recordsWords } from '../../i18n/records/words.ts';
import { say, words } from '../../i18n/t.ts';
import { createResource } from '../../state/resource.ts';
import { noteRevision, revision } from '../../state/service.ts';
import { showRecords } from '../../state/staff/recordsView.ts';
import { recordName } from './labels.ts';

const MOST = 200;

const gone = createResource<{ readonly of: LayerName; readonly rows: readonly Gone[] }>(async (key, abort) => {
  const [layer = ''] = key.split('@');
  return { of: layer as LayerName, rows: await fetchRemoved(layer as LayerName, MOST, abort) };
});

const busy = signal<string | null>(null);
const trouble = signal<{ readonly id: string; readonly why: string } | null>(null);
/** What was put back last: the way to it. */
const back = signal<{ readonly id: string; readonly name: string } | null>(null);

const nameOf = (row: Gone): string => row.name ?? recordName(row);

async function bringBack(layer: LayerName, row: Gone): Promise<void> {
  const w = recordsWords();
  busy.value = row.id;
  trouble.value = null;
  try {
    const { revision } = await restoreRemoved(layer, row, w.bringBackReason);
    back.value = { id: row.id, name: nameOf(row) };
    announce(w.broughtBack(nameOf(row)));
    noteRevision(revision);
    gone.retry();
  } catch (error) {
    trouble.value = { id: row.id, why: w.notBroughtBack(error instanceof ApiError ? whyWords(error) : String(error)) };
  }
  busy.value = null;
}

function Row({ layer, row }: { layer: LayerName; row: Gone }) {
  const w = recordsWords();
  return (
    <li data-testid="removed-row" data-id={row.id}>
      <div>
        <p>
          <b>{nameOf(row)}</b> <span class="muted">{row.id}</span>
        </p>
        <p class="muted-2">
          {w.removedBy(row.by, moment(row.at))}
          {w.list}
          {row.reason ?? w.noReason}
        </p>
        {trouble.value?.id === row.id && (
          <p class="problem" role="alert">
            {trouble.value.why}
          </p>
        )}
      </div>
      <button
        type="button"
        class="button small"
        aria-label={`${w.bringBack}: ${nameOf(row)}`}
        disabled={busy.value !== null}
        data-testid="bring-back"
        onClick={() => void bringBack(layer, row)}
      >
        {w.bringBack}
      </button>
    </li>
  );
}

export function Removed({ layer }: { layer: LayerName }) {
  const w = recordsWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const key = `${layer}@${revision.value}`;
  useEffect(() => gone.load(key), [key]);
  useEffect(() => {
    back.value = null;
    trouble.value = null;
    heading.current?.focus();
    return gone.clear;
  }, [layer]);
  const { data, error, loading } = gone.state.value;
  const rows = data?.of === layer ? data.rows : [];
  return (
    <div class="book-scroll" data-testid="removed">
      <h3 ref={heading} tabindex={-1}>
        {w.removedTitle(say(layerOf(layer)))}
      </h3>
      {back.value && (
        <p class="book-notice" role="status" data-testid="brought-back">
          {w.broughtBack(back.value.name)}{' '}
          <button type="button" class="link" onClick={() => back.value && showRecords(layer, { at: 'form', id: back.value.id })}>
            {w.openRow(back.value.name)}
          </button>
        </p>
      )}
      {error && (
        <p class="problem" role="alert">
          {problemWords(error)}{' '}
          <button type="button" class="link" onClick={gone.retry}>
            {words().retry}
          </button>
        </p>
      )}
      {rows.length === 0 && !error && <p class={loading ? 'muted late' : ''}>{loading ? words().loading : w.removedNone}</p>}
      <ul class="removed-list">
        {rows.map((row) => (
          <Row key={`${row.id} ${row.revision}`} layer={layer} row={row} />
        ))}
      </ul>
    </div>
  );
}
