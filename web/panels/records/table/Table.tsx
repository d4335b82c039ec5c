// The table of a layer: found by a text, its columns chosen, its cells changed in place.
import { useEffect, useRef } from 'preact/hooks';
import { signal } from '@preact/signals';
import type { LayerName } from '../../../../server/domain/layer.ts';
import { count } from '../../../i18n/format.ts';
import { problemWords } from '../../../i18n/problem.ts';
import { recordsWords } from '../../../i18n/records/words.ts';
import { words } from '../../../i18n/t.ts';
import { list, looked, PAGE_SIZE, readMoreRecords, retryRecords } from '../../../state/staff/recordsList.ts';
import { Icon } from '../../shell/Icon.tsx';
import { Chooser } from './Chooser.tsx';
import { Grid } from './Grid.tsx';
import { Outcomes } from './Outcomes.tsx';
import { TableBar, undo } from './TableBar.tsx';

const typed = signal('');
const PAUSE_MS = 300;

function Filter() {
  const w = recordsWords();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    typed.value = looked.peek();
    return () => clearTimeout(timer.current);
  }, []);
  return (
    <label class="records-filter">
      <span class="sr-only">{w.filter}</span>
      <Icon name="search" size={16} />
      <input
        type="search"
        autocomplete="off"
        spellcheck={false}
        placeholder={w.filter}
        data-testid="records-filter"
        value={typed.value}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => (looked.value = typed.peek()), PAUSE_MS);
        }}
      />
    </label>
  );
}

function Below() {
  const w = recordsWords();
  const { rows, total, next, loading, error } = list.value;
  if (error) {
    return (
      <p class="problem pad" role="alert">
        {problemWords(error)}{' '}
        <button type="button" class="link" onClick={retryRecords}>
          {words().retry}
        </button>
      </p>
    );
  }
  if (rows.length === 0) {
    return <p class={`pad ${loading ? 'muted late' : ''}`}>{loading ? words().loading : looked.value ? w.noMatch : w.noRows}</p>;
  }
  if (next === null) return null;
  return (
    <p class="more">
      <button type="button" class="button small" disabled={loading} data-testid="more-records" onClick={readMoreRecords}>
        {words().showMore(Math.min(PAGE_SIZE, Math.max(1, (total ?? rows.length + PAGE_SIZE) - rows.length)))}
      </button>
      <span class="muted">{words().shownOf(count(rows.length), count(total))}</span>
    </p>
  );
}

function onKey(event: KeyboardEvent): void {
  if (event.key.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  // an input has an undo of its own
  if (event.target instanceof Element && event.target.closest('input, select, textarea')) return;
  event.preventDefault();
  undo();
}

export function Table({ layer }: { layer: LayerName }) {
  return (
    <div class="book-page" onKeyDown={onKey}>
      <div class="records-tools">
        <Filter key={layer} />
        <Chooser key={`columns ${layer}`} layer={layer} />
      </div>
      <div class="records-scroll">
        <Outcomes layer={layer} />
        {list.value.rows.length > 0 && <Grid layer={layer} />}
        <Below />
      </div>
      <TableBar />
    </div>
  );
}
