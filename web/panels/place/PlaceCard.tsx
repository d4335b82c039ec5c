// Over the map while a household is placed: what to do, then what was chosen and whether to keep it.
import { useEffect, useRef } from 'preact/hooks';
import { fieldsOf } from '../../../server/domain/layer.ts';
import { announce } from '../../a11y/announce.ts';
import type { Item } from '../../api/features.ts';
import { metres } from '../../i18n/format.ts';
import { placeWords } from '../../i18n/place/words.ts';
import { whyWords } from '../../i18n/problem.ts';
import { say, words } from '../../i18n/t.ts';
import { flyToBounds } from '../../map/camera.ts';
import { config } from '../../state/service.ts';
import { cancelPlacing, chooseAgain, chooseCentre, confirmPlace, placing, type Chosen, type Placing } from '../../state/staff/place.ts';
import { valueWords } from '../card/labels.ts';
import { Icon } from '../shell/Icon.tsx';
import { addressOf, besideAddress, nameOf, townshipOf } from './name.ts';

/** A pixel of more metres than this is said: a house is not much larger. */
const COARSE_M = 2;
/** Six decimals are a decimetre. */
const degrees = (value: number): string => value.toFixed(6);

function cancel(row: Item): void {
  if (cancelPlacing()) announce(placeWords().cancelled(nameOf(row)));
}

function Pointing({ row }: { row: Item }) {
  const w = placeWords();
  const home = townshipOf(row);
  useEffect(() => announce(w.pointing(nameOf(row))), [row.id]);
  return (
    <>
      <p class="wide" data-testid="place-pick">
        {w.pick}
      </p>
      <p class="wide muted">{w.pickKey}</p>
      <p class="narrow">{w.pickTap}</p>
      <div class="actions">
        <button type="button" class="button primary narrow" data-testid="place-centre" onClick={chooseCentre}>
          {w.atCross}
        </button>
        {home && (
          <button type="button" class="button small" onClick={() => flyToBounds(home.bounds)}>
            <Icon name="target" size={16} /> {w.seeTownship(home.name)}
          </button>
        )}
        <button type="button" class="button small" data-testid="place-cancel" onClick={() => cancel(row)}>
          {words().cancel}
        </button>
      </div>
    </>
  );
}

/** What speaks against the place, where the map shows it. */
function doubts(row: Item, chosen: Chosen): string[] {
  const w = placeWords();
  const home = townshipOf(row);
  const [west, south, east, north] = config.value?.bounds ?? [-180, -90, 180, 90];
  const outside = chosen.lon < west || chosen.lon > east || chosen.lat < south || chosen.lat > north;
  return [
    ...(outside ? [w.outside] : []),
    ...(home && chosen.township && home.code !== chosen.township.code ? [w.otherTownship(chosen.township.name, home.name)] : []),
    ...(chosen.metresPerPixel > COARSE_M ? [w.coarse(metres(Math.round(chosen.metresPerPixel)))] : []),
  ];
}

const BOOKKEEPING = new Set(['revision', 'updated_at', 'updated_by']);

/** Somebody else changed the household: what they changed. */
function Overtaken({ before, row }: { before: Item; row: Item }) {
  const w = placeWords();
  const changed = fieldsOf('households').filter(
    ({ name }) =>
      !BOOKKEEPING.has(name) && JSON.stringify(before.properties[name] ?? null) !== JSON.stringify(row.properties[name] ?? null),
  );
  return (
    <div class="problem" role="alert" data-testid="place-overtaken">
      <p>{w.overtaken}</p>
      <ul>
        {changed.map((field) => (
          <li key={field.name}>
            {w.changed(
              say(field),
              valueWords(field, before.properties[field.name]) ?? w.empty,
              valueWords(field, row.properties[field.name]) ?? w.empty,
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Deciding({ now, chosen }: { now: Placing; chosen: Chosen }) {
  const w = placeWords();
  const first = useRef<HTMLButtonElement>(null);
  const { row, saving, overtaken, error } = now;
  const at = w.lonLat(degrees(chosen.lon), degrees(chosen.lat));
  useEffect(() => {
    announce([w.chosenSaid(degrees(chosen.lon), degrees(chosen.lat)), ...doubts(row, chosen)].join(' '));
    first.current?.focus({ preventScroll: true });
  }, [chosen]);
  return (
    <>
      <dl class="facts">
        <div>
          <dt>{w.coordinates}</dt>
          <dd data-testid="place-coordinates">{at}</dd>
        </div>
        {chosen.township && (
          <div>
            <dt>{w.township}</dt>
            <dd>{chosen.township.name}</dd>
          </div>
        )}
      </dl>
      {doubts(row, chosen).map((line) => (
        <p class="doubt" key={line}>
          <Icon name="warn" size={16} /> <span>{line}</span>
        </p>
      ))}
      <p class="muted">{w.adjust}</p>
      {overtaken && <Overtaken before={overtaken} row={row} />}
      {error && (
        <p class="problem" role="alert" data-testid="place-trouble">
          {w.notSaved(whyWords(error))}
        </p>
      )}
      <div class="actions">
        <button
          ref={first}
          type="button"
          class="button primary small"
          aria-disabled={saving}
          data-testid="place-confirm"
          // The Enter that chose the place, held down, must not confirm it too.
          onKeyDown={(event) => event.repeat && event.preventDefault()}
          onClick={() => void confirmPlace(w.reason)}
        >
          {saving ? w.saving : w.confirm}
        </button>
        <button type="button" class="button small" aria-disabled={saving} data-testid="place-again" onClick={chooseAgain}>
          {w.again}
        </button>
        <button type="button" class="button small" aria-disabled={saving} data-testid="place-cancel" onClick={() => cancel(row)}>
          {words().cancel}
        </button>
      </div>
    </>
  );
}

export function PlaceCard() {
  const w = placeWords();
  const now = placing.value;
  if (!now) return null;
  const { row, chosen } = now;
  return (
    <section
      class={`card floating place-card ${chosen ? '' : 'pointing'}`}
      data-testid="place-card"
      aria-label={w.cardTitle(nameOf(row))}
      aria-busy={now.saving}
    >
      <header>
        <div>
          <h2>{w.cardTitle(nameOf(row))}</h2>
          <p class="muted">{[addressOf(row), ...besideAddress(row)].join(w.list)}</p>
        </div>
      </header>
      <div class="feature">{chosen ? <Deciding now={now} chosen={chosen} /> : <Pointing row={row} />}</div>
    </section>
  );
}
