// On a phone: what to do next, five tools under the thumb, and the two buttons that put a point down or back.
import { useSignal } from '@preact/signals';
import { place, putBack } from '../../draw/actions.ts';
import { draft } from '../../draw/draft.ts';
import { aim, aimBy, busy, carried, grabbed, placing, selected, sketch, snapping, tool } from '../../draw/tools.ts';
import { aimAtCentre } from '../../draw/aiming.ts';
import { vertexAtAim } from '../../draw/pointer.ts';
import { finish, pickUp } from '../../draw/actions.ts';
import { refused } from '../../draw/refused.ts';
import { focusMap } from '../../a11y/focusMap.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { theMap } from '../../map/camera.ts';
import { operation, OPERATIONS } from '../../operations/list.ts';
import { run } from '../../operations/operation.ts';
import { Icon } from '../shell/Icon.tsx';
import { sheetOpen } from '../../draw/sheet.ts';
import { hintWords } from './Hint.tsx';

/** Puts down at the crosshair; without anything in the hand the vertex there is picked up. */
function drop(): void {
  const map = theMap.peek();
  if (!map) return;
  aimBy.value = 'cross';
  aimAtCentre(map);
  const at = aim.peek();
  if (!at) return;
  if (placing.peek() || busy.peek()) return place(at.position);
  const hit = vertexAtAim(map);
  const chosen = hit.kind === 'vertex' ? hit.at : selected.peek();
  if (chosen) pickUp(chosen);
}

const TOOLS = ['remove-vertex', 'insert-vertex', 'snap', 'undo', 'redo'] as const;
const DRAWING = OPERATIONS.filter(({ group, on }) => group === 'tools' && on.includes('rail'));

export function PhoneSheet() {
  const w = drawWords();
  const choosing = useSignal(false);
  const inHand = carried.value !== null || grabbed.value !== null;
  const drawing = placing.value && sketch.value.length > 0;
  if (!draft.value) return null;
  return (
    <section class="phone-sheet" inert={sheetOpen.value} aria-label={w.groups.tools}>
      <p class="phone-hint">{refused.value ? w.said[refused.value]() : hintWords()}</p>
      {choosing.value ? (
        <div
          class="phone-tools many"
          role="group"
          ref={(grid) => grid?.querySelector('button')?.focus()}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            event.preventDefault();
            choosing.value = false;
            focusMap();
          }}
        >
          {DRAWING.map((one) => (
            <button
              key={one.id}
              type="button"
              aria-pressed={one.isOn?.()}
              aria-disabled={one.whyNot() !== null}
              onClick={() => {
                if (!run(one)) return;
                choosing.value = false;
                focusMap();
              }}
            >
              <Icon name={one.icon} />
              <span>{one.label()}</span>
            </button>
          ))}
        </div>
      ) : (
        <div class="phone-tools" role="group">
          <button type="button" aria-expanded={choosing.value} data-testid="phone-tools" onClick={() => (choosing.value = true)}>
            <Icon name={DRAWING.find(({ id }) => id === tool.value)?.icon ?? 'select'} />
            <span>{w.groups.tools}</span>
          </button>
          {TOOLS.map((id) => {
            const one = operation(id);
            return (
              <button
                key={id}
                type="button"
                aria-pressed={one.isOn?.()}
                aria-disabled={one.whyNot() !== null}
                data-testid={`phone-${id}`}
                onClick={() => run(one)}
              >
                <Icon name={one.icon} />
                <span>{id === 'snap' ? `${one.label()} ${snapping.value ? w.on : w.off}` : one.label()}</span>
              </button>
            );
          })}
        </div>
      )}
      <div class="phone-actions">
        <button type="button" class="button primary" data-testid="phone-drop" onClick={drop}>
          {placing.value || inHand ? w.drop : w.pickUp}
        </button>
        {drawing ? (
          <button type="button" class="button" data-testid="phone-finish" onClick={() => finish()}>
            {w.finish}
          </button>
        ) : (
          <button
            type="button"
            class="button"
            aria-disabled={!inHand}
            data-testid="phone-back"
            onClick={() => {
              if (inHand) putBack();
            }}
          >
            {w.putBack}
          </button>
        )}
      </div>
    </section>
  );
}
