// Over the totals: the households that they do not contain for want of a position, each with the way onto the map.
import { useEffect, useRef } from 'preact/hooks';
import { announce } from '../../a11y/announce.ts';
import type { Item } from '../../api/features.ts';
import { count } from '../../i18n/format.ts';
import { placeWords } from '../../i18n/place/words.ts';
import { problemWords } from '../../i18n/problem.ts';
import { words } from '../../i18n/t.ts';
import { townships } from '../../state/places.ts';
import { cancelPlacing, mayPlace, outcome, placing, returnTo, startPlacing } from '../../state/staff/place.ts';
import { readMoreUnlocated, retryUnlocated, unlocated } from '../../state/staff/unlocated.ts';
import { unlocatedOpen } from '../../state/staff/unlocatedView.ts';
import { view } from '../../state/view.ts';
import { Icon } from '../shell/Icon.tsx';
import { addressOf, besideAddress, nameOf, peopleOf } from './name.ts';

function leave(): void {
  if (placing.peek()?.saving) return;
  unlocatedOpen.value = false;
  // drawn again first: on a phone the button was hidden behind the list
  requestAnimationFrame(() => document.getElementById('unlocated-switch')?.focus());
}

/** Escape gives up the place first, then the list. Caught before anybody else's: pointing at a place is ours meanwhile. */
function useEscape(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
      if (event.target instanceof Element && event.target.closest('.search')) return;
      event.preventDefault();
      const now = placing.peek();
      if (!now) leave();
      else if (cancelPlacing()) announce(placeWords().cancelled(nameOf(now.row)));
    };
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, []);
}

function Row({ row }: { row: Item }) {
  const w = placeWords();
  const name = nameOf(row);
  const beside = [row.id, ...besideAddress(row)].filter((part) => part !== name);
  const here = placing.value?.row.id === row.id;
  return (
    <li class={here ? 'picked' : ''} data-testid="unlocated-row" data-id={row.id}>
      <p>
        <b>{name}</b> <span class="people">{peopleOf(row)}</span>
      </p>
      <p>{addressOf(row)}</p>
      <p class="muted">{beside.join(w.list)}</p>
      {mayPlace.value && (
        <button
          type="button"
          class="button small"
          id={`place-${row.id}`}
          aria-label={w.placeOf(name)}
          aria-pressed={here}
          data-testid="place"
          onClick={() => startPlacing(row)}
        >
          {w.place}
        </button>
      )}
    </li>
  );
}

function Outcome() {
  const w = placeWords();
  const last = outcome.value;
  const said = last ? w[last.kind](nameOf(last.row)) : '';
  useEffect(() => {
    if (said) announce(said);
  }, [last]);
  if (!last) return null;
  return (
    <p class={last.kind === 'placed' ? 'done' : 'problem'} data-testid="place-outcome">
      {last.kind === 'placed' && <Icon name="check" size={16} />} <span>{said}</span>
    </p>
  );
}

function More() {
  const { rows, total, next, loading } = unlocated.value;
  const w = words();
  if (next === null) return null;
  return (
    <p class="more">
      <button type="button" class="button small" disabled={loading} onClick={readMoreUnlocated} data-testid="more-unlocated">
        {w.showMore(Math.min(50, Math.max(1, (total ?? rows.length + 50) - rows.length)))}
      </button>
      <span class="muted">{w.shownOf(count(rows.length), count(total))}</span>
    </p>
  );
}

function Rows() {
  const w = placeWords();
  const { rows, loading, error } = unlocated.value;
  return (
    <>
      {rows.length > 0 && (
        <ul class={loading ? 'stale' : ''}>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </ul>
      )}
      {rows.length === 0 && !error && <p class={`pad ${loading ? 'muted late' : ''}`}>{loading ? words().loading : w.none}</p>}
      {error ? (
        <p class="problem pad" role="alert">
          {problemWords(error)}{' '}
          <button type="button" class="link" onClick={retryUnlocated}>
            {words().retry}
          </button>
        </p>
      ) : (
        <More />
      )}
    </>
  );
}

export function Unlocated() {
  const w = placeWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const { total } = unlocated.value;
  const { base, township } = view.value;
  const only = townships.value.find((each) => township !== null && each.code === township);
  const busy = placing.value !== null;
  useEscape();
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    if (busy) return;
    const row = returnTo.peek();
    const stood = outcome.peek() !== null || row !== null;
    returnTo.value = null;
    if (stood) (document.getElementById(`place-${row ?? ''}`) ?? heading.current)?.focus();
  }, [busy]);
  return (
    <aside class="unlocated" data-testid="unlocated-list" aria-label={w.title}>
      <header>
        <div>
          <h2 ref={heading} tabindex={-1}>
            {w.title}
          </h2>
          <p class="muted">
            {total !== null && <b data-testid="unlocated-total">{w.total(count(total))}</b>}{' '}
            {[...(only ? [w.only(only.name)] : []), w.basis(words().bases[base])].join(w.list)}
          </p>
        </div>
        <button type="button" class="quiet" aria-label={w.close} title={`${w.close} Esc`} data-testid="close-unlocated" onClick={leave}>
          <Icon name="close" size={18} />
        </button>
      </header>
      <div class="unlocated-scroll">
        <p class="intro muted-2">{mayPlace.value ? w.intro : w.introReader}</p>
        <Outcome />
        <Rows />
      </div>
      <p class="table-foot">
        <span class="audit">
          <Icon name="eye" size={16} /> {words().audited}
        </span>
      </p>
    </aside>
  );
}
