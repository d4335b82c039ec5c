// Forms for what is done by figures: the radius of a circle, metres to widen or simplify by, degrees to turn by.
import { useSignal } from '@preact/signals';
import { useEffect, useId, useRef } from 'preact/hooks';
import { bufferShape, simplifyShape, workError, working } from '../../draw/whole.ts';
import { commit, overlaid } from '../../draw/actions.ts';
import { shape } from '../../draw/draft.ts';
import { withDrawn } from '../../draw/live.ts';
import { chooseTool, sketch, tool } from '../../draw/tools.ts';
import { circle } from '../../draft/verbs/forms.ts';
import { centreOf, moveShape } from '../../draft/verbs/move.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { whyWords } from '../../i18n/problem.ts';
import { words } from '../../i18n/t.ts';
import { form } from '../../operations/list.ts';

interface FigureFormProps {
  label: string;
  unit: string;
  button: string;
  start: string;
  name: string;
  run: (value: number) => void;
  busy?: boolean;
  focus?: boolean;
}

function FigureForm({ label, unit, button, start, name, run, busy = false, focus = false }: FigureFormProps) {
  const id = useId();
  const text = useSignal(start);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focus) input.current?.select();
  }, []);
  const value = Number(text.value.normalize('NFKC'));
  const sound = text.value.trim() !== '' && Number.isFinite(value) && value !== 0;
  return (
    <form
      class="figure-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (sound && !busy) run(value);
      }}
    >
      <label for={id}>{label}</label>
      <input
        ref={input}
        id={id}
        inputMode="decimal"
        autocomplete="off"
        aria-invalid={!sound}
        data-testid={`figure-${name}`}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <span class="muted">{unit}</span>
      <button type="submit" class="button small" disabled={!sound || busy} data-testid={`apply-${name}`}>
        {busy ? drawWords().working : button}
      </button>
    </form>
  );
}

function drawCircle(radius: number): void {
  const [centre] = sketch.peek();
  const now = shape.peek();
  if (!centre || !now || radius <= 0) return;
  const next = overlaid(() => withDrawn(now, 'circle', circle(centre, radius)));
  if (!next) return;
  sketch.value = [];
  commit(next, { verb: 'draw' });
  chooseTool('select');
}

function turn(degrees: number): void {
  const now = shape.peek();
  const centre = now && centreOf(now);
  if (now && centre) commit(moveShape(now, centre, degrees), { verb: 'turn' });
}

/** What the tool in the hand takes by figures. */
export function ToolForm() {
  const w = drawWords();
  if (tool.value === 'circle' && sketch.value.length > 0) {
    return (
      <section class="inspector-part">
        <FigureForm label={w.radius} unit={w.radiusUnit} button={w.makeCircle} start="200" name="radius" run={drawCircle} />
      </section>
    );
  }
  if (tool.value !== 'move') return null;
  return (
    <section class="inspector-part">
      <FigureForm label={w.turnBy} unit="°" button={w.turn} start="15" name="turn" run={turn} />
    </section>
  );
}

/** Widening and simplifying: the service does both on the ellipsoid. */
export function ShapeForm({ verb }: { verb: 'buffer' | 'simplify' }) {
  const w = drawWords();
  const apply = (metres: number): void => void (verb === 'buffer' ? bufferShape(metres) : simplifyShape(metres));
  return (
    <section class="inspector-part" aria-label={w[verb]}>
      <FigureForm
        label={verb === 'buffer' ? w.bufferMetres : w.simplifyMetres}
        unit={w.radiusUnit}
        button={w.apply}
        start={verb === 'buffer' ? '20' : '2'}
        name={verb}
        run={apply}
        busy={working.value}
        focus
      />
      {workError.value && (
        <p class="problem" role="alert">
          {whyWords(workError.value)}
        </p>
      )}
      <button type="button" class="link" onClick={() => (form.value = null)}>
        {words().close}
      </button>
    </section>
  );
}
