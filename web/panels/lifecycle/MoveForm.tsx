// What a step asks for, with what the service said at the field it said it of.
import { useEffect, useId, useRef } from 'preact/hooks';
import type { Item } from '../../api/features.ts';
import { lifeWords } from '../../i18n/lifecycle/words.ts';
import { say, words } from '../../i18n/t.ts';
import { fieldOf } from '../card/inputWords.ts';
import { choose, submit, type Move } from './move.ts';
import { Overtaken } from './Overtaken.tsx';
import { goesBack, isRequired, stateOf, type Life } from './steps.ts';

const LONG = new Set(['removal_opinion']);

interface InputProps {
  move: Move;
  layer: string;
  name: string;
  required: boolean;
}

function Input({ move, layer, name, required }: InputProps) {
  const w = lifeWords();
  const id = useId();
  const field = fieldOf(layer, name);
  const fault = move.faults.value.get(name);
  const value = move.values.value[name] ?? '';
  const shared = {
    id,
    value,
    'data-testid': `field-${name}`,
    'aria-required': required,
    'aria-invalid': fault !== undefined,
    'aria-describedby': fault === undefined ? undefined : `${id}-fault`,
    onInput: (event: Event) => {
      move.values.value = { ...move.values.peek(), [name]: (event.currentTarget as HTMLInputElement).value };
    },
  };
  return (
    <div class="field">
      <label for={id}>
        {field ? say(field) : name} <span class="muted">{required ? w.required : w.optional}</span>
      </label>
      {field?.codes ? (
        <select {...shared}>
          <option value="">{w.choose}</option>
          {Object.entries(field.codes).map(([code, label]) => (
            <option key={code} value={code}>
              {say(label)}
            </option>
          ))}
        </select>
      ) : LONG.has(name) ? (
        <textarea {...shared} rows={3} />
      ) : field?.type === 'date' ? (
        <input {...shared} type="date" />
      ) : (
        <input {...shared} type="text" autocomplete="off" />
      )}
      {fault !== undefined && (
        <span class="fault" id={`${id}-fault`} data-testid={`fault-${name}`}>
          {fault}
        </span>
      )}
    </div>
  );
}

export function Reason({ move, label, required }: { move: Pick<Move, 'reason' | 'faults'>; label: string; required: boolean }) {
  const w = lifeWords();
  const id = useId();
  const fault = move.faults.value.get('reason');
  return (
    <div class="field">
      <label for={id}>
        {label} <span class="muted">{required ? w.required : w.optional}</span>
      </label>
      <textarea
        id={id}
        rows={2}
        data-testid="field-reason"
        value={move.reason.value}
        aria-required={required}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : `${id}-fault`}
        onInput={(event) => (move.reason.value = event.currentTarget.value)}
      />
      {fault !== undefined && (
        <span class="fault" id={`${id}-fault`} data-testid="fault-reason">
          {fault}
        </span>
      )}
    </div>
  );
}

/** What a change of state is called on its button. */
export function moveWords(from: string, to: string): string {
  const moves: Readonly<Record<string, string>> = lifeWords().moves;
  return from === 'removed' ? lifeWords().again : (moves[to] ?? to);
}

export function MoveForm({ move, life, feature, to }: { move: Move; life: Life; feature: Item; to: string }) {
  const w = lifeWords();
  const form = useRef<HTMLFormElement>(null);
  const from = stateOf(life, feature.properties);
  const again = from === 'removed';
  const faults = move.faults.value;
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select, textarea')?.focus(), []);
  useEffect(() => {
    if (faults.size > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [faults]);
  return (
    <form
      ref={form}
      class="move-form"
      noValidate
      data-testid="move-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(move, life, feature);
      }}
    >
      {Object.keys(move.values.value).map((name) => (
        <Input key={name} move={move} layer={life.layer} name={name} required={isRequired(life, name)} />
      ))}
      <Reason move={move} label={again ? w.reasonAgain : w.reason} required={again} />
      <Overtaken move={move} feature={feature} layer={life.layer} />
      {move.trouble.value && (
        <p class="problem" role="alert" data-testid="move-trouble">
          {move.trouble.value}
        </p>
      )}
      <div class="actions">
        <button
          type="submit"
          class={`button ${goesBack(life, from, to) ? '' : 'primary'}`}
          disabled={move.busy.value}
          data-testid="move-save"
        >
          {move.busy.value ? w.saving : moveWords(from, to)}
        </button>
        <button type="button" class="button" onClick={() => choose(move, life, feature, null)}>
          {words().cancel}
        </button>
      </div>
    </form>
  );
}
