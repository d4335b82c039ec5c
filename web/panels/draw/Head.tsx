// Which feature is in the hand, how it stands, how large it is, and who else is at it.
import { layerOf } from '../../../server/domain/layer.ts';
import { textOf } from '../../../server/domain/feature.ts';
import { draft, dirty, keepingFails, putAside, shape as drafted, state } from '../../draw/draft.ts';
import { besideMe, inOtherWindow } from '../../draw/editing.ts';
import { liveShape } from '../../draw/live.ts';
import { areaOf, areaWords, lengthOf, lengthWords } from '../../draw/readout.ts';
import { changesOf } from '../../draft/history.ts';
import { ringsOf, vertexCount, type Shape } from '../../draft/shape.ts';
import { count } from '../../i18n/format.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { say } from '../../i18n/t.ts';
import { codeWord } from '../card/labels.ts';
import { Icon } from '../shell/Icon.tsx';
import { sheetOpen } from '../../draw/sheet.ts';

const MEASURED_WHILE_MOVING = 400;

function Size({ shape }: { shape: Shape }) {
  const w = drawWords();
  const holes = shape.parts.reduce((sum, part) => sum + Math.max(0, part.length - 1), 0);
  const length = shape.kind === 'line' ? [...ringsOf(shape)].reduce((sum, { positions }) => sum + lengthOf(positions), 0) : 0;
  return (
    <>
      <span data-testid="vertex-count">{w.vertices(count(vertexCount(shape)))}</span>
      {shape.parts.length > 1 && <span>{w.parts(count(shape.parts.length))}</span>}
      {shape.kind === 'area' && holes > 0 && <span>{w.holes(count(holes))}</span>}
      <span data-testid="zone-size">{shape.kind === 'area' ? areaWords(areaOf(shape)) : lengthWords(length)}</span>
    </>
  );
}

export function zoneTitle(): string {
  const now = draft.value;
  const properties = state.value?.properties ?? {};
  if (!now) return '';
  return (
    textOf(properties, 'name') ??
    textOf(properties, 'river') ??
    (now.id === null ? drawWords().newOf : drawWords().unnamedOf)(say(layerOf(now.layer)))
  );
}

export function Head() {
  const w = drawWords();
  const now = draft.value;
  // of a large shape the size follows when the hand rests: geodesics of thousands of edges take longer than a frame
  const live = liveShape.value;
  const resting = drafted.value;
  const shape = live && vertexCount(live) <= MEASURED_WHILE_MOVING ? live : resting;
  const status = textOf(state.value?.properties ?? {}, 'status');
  const changes = now ? changesOf(now.history) : 0;
  if (!now) return null;
  return (
    <header class="inspector-head">
      <button type="button" class="quiet" aria-label={w.backToList} title={w.backToList} data-testid="put-aside" onClick={putAside}>
        <Icon name="back" />
      </button>
      <div>
        <h2 title={zoneTitle()}>{zoneTitle()}</h2>
        <p class="meta">
          {status && now.layer === 'danger-zones' && (
            <span class={`zone-state ${status}`}>{codeWord('danger-zones', 'status', status)}</span>
          )}
          <span class={dirty.value ? 'unsaved' : 'muted'} data-testid="changes">
            {now.id === null && changes === 0 ? w.neverSaved : changes > 0 ? w.unsaved(count(changes)) : w.clean}
          </span>
        </p>
        <p class="meta">{shape && <Size shape={shape} />}</p>
      </div>
      <button
        type="button"
        class="quiet sheet-open"
        aria-expanded={sheetOpen.value}
        aria-label={w.fields}
        onClick={() => (sheetOpen.value = !sheetOpen.value)}
      >
        <Icon name="more" />
      </button>
      {besideMe.value.length > 0 && (
        <p class="beside" role="status" data-testid="beside-me">
          <Icon name="user" size={16} /> {w.editingBy([...new Set(besideMe.value.map(({ by }) => by))].join('、'))}
        </p>
      )}
      {inOtherWindow.value && (
        <p class="beside" role="status">
          <Icon name="warn" size={16} /> {w.otherWindow}
        </p>
      )}
      {keepingFails.value && (
        <p class="beside" role="alert">
          <Icon name="warn" size={16} /> {w.keepingFails}
        </p>
      )}
    </header>
  );
}
