// Two planners, one zone: both versions side by side, on the map and by attribute, with what each counts; then a choice.
import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { fieldsOf } from '../../../server/domain/layer.ts';
import { textOf } from '../../../server/domain/feature.ts';
import { draft, state, stateOf } from '../../draw/draft.ts';
import { conflict, differing, keepRemoved, mergeVersions, proposedParts, takeAllOfTheirs, theirShape } from '../../draw/saving.ts';
import { theirCount } from '../../draw/theirCount.ts';
import { counted } from '../../draw/counting.ts';
import { compared } from '../../draw/comparing.ts';
import { areaOf, areaWords } from '../../draw/readout.ts';
import { liveShape } from '../../draw/live.ts';
import { count, moment } from '../../i18n/format.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { say } from '../../i18n/t.ts';
import { valueWords } from '../card/labels.ts';
import { ABSENT } from '../../i18n/format.ts';

interface ChoiceProps {
  label: string;
  mine: string;
  theirs: string;
  takesTheirs: boolean;
  choose: (theirs: boolean) => void;
  name: string;
}

function Choice({ label, mine, theirs, takesTheirs, choose, name }: ChoiceProps) {
  const w = drawWords();
  return (
    <tr>
      <th scope="row">{label}</th>
      {[false, true].map((other) => (
        <td key={String(other)}>
          <label>
            <input
              type="radio"
              name={`conflict-${name}`}
              checked={takesTheirs === other}
              aria-label={`${label} ${other ? w.theirs : w.mine}`}
              data-testid={`choose-${name}-${other ? 'theirs' : 'mine'}`}
              onChange={() => choose(other)}
            />
            <span>{other ? theirs : mine}</span>
          </label>
        </td>
      ))}
    </tr>
  );
}

export function ConflictPart() {
  const w = drawWords();
  const found = conflict.value;
  const now = draft.value;
  const own = state.value;
  const proposed = useMemo(proposedParts, []);
  const shape = useSignal(proposed.shape);
  const fields = useSignal(proposed.fields);
  if (!found || !now || !own) return null;
  const { theirs } = found;
  if (!theirs) {
    return (
      <section class="inspector-part conflict" role="alert" data-testid="conflict">
        <h3>{w.conflictTitle}</h3>
        <p>{w.conflictGone}</p>
        <div class="actions">
          <button type="button" class="button primary small" onClick={keepRemoved}>
            {w.keepMine}
          </button>
        </div>
      </section>
    );
  }
  const other = stateOf(now.layer, theirs);
  const by = textOf(theirs.properties, 'updated_by') ?? '';
  const when = moment(textOf(theirs.properties, 'updated_at') ?? '');
  const why = textOf(theirs.properties, 'reason');
  const known = fieldsOf(now.layer).filter(({ name }) => differing.value.includes(name));
  const their = theirShape.value;
  const figure = (households: number | null | undefined, size: number): string =>
    `${count(households ?? null)} ${w.household} · ${areaWords(size)}`;
  return (
    <section class="inspector-part conflict" role="alert" data-testid="conflict">
      <h3>{w.conflictTitle}</h3>
      <p>{(found.refused ? w.conflictRefused : w.conflictNoticed)(by, when)}</p>
      {why && <p class="muted">{w.conflictReason(why)}</p>}
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{w.mine}</th>
            <th scope="col">{w.theirs}</th>
          </tr>
        </thead>
        <tbody>
          <Choice
            label={w.boundary}
            name="shape"
            mine={figure(counted.value?.count.households, liveShape.value ? areaOf(liveShape.value) : 0)}
            theirs={figure(theirCount.value?.households, their ? areaOf(their) : 0)}
            takesTheirs={shape.value}
            choose={(take) => (shape.value = take)}
          />
          {known.map((field) => (
            <Choice
              key={field.name}
              label={say(field)}
              name={field.name}
              mine={valueWords(field, own.properties[field.name]) ?? ABSENT}
              theirs={valueWords(field, other.properties[field.name]) ?? ABSENT}
              takesTheirs={fields.value.has(field.name)}
              choose={(take) => {
                const next = new Set(fields.peek());
                if (take) next.add(field.name);
                else next.delete(field.name);
                fields.value = next;
              }}
            />
          ))}
        </tbody>
      </table>
      <p class="muted">{w.conflictLegend}</p>
      <div class="actions">
        <button
          type="button"
          class="button primary small"
          data-testid="keep-mine"
          onClick={() => mergeVersions({ shape: shape.peek(), fields: fields.peek() })}
        >
          {shape.value || fields.value.size > 0 ? w.takeChosen : w.keepMine}
        </button>
        <button type="button" class="button small" data-testid="take-theirs" onClick={takeAllOfTheirs}>
          {w.takeTheirs}
        </button>
        {!found.refused && (
          <button
            type="button"
            class="button small"
            onClick={() => {
              conflict.value = null;
              compared.value = null;
            }}
          >
            {w.later_}
          </button>
        )}
      </div>
    </section>
  );
}
