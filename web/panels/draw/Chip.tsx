// The count at the cursor, at every move: households, people, vulnerable, schools; certain and possible; what differs from the
// saved shape. It keeps off the shape and the edge in the hand; for fingers, which would hide it, it stands at the top.
import { useComputed } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { announce } from '../../a11y/announce.ts';
import { counterState, retryCounter } from '../../counting/counter.ts';
import { counted, isCounted, recounting, type Counted } from '../../draw/counting.ts';
import { savedShape, shape } from '../../draw/draft.ts';
import { liveFaults, liveGeometry, liveShape } from '../../draw/live.ts';
import { areaOf, areaWords, lengthOf, lengthWords } from '../../draw/readout.ts';
import { aim, aimBy, busy, byTouch, placing, sketch, tool } from '../../draw/tools.ts';
import { bearing, centreOf } from '../../draft/verbs/move.ts';
import { count } from '../../i18n/format.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { words } from '../../i18n/t.ts';
import { theMap } from '../../map/camera.ts';
import type { Figure } from '../../../server/domain/figure.ts';
import type { Position } from '../../../server/domain/feature.ts';

export const figureWords = ({ households, people, vulnerable, schools }: Figure): string =>
  drawWords().chip(count(households), count(people), count(vulnerable), count(schools));

const less = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a - b);

function Difference({ now }: { now: Counted }) {
  const w = drawWords();
  const { count: figure } = now;
  if (!figure.saved) return null;
  const more = less(figure.households, figure.saved.households) ?? 0;
  const people = less(figure.people, figure.saved.people);
  const vulnerable = less(figure.vulnerable, figure.saved.vulnerable);
  const abs = (value: number | null): string => count(value === null ? null : Math.abs(value));
  return (
    <>
      <hr />
      {more === 0 && people === 0 ? (
        <p>{w.sameAsSaved}</p>
      ) : (
        <p>
          {more >= 0 ? w.moreThanSaved : w.fewerThanSaved}{' '}
          <em class={more >= 0 ? 'up' : 'down'}>{w.differenceOf(abs(more), abs(people), abs(vulnerable))}</em>
        </p>
      )}
      <p data-testid="chip-in-out">{w.inOut(count(figure.comesIn.households), count(figure.dropsOut.households))}</p>
    </>
  );
}

/** Length and bearing of the edge in the hand; of a measured line its whole length and area. */
function Lengths() {
  const w = drawWords();
  const placed = sketch.value;
  const at = aim.value?.position;
  const last = placed.at(-1);
  if (tool.value === 'measure') {
    const line = at ? [...placed, at] : placed;
    const area = line.length >= 3 ? areaOf({ kind: 'area', parts: [[line]] }) : 0;
    return (
      <>
        <b data-testid="measured">{w.measured(lengthWords(lengthOf(line)))}</b>
        {area > 0 && <p data-testid="measured-area">{w.measuredArea(areaWords(area))}</p>}
      </>
    );
  }
  if (!last || !at || (last[0] === at[0] && last[1] === at[1])) return null;
  return <p>{w.segment(lengthWords(lengthOf([last, at])), bearing(last, at).toFixed(0))}</p>;
}

function Snapped() {
  const w = drawWords();
  const to = aim.value?.snapped;
  if (!to || !(placing.value || busy.value)) return null;
  return <p class="snapped">{to.key === 'draft' ? w.snappedOwn : w.snappedTo(to.name)}</p>;
}

function Body() {
  const w = drawWords();
  if (tool.value === 'measure') return <Lengths />;
  const now = counted.value;
  const fault = busy.value ? liveFaults.value.find(({ code }) => code !== 'empty') : undefined;
  return (
    <>
      {counterState.value === 'failed' ? (
        <p>
          {w.countingFailed}{' '}
          <button type="button" class="link" onClick={retryCounter}>
            {words().retry}
          </button>
        </p>
      ) : !isCounted.value ? (
        <p>{w.notCounted}</p>
      ) : !now ? (
        <p>{w.counting}</p>
      ) : (
        <div class={recounting.value ? 'recounting' : ''}>
          <b data-testid="chip-count" data-number={now.number}>
            {figureWords(now.count)}
          </b>
          <p>{w.certainPossible(count(now.count.certain.households), count(now.count.possible.households))}</p>
        </div>
      )}
      <Lengths />
      <Snapped />
      {fault && <p class="fault">{w.checks[fault.code]}</p>}
      {now && <Difference now={now} />}
    </>
  );
}

const GAP = 16;
/** Pixels from the edge of the map. */
const EDGE = 8;

/** Beside the pointer, on the side away from the shape, and never off the map. */
function place(chip: HTMLElement, at: Position): void {
  const map = theMap.peek();
  const live = liveShape.peek();
  if (!map) return;
  const { x, y } = map.project([at[0], at[1]]);
  const middle = live && centreOf(live);
  const centre = middle ? map.project([middle[0], middle[1]]) : { x, y: y + 1 };
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const { offsetWidth: own, offsetHeight: tall } = chip;
  const wanted = centre.x > x ? x - own - GAP : x + GAP;
  const left = Math.min(Math.max(wanted, EDGE), Math.max(EDGE, width - own - EDGE));
  const [above, below] = [y - tall - GAP, y + GAP];
  // pushed in from the side it still keeps off the pointer, as long as it stands above or below it
  const top = centre.y > y ? (above < EDGE ? below : above) : below + tall > height - EDGE ? above : below;
  chip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
}

export function Chip() {
  const chip = useRef<HTMLDivElement>(null);
  const docked = useComputed(() => byTouch.value || aimBy.value === 'cross' || aim.value === null || !busy.value);
  const shown = useComputed(() =>
    tool.value === 'measure' ? sketch.value.length > 0 : shape.value !== null && (liveGeometry.value !== null || sketch.value.length > 0),
  );
  useLayoutEffect(() => {
    const at = aim.value?.position;
    if (!chip.current) return;
    if (docked.value || !at) chip.current.style.transform = '';
    else place(chip.current, at);
  });
  const now = counted.value;
  const text = now && tool.value !== 'measure' ? figureWords(now.count) : '';
  useEffect(() => {
    if (text) announce(text, true);
  }, [text]);
  void [aim.value, savedShape.value];
  if (!shown.value) return null;
  return (
    <div ref={chip} class={`chip${docked.value ? ' docked' : ''}`} data-testid="chip">
      <Body />
    </div>
  );
}
