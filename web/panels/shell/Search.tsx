// Search box: a combobox over the names of public features, or coordinates.
import { signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { layerOf } from '../../../server/domain/layer.ts';
import { announce } from '../../a11y/announce.ts';
import { say, words } from '../../i18n/t.ts';
import { goToPlace, goToCoordinates } from '../../map/goTo.ts';
import { places, type NamedPlace } from '../../state/places.ts';
import { findPlaces, readCoordinates } from '../../state/search.ts';
import { Icon } from './Icon.tsx';

const text = signal('');
const open = signal(false);
const active = signal(0);

function choose(place: NamedPlace): void {
  text.value = place.name;
  open.value = false;
  goToPlace(place);
}

function enter(found: readonly NamedPlace[]): void {
  const coordinates = readCoordinates(text.peek());
  const place = found[active.peek()];
  if (coordinates) {
    open.value = false;
    goToCoordinates(coordinates);
  } else if (place) choose(place);
  else announce(words().searchNone);
}

function onKey(event: KeyboardEvent, found: readonly NamedPlace[]): void {
  if (event.key === 'Escape') open.value = false;
  else if (event.key === 'ArrowDown') active.value = Math.min(active.peek() + 1, found.length - 1);
  else if (event.key === 'ArrowUp') active.value = Math.max(active.peek() - 1, 0);
  else if (event.key === 'Enter') enter(found);
  else return;
  event.preventDefault();
}

export function Search() {
  const w = words();
  const id = useId();
  const coordinates = readCoordinates(text.value);
  const found = coordinates ? [] : findPlaces(places.value, text.value);
  const shown = open.value && text.value.trim() !== '';
  return (
    <div class="search">
      <Icon name="search" size={18} />
      <input
        type="text"
        role="combobox"
        aria-label={w.searchLabel}
        aria-expanded={shown}
        aria-controls={id}
        aria-activedescendant={shown && found.length > 0 ? `${id}-${active.value}` : undefined}
        aria-autocomplete="list"
        autocomplete="off"
        placeholder={w.searchHint}
        value={text.value}
        onInput={(event) => {
          text.value = event.currentTarget.value;
          open.value = true;
          active.value = 0;
        }}
        onFocus={() => (open.value = true)}
        onBlur={() => (open.value = false)}
        onKeyDown={(event) => onKey(event, found)}
      />
      {shown && (
        <ul class="found" id={id} role="listbox" aria-label={w.searchLabel}>
          {coordinates && (
            <li role="option" aria-selected="true" onMouseDown={() => enter(found)}>
              {w.searchAt(String(coordinates.lon), String(coordinates.lat))}
            </li>
          )}
          {found.map((place, index) => (
            <li
              id={`${id}-${index}`}
              key={`${place.layer}:${place.id}`}
              role="option"
              aria-selected={index === active.value}
              onMouseDown={() => choose(place)}
            >
              <span>{place.name}</span>
              <span class="muted">{say(layerOf(place.layer))}</span>
            </li>
          ))}
          {!coordinates && found.length === 0 && <li class="muted none">{w.searchNone}</li>}
        </ul>
      )}
    </div>
  );
}
