// Exact coordinates: every vertex of the ring in hand as a row that can be typed over, and a ring typed or pasted as a list.
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import type { Position } from '../../../server/domain/feature.ts';
import { typeRing, typeVertex } from '../../draw/actions.ts';
import { shape } from '../../draw/draft.ts';
import { notation, positionWords, readPosition, wantGrid } from '../../draw/readout.ts';
import { selected } from '../../draw/tools.ts';
import { ringAt, type VertexAt } from '../../draft/shape.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { count } from '../../i18n/format.ts';
import { theMap } from '../../map/camera.ts';

/** Rows at a time: a ring may have fifty thousand vertices. */
const WINDOW = 40;

function Vertex({ at, position }: { at: VertexAt; position: Position }) {
  const w = drawWords();
  const stored = positionWords(position, notation.value);
  const text = useSignal(stored);
  const bad = useSignal(false);
  useEffect(() => {
    text.value = stored;
    bad.value = false;
  }, [stored]);
  const now = selected.value;
  const own = now?.part === at.part && now.ring === at.ring && now.vertex === at.vertex;
  const enter = (): void => {
    if (text.peek() === stored) return;
    const read = readPosition(text.peek());
    bad.value = read === null;
    if (read) typeVertex(at, read);
  };
  return (
    <li class={own ? 'own' : ''}>
      <button
        type="button"
        class="link"
        onClick={() => {
          selected.value = at;
          theMap.peek()?.easeTo({ center: [position[0], position[1]], duration: 0 });
        }}
      >
        {at.vertex + 1}
      </button>
      <input
        aria-label={w.lonLatOf(String(at.vertex + 1))}
        aria-invalid={bad.value}
        data-testid={`vertex-${at.vertex + 1}`}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
        onBlur={enter}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          enter();
        }}
      />
      {bad.value && <span class="fault">{w.badCoordinate}</span>}
    </li>
  );
}

function TypeRing() {
  const w = drawWords();
  const id = useId();
  const text = useSignal('');
  const lines = text.value.split('\n').filter((line) => line.trim() !== '');
  const read = lines.map(readPosition);
  const wrong = read.findIndex((position) => position === null);
  const sound = wrong < 0 && read.length >= (shape.value?.kind === 'line' ? 2 : 3);
  return (
    <form
      class="type-ring"
      onSubmit={(event) => {
        event.preventDefault();
        if (!sound) return;
        typeRing(read.filter((position) => position !== null));
        text.value = '';
      }}
    >
      <label for={id}>
        {w.typeRing} <span class="muted">{w.typeRingHint}</span>
      </label>
      <textarea id={id} rows={4} data-testid="type-ring" value={text.value} onInput={(event) => (text.value = event.currentTarget.value)} />
      {wrong >= 0 && (
        <span class="fault">
          {count(wrong + 1)}: {w.badCoordinate}
        </span>
      )}
      <button type="submit" class="button small" disabled={!sound} data-testid="add-ring">
        {w.addRing}
      </button>
    </form>
  );
}

export function VertexTable() {
  const w = drawWords();
  const start = useSignal(0);
  const at = selected.value ?? { part: 0, ring: 0, vertex: 0 };
  const now = shape.value;
  const ring = now ? ringAt(now, at) : [];
  useEffect(() => {
    start.value = Math.floor(at.vertex / WINDOW) * WINDOW;
  }, [at.part, at.ring, at.vertex]);
  const from = Math.min(start.value, Math.max(0, ring.length - 1));
  const shown = ring.slice(from, from + WINDOW);
  return (
    <section class="inspector-part">
      <details data-testid="vertex-table" onToggle={() => void wantGrid()}>
        <summary>
          {w.vertexTable} {ring.length > 0 && <span class="muted">{w.ringOf(String(at.part + 1), String(at.ring))}</span>}
        </summary>
        <p class="muted">{w.vertexTableHint}</p>
        <ol class="vertex-rows">
          {shown.map((position, i) => (
            <Vertex key={`${at.part}.${at.ring}.${from + i}`} at={{ part: at.part, ring: at.ring, vertex: from + i }} position={position} />
          ))}
        </ol>
        {ring.length > WINDOW && (
          <div class="actions">
            <button type="button" class="button small" disabled={from === 0} onClick={() => (start.value = Math.max(0, from - WINDOW))}>
              {w.earlier}
            </button>
            <span class="muted">{w.showing(count(from + 1), count(from + shown.length), count(ring.length))}</span>
            <button
              type="button"
              class="button small"
              disabled={from + WINDOW >= ring.length}
              onClick={() => (start.value = from + WINDOW)}
            >
              {w.later}
            </button>
          </div>
        )}
        <TypeRing />
      </details>
    </section>
  );
}
