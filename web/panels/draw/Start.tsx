// Nothing is in the hand: what could be drawn, the drafts that wait in this browser, who draws at this moment.
import { useEffect, useRef } from 'preact/hooks';
import { LAYERS, layerOf, type LayerName } from '../../../server/domain/layer.ts';
import { focusMap } from '../../a11y/focusMap.ts';
import { textOf } from '../../../server/domain/feature.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { count, moment } from '../../i18n/format.ts';
import { problemWords } from '../../i18n/problem.ts';
import { say } from '../../i18n/t.ts';
import { giveUp, openError, resume, startNew, waiting } from '../../draw/draft.ts';
import type { KeptDraft } from '../../draw/draftStore.ts';
import { drawingNow } from '../../draw/editing.ts';
import { places } from '../../state/places.ts';
import { zoneWords } from '../card/labels.ts';
import { kindOf } from '../../draft/shape.ts';
import { stateNow } from '../../draft/history.ts';
import { drawOpen } from '../../state/staff/drawView.ts';
import { Icon } from '../shell/Icon.tsx';

const drawable = LAYERS.filter(({ name, derived }) => derived !== true && kindOf(name) !== null && name !== 'danger-zones');

export const nameOfDraft = ({ layer, history, id }: KeptDraft): string =>
  textOf(stateNow(history).properties, 'name') ??
  textOf(stateNow(history).properties, 'river') ??
  (id === null ? drawWords().newOf(say(layerOf(layer))) : drawWords().unnamedOf(say(layerOf(layer))));

/** The first click goes to the map, so do the keys. */
function begin(layer: LayerName): void {
  startNew(layer);
  focusMap();
}

function Waiting({ kept }: { kept: KeptDraft }) {
  const w = drawWords();
  const name = nameOfDraft(kept);
  return (
    <li>
      <span>
        {name}
        <span class="muted"> {w.waitingAt(moment(new Date(kept.at).toISOString()), count(kept.history.now))}</span>
      </span>
      <button
        type="button"
        class="button small primary"
        data-testid="resume"
        onClick={() => {
          resume(kept);
          focusMap();
        }}
      >
        {w.resume}
      </button>
      <button type="button" class="button small" onClick={() => confirm(w.giveUpAsk(name)) && void giveUp(kept.key, kept.page)}>
        {w.giveUp}
      </button>
    </li>
  );
}

export function Start() {
  const w = drawWords();
  const heading = useRef<HTMLHeadingElement>(null);
  // what had the focus may have gone with the draft
  useEffect(() => {
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <aside class="inspector start" aria-label={w.title} data-testid="draw-start">
      <header class="inspector-head">
        <div>
          <h2 ref={heading} tabindex={-1}>
            {w.startTitle}
          </h2>
        </div>
        <button
          type="button"
          class="quiet"
          aria-label={w.close}
          title={w.close}
          data-testid="close-draw"
          onClick={() => (drawOpen.value = false)}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="inspector-scroll">
        <section class="inspector-part">
          <p>{w.startIntro}</p>
          {openError.value && (
            <p class="problem" role="alert">
              {problemWords(openError.value)}
            </p>
          )}
          <button type="button" class="button primary" data-testid="new-zone" onClick={() => begin('danger-zones')}>
            <Icon name="polygon" /> {w.newZone} <kbd>P</kbd>
          </button>
        </section>
        {waiting.value.length > 0 && (
          <section class="inspector-part waiting" aria-label={w.waitingTitle}>
            <h3>{w.waitingTitle}</h3>
            <ul>
              {waiting.value.map((kept) => (
                <Waiting key={kept.key + kept.page} kept={kept} />
              ))}
            </ul>
          </section>
        )}
        {drawingNow.value.length > 0 && (
          <section class="inspector-part" aria-label={w.editingOthers}>
            <h3>{w.editingOthers}</h3>
            <ul>
              {drawingNow.value.map(({ zone, by }) => (
                <li key={`${zone}${by}`}>
                  <Icon name="user" size={16} /> {by}{' '}
                  <span class="muted">{zoneWords(zone, places.value.find((one) => `${one.layer}:${one.id}` === zone)?.name)}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <section class="inspector-part">
          <details>
            <summary>{w.otherLayers}</summary>
            <div class="other-layers">
              {drawable.map((layer) => (
                <button
                  key={layer.name}
                  type="button"
                  class="button small"
                  data-testid={`new-${layer.name}`}
                  onClick={() => begin(layer.name)}
                >
                  {say(layer)}
                </button>
              ))}
            </div>
          </details>
        </section>
      </div>
    </aside>
  );
}
