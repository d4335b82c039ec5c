// The states in their order, each with its date, its document and who took it; the step in hand opens its form in place.
import type { ComponentChildren } from 'preact';
import { textOf, type Properties } from '../../../server/domain/feature.ts';
import type { Revision } from '../../api/edit.ts';
import type { Item } from '../../api/features.ts';
import { day, moment } from '../../i18n/format.ts';
import { lifeWords } from '../../i18n/lifecycle/words.ts';
import { fieldOf } from '../card/inputWords.ts';
import { codeWord, valueWords } from '../card/labels.ts';
import { choose, type Move } from './move.ts';
import { MoveForm, moveWords } from './MoveForm.tsx';
import { nextOf, stateOf, type Life, type Step } from './steps.ts';

/** What was stated at a step: dates first, a period as one. */
export function statedAt(layer: string, step: Step, properties: Properties): string {
  const w = lifeWords();
  const from = textOf(properties, 'removal_published_from');
  const to = textOf(properties, 'removal_published_to');
  const period = step.fields.includes('removal_published_to') && from && to ? [w.until(day(from), day(to))] : [];
  const named = step.fields
    .filter((name) => period.length === 0 || !name.startsWith('removal_published'))
    .map((name) => ({ field: fieldOf(layer, name), value: properties[name] }))
    .sort((a, b) => Number(b.field?.type === 'date') - Number(a.field?.type === 'date'));
  const values = named.map(({ field, value }) => (field ? valueWords(field, value) : null));
  return [...period, ...values.filter((value) => value !== null)].join(w.list);
}

/** The revision that brought a state, the latest one where it came more than once. */
function enteredBy(life: Life, state: string, history: readonly Revision[]): Revision | null {
  for (let at = history.length - 1; at >= 0; at--) {
    const now = history[at];
    const before = history[at - 1];
    if (now && stateOf(life, now.properties) === state && (!before || stateOf(life, before.properties) !== state)) return now;
  }
  return null;
}

interface StepperProps {
  life: Life;
  feature: Item;
  history: readonly Revision[];
  move: Move;
  /** Beside the first state: where the area comes from. */
  origin?: ComponentChildren;
}

export function Stepper({ life, feature, history, move, origin }: StepperProps) {
  const w = lifeWords();
  const now = stateOf(life, feature.properties);
  const at = life.steps.findIndex((step) => step.state === now);
  const { next, others } = nextOf(life, now);
  const to = move.to.value;
  const button = (state: string, primary: boolean) => (
    <button
      key={state}
      type="button"
      class={`button small ${primary ? 'primary' : ''}`}
      data-testid={`move-${state}`}
      onClick={() => choose(move, life, feature, state)}
    >
      {moveWords(now, state)}
    </button>
  );
  return (
    <>
      <ol class="steps">
        {life.steps.map((step, index) => {
          const entered = enteredBy(life, step.state, history);
          const reached = index <= at;
          const stated = statedAt(life.layer, step, feature.properties);
          return (
            <li
              key={step.state}
              class={index < at ? 'done' : index === at ? 'now' : 'ahead'}
              aria-current={index === at ? 'step' : undefined}
              data-state={step.state}
            >
              <p>
                <b>{codeWord(life.layer, life.field, step.state)}</b>
                {reached && entered && <span class="muted entered"> {w.changed(moment(entered.at), entered.by)}</span>}
              </p>
              {index === 0 && origin}
              {(reached || stated !== '') && stated !== '' && <p class="muted-2">{stated}</p>}
              {to === null && next === step.state && button(step.state, step.state !== 'revoked' && step.state !== 'removed')}
              {to === step.state && <MoveForm key={to} move={move} life={life} feature={feature} to={to} />}
            </li>
          );
        })}
      </ol>
      {to === null && others.length > 0 && (
        <div class="other-moves">
          <span class="muted">{w.other}</span> {others.map((state) => button(state, false))}
        </div>
      )}
    </>
  );
}
