// Where the feature lies, and every way to put it somewhere: a click, the crosshair, typed coordinates, the phone, a drawing.
import { signal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { announce } from '../../../a11y/announce.ts';
import { metres } from '../../../i18n/format.ts';
import { recordsWords } from '../../../i18n/records/words.ts';
import { flyToBounds, flyToPoint } from '../../../map/camera.ts';
import { boundsOf } from '../../../map/geometry.ts';
import { readCoordinates, readGridText, type Coordinates } from '../../../state/search.ts';
import { config } from '../../../state/service.ts';
import { openDraft } from '../../../state/staff/drawView.ts';
import { fieldNamed, POINT_LAYERS } from '../../../state/staff/recordsFields.ts';
import { moveBack, type Form } from '../../../state/staff/recordsForm.ts';
import { readGrid, type GridReading } from '../../../state/staff/gridReading.ts';
import { located, locate, pointing, putAt, startPointing } from '../../../state/staff/recordsPosition.ts';
import { leaving } from '../../../state/staff/recordsView.ts';
import { Icon } from '../../shell/Icon.tsx';
import { lonLatWords, readingWords } from '../../shell/readingWords.ts';
import { faultSentence, geometryWords } from '../labels.ts';

const typed = signal('');
const typing = signal(false);
/** Worse than this no house is told from the next. */
const COARSE_M = 50;

function readTyped(text: string): ReturnType<typeof readCoordinates> | GridReading {
  const grid = readGridText(text);
  const [west, , east] = config.value?.bounds ?? [113, 0, 115, 0];
  return readCoordinates(text) ?? (grid && readGrid(grid, (west + east) / 2));
}

const isOutside = ({ lon, lat }: Coordinates): boolean => {
  const [west, south, east, north] = config.value?.bounds ?? [-180, -90, 180, 90];
  return lon < west || lon > east || lat < south || lat > north;
};

function Typed() {
  const w = recordsWords();
  const id = useId();
  const found = readTyped(typed.value);
  const take = (): void => {
    if (!found) return;
    putAt(found);
    announce(w.pointed(found.lon.toFixed(6), found.lat.toFixed(6)));
    flyToPoint(found.lon, found.lat);
    typing.value = false;
    typed.value = '';
  };
  return (
    <div class="typed-place">
      <label for={id} class="sr-only">
        {w.byCoordinates}
      </label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        placeholder={w.coordinatesHint}
        data-testid="typed-coordinates"
        aria-describedby={`${id}-read`}
        ref={(input) => void (typed.peek() === '' && input?.focus())}
        value={typed.value}
        onInput={(event) => (typed.value = event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.isComposing) return;
          event.preventDefault();
          take();
        }}
      />
      <button type="button" class="button small" disabled={!found} data-testid="take-coordinates" onClick={take}>
        {w.take}
      </button>
      <p id={`${id}-read`} class="muted-2" data-testid="coordinates-read">
        {found ? `${lonLatWords(found)} ${readingWords(found)}` : typed.value.trim() !== '' && w.unread}
      </p>
    </div>
  );
}

function Device({ form }: { form: Form }) {
  const w = recordsWords();
  const now = located.value;
  const said =
    now === null
      ? ''
      : now.kind === 'waiting'
        ? w.locating
        : now.kind === 'found'
          ? w.locatedAt(metres(now.accuracy))
          : w.locateFaults[now.kind];
  useEffect(() => {
    if (said) announce(said);
  }, [said]);
  if (!now) return null;
  if (now.kind !== 'found') {
    return (
      <p class={now.kind === 'waiting' ? 'muted-2' : 'problem'} data-testid="located">
        {said}
      </p>
    );
  }
  return (
    <p class="muted-2" data-testid="located">
      {said}
      {w.list === '，' ? '。' : '. '}
      {fieldNamed(form.layer, 'position_accuracy_m') && w.accuracyKept}
      {now.accuracy > COARSE_M && w.coarse} {w.locatedNote}
    </p>
  );
}

function Where({ form }: { form: Form }) {
  const w = recordsWords();
  const stored = form.item?.geometry ?? null;
  const geometry = form.geometry ?? stored;
  const none = form.layer === 'households' ? w.noPositionHousehold : w.noPosition;
  return (
    <p class="where">
      <Icon name="target" size={16} />
      <b data-testid="record-position">{geometry ? geometryWords(geometry) : none}</b>
      {geometry && (
        <button type="button" class="link" onClick={() => flyToBounds(boundsOf(geometry))}>
          {w.seeOnMap}
        </button>
      )}
      {form.geometry && (
        <>
          <span class="badge draft">{w.newPosition}</span>
          {stored && (
            <button type="button" class="link" data-testid="move-back" onClick={moveBack}>
              {w.moveBack}
            </button>
          )}
        </>
      )}
    </p>
  );
}

/** To the drawing, which takes the place of the records. */
function draw({ layer, item }: Form): void {
  leaving(() => openDraft(item ? { layer, id: item.id } : { layer }));
}

export function Position({ form }: { form: Form }) {
  const w = recordsWords();
  const id = useId();
  const stored = form.item?.geometry ?? null;
  const asPoint = POINT_LAYERS.has(form.layer) && (stored === null || stored.type === 'Point');
  const drawn = !asPoint || form.layer !== 'hazard-points';
  const fault = form.faults.get('geometry');
  const at = form.geometry?.type === 'Point' ? form.geometry.coordinates : null;
  return (
    <section class="record-part position" aria-labelledby={id}>
      <h4 id={id}>
        {w.positionTitle}
        {form.layer !== 'households' && (
          <abbr class="required" title={w.required}>
            *
          </abbr>
        )}
      </h4>
      <Where form={form} />
      {at && isOutside({ lon: at[0] ?? 0, lat: at[1] ?? 0 }) && (
        <p class="doubt">
          <Icon name="warn" size={16} /> <span>{w.outside}</span>
        </p>
      )}
      {!asPoint && <p class="muted">{w.shapeNote}</p>}
      <p class="ways">
        {asPoint && (
          <>
            <button
              type="button"
              class="button small"
              id="record-point"
              data-testid="by-click"
              aria-pressed={pointing.value}
              disabled={form.busy}
              onClick={() => {
                typing.value = false;
                startPointing();
              }}
            >
              {w.byClick}
            </button>
            <button type="button" class="button small" data-testid="by-device" disabled={form.busy} onClick={locate}>
              {w.byDevice}
            </button>
            <button
              type="button"
              class="button small"
              data-testid="by-coordinates"
              aria-expanded={typing.value}
              disabled={form.busy}
              onClick={() => (typing.value = !typing.peek())}
            >
              {w.byCoordinates}
            </button>
          </>
        )}
        {drawn && (
          <button type="button" class="button small" data-testid="by-draw" disabled={form.busy} onClick={() => draw(form)}>
            {w.byDraw}
          </button>
        )}
      </p>
      {asPoint && typing.value && <Typed />}
      <Device form={form} />
      {fault && (
        <p class="fault" role="alert" data-testid="record-fault-geometry">
          {faultSentence(form.layer, 'geometry', fault)}
        </p>
      )}
    </section>
  );
}
