// Why it did not go on, what to do next, and what the service offers to choose from.
import { useEffect, useRef } from 'preact/hooks';
import type { ApiError } from '../../api/http.ts';
import { importWords } from '../../i18n/import/words.ts';
import { words } from '../../i18n/t.ts';
import { whyWords } from '../../i18n/problem.ts';
import { check, choose, note, trouble } from '../../state/staff/importing.ts';
import { offersOf } from '../../state/staff/importProblem.ts';
import { Icon } from '../shell/Icon.tsx';

function Offers({ error }: { error: ApiError }) {
  const offers = offersOf(error);
  if (offers.length === 0) return null;
  return (
    <ul class="offers">
      {offers.map(({ crs, lon, lat }) => (
        <li key={crs}>
          <button
            type="button"
            class="button small"
            data-testid="crs-choice"
            onClick={() => {
              choose({ crs });
              void check();
            }}
          >
            {crs} <span class="muted-2">{`${lon.toFixed(4)}, ${lat.toFixed(4)}`}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Notice({ children }: { children: preact.ComponentChildren }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <div ref={box} class="problem import-problem" role="alert" data-testid="import-problem">
      <Icon name="warn" size={18} />
      <div>{children}</div>
    </div>
  );
}

export function Trouble() {
  const w = importWords();
  if (note.value === 'cancelled') {
    return (
      <p class="book-notice" role="status" data-testid="import-note">
        {w.cancelled}
      </p>
    );
  }
  if (note.value) return <Notice>{note.value === 'lost' ? w.lostSession : w.fileChanged}</Notice>;
  if (!trouble.value) return null;
  const { error, at } = trouble.value;
  const known: Readonly<Record<string, string>> = w.problems;
  const said = known[error.code];
  const headline = at === 'check' ? w.refused : at === 'confirm' ? w.confirmRefused : w.undoRefused;
  if (error.status === 0) return <Notice>{`${headline} ${words().unreachable}`}</Notice>;
  return (
    <Notice>
      <p>
        <b>{headline}</b> {said ?? (error.status === 500 ? whyWords(error) : '')}
      </p>
      <p class="muted-2 server-words">
        {w.serverSays}
        {error.message}
      </p>
      <Offers error={error} />
    </Notice>
  );
}
