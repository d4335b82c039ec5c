// What can be done with the chosen vertex, in reach of a thumb; and the buttons that end a sketch without a key.
import { drawWords } from '../../i18n/draw/words.ts';
import { carried, dragging, dropSketch, grabbed, mayDrop, placing, selected, sketch, tool } from '../../draw/tools.ts';
import { finish, putBack } from '../../draw/actions.ts';
import { dropAtAim, OPERATIONS } from '../../operations/list.ts';
import { run } from '../../operations/operation.ts';
import { focusMap } from '../../a11y/focusMap.ts';
import { Icon } from '../shell/Icon.tsx';

const ofVertex = OPERATIONS.filter(({ on }) => on.includes('vertex'));

/** The bar goes with what it was for: the focus goes to the map and not to nowhere. */
function leaving(act: () => unknown): void {
  act();
  focusMap();
}

/** A sketch in the hand: finish it, or give it up. */
function Sketching() {
  const w = drawWords();
  return (
    <div class="vertex-bar floating" role="toolbar" aria-label={w.menu}>
      {tool.value !== 'measure' && (
        <button type="button" onClick={() => leaving(finish)} data-testid="finish">
          <Icon name="check" size={18} /> {w.finish}
        </button>
      )}
      <button type="button" onClick={() => leaving(() => mayDrop() && dropSketch())} data-testid="give-up">
        <Icon name="close" size={18} /> {tool.value === 'measure' ? w.ops.measureOff : w.ops.cancel}
      </button>
    </div>
  );
}

/** Something hangs on the aim: put it down here, or back where it was. */
function InHand() {
  const w = drawWords();
  return (
    <div class="vertex-bar floating" role="toolbar" aria-label={w.menu}>
      <button type="button" onClick={() => leaving(dropAtAim)} data-testid="put-down">
        <Icon name="target" size={18} /> {w.drop}
      </button>
      <button type="button" onClick={() => leaving(putBack)} data-testid="put-back">
        <Icon name="undo" size={18} /> {w.putBack}
      </button>
    </div>
  );
}

export function VertexBar() {
  const w = drawWords();
  if (dragging.value) return null;
  if (carried.value || grabbed.value) return <InHand />;
  if (placing.value && sketch.value.length > 0) return <Sketching />;
  const at = selected.value;
  if (!at) return null;
  return (
    <div class="vertex-bar floating" role="toolbar" aria-label={w.vertexBar(String(at.vertex + 1))} data-testid="vertex-bar">
      <span class="muted">{w.vertexBar(String(at.vertex + 1))}</span>
      {ofVertex.map((operation) => (
        <button
          key={operation.id}
          type="button"
          aria-disabled={operation.whyNot() !== null}
          data-testid={`vertex-${operation.id}`}
          onClick={() => leaving(() => run(operation))}
        >
          <Icon name={operation.icon} size={18} /> {operation.label()}
        </button>
      ))}
    </div>
  );
}
