// Chainage and bank of a place: the answer in a card of its own, and the button on a river's card that asks for it.
import { useEffect } from 'preact/hooks';
import type { RiverPosition } from '../../api/checks.ts';
import { announce } from '../../a11y/announce.ts';
import { cardWords } from '../../i18n/card/words.ts';
import { edgeMetres } from '../../i18n/format.ts';
import { problemWords } from '../../i18n/problem.ts';
import { words } from '../../i18n/t.ts';
import { nextPlace } from '../../map/goTo.ts';
import { askChainage, closeChainage, positions } from '../../state/staff/chainage.ts';
import { clearSelection, selection } from '../../state/selection.ts';
import { Icon } from '../shell/Icon.tsx';

export function ChainageButton() {
  const w = cardWords();
  const { place } = selection.value;
  const waiting = nextPlace.value !== null;
  return (
    <p>
      <button
        type="button"
        class="button small"
        aria-pressed={waiting}
        data-testid="chainage"
        onClick={() => {
          if (place) askChainage(place);
          else nextPlace.value = waiting ? null : askChainage;
        }}
      >
        <Icon name="target" size={16} /> {place ? w.chainageAt : w.chainage}
      </button>
    </p>
  );
}

/** Said over the map while somebody points at a place. */
export function PickingHint() {
  const w = cardWords();
  if (nextPlace.value === null) return null;
  return (
    <p class="map-tag hint floating" role="status">
      {w.chainagePick} <span class="muted wide">{w.chainagePickKey}</span>{' '}
      <button type="button" class="link" onClick={() => (nextPlace.value = null)}>
        {words().cancel}
      </button>
    </p>
  );
}

const inside = (value: boolean | null, yes: string, no: string, unknown: string): string => (value === null ? unknown : value ? yes : no);

function Position({ position, first }: { position: RiverPosition; first: boolean }) {
  const w = cardWords();
  const lines = [
    w.fromLine(edgeMetres(position.distance_m)) + (position.beyond_end ? w.clause + w.beyondEnd : ''),
    inside(position.inside_management, w.insideManagement, w.outsideManagement, w.unknownManagement),
    inside(position.inside_strip, w.insideStrip, w.outsideStrip, w.unknownStrip),
    ...(position.chainage_assumed ? [w.chainageAssumed] : []),
  ];
  return (
    <li class={first ? 'first' : ''}>
      <p>
        <b data-testid={first ? 'chainage-label' : undefined}>{position.label}</b> {w.banks[position.bank]}
        <span class="muted"> {position.name ?? position.river ?? position.section}</span>
      </p>
      <p class="muted-2">{lines.join(w.clause)}</p>
    </li>
  );
}

const SHOWN = 4;

export function ChainageCard() {
  const w = cardWords();
  const { data, loading, error } = positions.state.value;
  const { picked } = selection.value;
  const [nearest] = data ?? [];
  useEffect(() => {
    if (nearest) announce(w.chainageSaid(nearest.name ?? nearest.river ?? '', nearest.label, w.banks[nearest.bank]));
  }, [nearest]);
  return (
    <aside class="card floating" data-testid="chainage-card" aria-label={w.chainageAt} aria-busy={loading}>
      <header>
        {picked && (
          <button type="button" class="quiet" aria-label={words().back} onClick={closeChainage}>
            <Icon name="back" size={18} />
          </button>
        )}
        <div>
          <h2>{w.chainageAt}</h2>
        </div>
        <button type="button" class="quiet" aria-label={words().close} onClick={clearSelection}>
          <Icon name="close" size={18} />
        </button>
      </header>
      <div class="feature">
        {error && <p class="problem">{problemWords(error)}</p>}
        {!error && loading && <p class="muted late">{words().loading}</p>}
        {!error && !loading && data?.length === 0 && <p>{w.chainageNone}</p>}
        {!error && !loading && data && data.length > 0 && (
          <ul class="chainages">
            {data.slice(0, SHOWN).map((position, index) => (
              <Position key={position.section} position={position} first={index === 0} />
            ))}
          </ul>
        )}
      </div>
    </aside>
  );
}
