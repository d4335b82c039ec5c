// One line over the map: what the tool in the hand wants next.
import { drawWords } from '../../i18n/draw/words.ts';
import { draft } from '../../draw/draft.ts';
import { refused } from '../../draw/refused.ts';
import { byTouch, carried, grabbed, placing, sketch, tool } from '../../draw/tools.ts';

export function hintWords(): string | null {
  const w = drawWords().hints;
  if (!draft.value && tool.value !== 'measure') return null;
  if (carried.value) return (byTouch.value ? w.carriedTouch : w.carried)(String(carried.value.vertex + 1));
  if (grabbed.value) return w.grabbed;
  if (tool.value === 'select') return byTouch.value ? w.selectTouch : w.select;
  if (byTouch.value && placing.value && tool.value !== 'freehand') return w.crossTouch;
  return w[tool.value];
}

/** Why the last thing was not done. */
function refusedWords(): string | null {
  return refused.value && drawWords().said[refused.value]();
}

export function Hint() {
  const why = refusedWords();
  if (why) return <p class="draw-hint refused">{why}</p>;
  const text = hintWords();
  const more = tool.value === 'select' && !byTouch.value && draft.value && sketch.value.length === 0 && !carried.value;
  if (!text) return null;
  return (
    <p class="draw-hint">
      {text}
      {more && <span class="muted"> {drawWords().hints.selectKeys}</span>}
    </p>
  );
}
