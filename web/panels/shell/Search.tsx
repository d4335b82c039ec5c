// Search box: a combobox over the names of public features and coordinates; for staff also over codes, addresses and people.
import { signal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import '../../styles/search.css';
import { layerOf } from '../../../server/domain/layer.ts';
import { announce } from '../../a11y/announce.ts';
import { problemWords } from '../../i18n/problem.ts';
import { say, words } from '../../i18n/t.ts';
import { goToCoordinates } from '../../map/goTo.ts';
import type { Coordinates } from '../../state/search.ts';
import { asking, coordinates, gridReading, groups, searchError, searchFor, searchText, type Result } from '../../state/searching.ts';
import { isStaff } from '../../state/service.ts';
import { Icon } from './Icon.tsx';
import { lonLatWords, readingWords } from './readingWords.ts';
import { goToResult, uncoverMap } from './searchChoice.ts';

const open = signal(false);
const active = signal(0);
/** On a phone the staff's box lies over the header while it is used. */
const over = signal(false);

function done(): void {
  open.value = false;
  over.value = false;
}

/** On a phone the box goes with its list: the focus returns to the button that opened it. */
function leaveBox(): void {
  const opener = over.peek();
  done();
  if (opener) document.querySelector<HTMLElement>('.search-button')?.focus();
}

function choose(result: Result): void {
  searchFor(result.layer === 'households' ? '' : result.name);
  done();
  goToResult(result);
}

function chooseCoordinates(place: Coordinates): void {
  done();
  uncoverMap();
  goToCoordinates(place);
}

function enter(results: readonly Result[]): void {
  const place = coordinates.peek() ?? gridReading.peek();
  const result = results[active.peek()];
  if (place) chooseCoordinates(place);
  else if (result) choose(result);
  else if (!asking.peek()) announce(words().searchNone);
}

function onKey(event: KeyboardEvent, results: readonly Result[]): void {
  // the Enter that ends an input method's word is not for the list
  if (event.isComposing) return;
  if (event.key === 'Escape') leaveBox();
  else if (event.key === 'ArrowDown') active.value = Math.min(active.peek() + 1, results.length - 1);
  else if (event.key === 'ArrowUp') active.value = Math.max(active.peek() - 1, 0);
  else if (event.key === 'Enter') enter(results);
  else return;
  event.preventDefault();
}

const TYPED = 'input, textarea, select, [contenteditable]';

/** A slash outside of any input comes here. */
function useSlash(focus: () => void): void {
  useEffect(() => {
    const onSlash = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (document.querySelector('dialog[open]') || (event.target instanceof Element && event.target.closest(TYPED))) return;
      event.preventDefault();
      focus();
    };
    document.addEventListener('keydown', onSlash);
    return () => document.removeEventListener('keydown', onSlash);
  }, [focus]);
}

/** The text with what was looked for set off. */
function Marked({ text }: { text: string }) {
  const wanted = searchText.value.trim();
  const at = wanted === '' ? -1 : text.toLowerCase().indexOf(wanted.toLowerCase());
  if (at < 0) return <>{text}</>;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + wanted.length)}</mark>
      {text.slice(at + wanted.length)}
    </>
  );
}

function Option({ id, result, index }: { id: string; result: Result; index: number }) {
  const w = words();
  const { layer, match, name, detail, at } = result;
  return (
    <li
      id={`${id}-${index}`}
      role="option"
      aria-selected={index === active.value}
      data-testid="search-result"
      data-key={`${layer}:${result.id}`}
      onMouseDown={() => choose(result)}
    >
      <span class="found-name">
        <span>
          <Marked text={name} />
        </span>
        {detail && (
          <small class="muted">
            <Marked text={detail} />
          </small>
        )}
      </span>
      <span class="found-kind muted">
        {at === null && <span class="badge-text">{w.searchNoPosition}</span>}
        {match ? w.searchMatch[match] : say(layerOf(layer))}
      </span>
    </li>
  );
}

function CoordinatesOption({ id, place }: { id: string; place: NonNullable<typeof coordinates.value | typeof gridReading.value> }) {
  const w = words();
  return (
    <li id={`${id}-0`} role="option" aria-selected="true" data-testid="search-coordinates" onMouseDown={() => chooseCoordinates(place)}>
      <span class="found-name">
        {w.searchAt(lonLatWords(place))}
        <small class="muted">{readingWords(place)}</small>
      </span>
    </li>
  );
}

function Found({ id, results }: { id: string; results: readonly Result[] }) {
  const w = words();
  const place = coordinates.value ?? gridReading.value;
  const error = searchError.value;
  const all = groups.value;
  let index = 0;
  return (
    <div class="found" data-testid="search-found">
      <div id={id} role="listbox" aria-label={w.searchLabel}>
        {place && <CoordinatesOption id={id} place={place} />}
        {all.map(({ layer, results: inGroup }) => (
          <ul key={layer} role="group" aria-labelledby={`${id}-${layer}`} data-layer={layer}>
            <li role="presentation" id={`${id}-${layer}`} class="found-head">
              {say(layerOf(layer))}
            </li>
            {inGroup.map((result) => (
              <Option key={result.id} id={id} result={result} index={index++} />
            ))}
          </ul>
        ))}
      </div>
      {asking.value && <p class="muted none late">{w.searching}</p>}
      {error && <p class="none">{problemWords(error)}</p>}
      {!place && results.length === 0 && !asking.value && !error && <p class="muted none">{w.searchNone}</p>}
    </div>
  );
}

function openOver(input: HTMLInputElement | null): void {
  over.value = true;
  input?.focus();
  // on a phone it is drawn first: what is not there cannot take the focus
  if (document.activeElement !== input) requestAnimationFrame(() => input?.focus());
}

export function Search() {
  const w = words();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const staff = isStaff.value;
  const focus = useRef(() => openOver(input.current));
  useSlash(focus.current);
  const results = groups.value.flatMap((group) => group.results);
  const place = coordinates.value ?? gridReading.value;
  const shown = open.value && searchText.value.trim() !== '';
  const options = place ? 1 : results.length;
  const text = searchText.value;
  useEffect(() => {
    active.value = 0;
  }, [text]);
  return (
    <>
      {staff && (
        <button type="button" class="quiet search-button" aria-label={w.searchLabel} data-testid="open-search" onClick={focus.current}>
          <Icon name="search" />
        </button>
      )}
      <div class={`search${staff && over.value ? ' over' : ''}`} role="search">
        <Icon name="search" size={18} />
        <input
          ref={input}
          type="text"
          role="combobox"
          data-testid="search"
          aria-label={w.searchLabel}
          aria-expanded={shown}
          aria-controls={shown ? id : undefined}
          aria-activedescendant={shown && options > 0 ? `${id}-${place ? 0 : active.value}` : undefined}
          aria-autocomplete="list"
          aria-keyshortcuts="/"
          autocomplete="off"
          maxLength={100}
          spellcheck={false}
          placeholder={staff ? w.searchHintStaff : w.searchHint}
          value={text}
          onInput={(event) => {
            searchFor(event.currentTarget.value);
            open.value = true;
          }}
          onFocus={() => (open.value = true)}
          onBlur={done}
          onKeyDown={(event) => onKey(event, results)}
        />
        <kbd class="wide" aria-hidden="true">
          /
        </kbd>
        {shown && <Found id={id} results={results} />}
      </div>
    </>
  );
}
