// One value of a rule: read, or typed anew with what it was and what is wrong with it beside it.
import { useId } from 'preact/hooks';
import type { Rule } from '../../../../server/domain/rules.ts';
import { bookWords } from '../../../i18n/book/words.ts';
import { rules } from '../../../state/staff/rules.ts';
import { typedOf } from './draft.ts';
import { keyOf, leafAt } from './leaves.ts';
import { leafLabel, leafWords } from './ruleLabels.ts';
import { draft, edit, editing, faults } from './rulesState.ts';

interface LeafProps {
  rule: Rule;
  path: string;
  /** Stands before the value; without one the label is read out only. */
  label?: string;
  kind?: 'figure' | 'text' | 'long' | 'switch';
}

export function LeafField({ rule, path, label, kind = 'figure' }: LeafProps) {
  const id = useId();
  const w = bookWords();
  const set = rules.state.value.data;
  const key = keyOf(rule.id, path);
  const value = (set && leafAt(set, key)) ?? null;
  const typed = draft.value.get(key);
  const changed = typed !== undefined;
  const fault = faults.value.get(key);
  const whole = leafLabel(rule, path);
  if (!editing.value) {
    return (
      <span class="leaf">
        {label && <span class="leaf-label">{label}</span>}
        <span class="leaf-value">{leafWords(rule, path, value)}</span>
      </span>
    );
  }
  const known: Readonly<Record<string, string>> = w.faults;
  const shared = {
    id,
    'data-key': key,
    'aria-invalid': fault !== undefined,
    'aria-describedby': fault === undefined ? undefined : `${id}-fault`,
  };
  const text = String(typed ?? typedOf(value));
  const name = label ?? whole;
  return (
    <span class={`leaf editing ${changed ? 'changed' : ''} ${kind}`}>
      <label for={id} class={label === undefined ? 'sr-only' : 'leaf-label'}>
        {name}
        {name !== whole && <span class="sr-only"> {whole}</span>}
      </label>
      <span class="leaf-value">
        {kind === 'switch' && (
          <input
            {...shared}
            type="checkbox"
            checked={(typed ?? value) === true}
            onChange={(event) => edit(key, event.currentTarget.checked)}
          />
        )}
        {kind === 'long' && <textarea {...shared} rows={2} value={text} onInput={(event) => edit(key, event.currentTarget.value)} />}
        {(kind === 'figure' || kind === 'text') && (
          <input
            {...shared}
            type="text"
            inputMode={kind === 'figure' ? 'decimal' : 'text'}
            autocomplete="off"
            value={text}
            onInput={(event) => edit(key, event.currentTarget.value)}
          />
        )}
        {kind === 'figure' && <span class="unit">{leafWords(rule, path, 0).replace(/^0 ?/, '')}</span>}
      </span>
      {changed && kind !== 'switch' && <span class="was">{w.was(leafWords(rule, path, value))}</span>}
      {fault !== undefined && (
        <span class="fault" id={`${id}-fault`} role="alert">
          {known[fault] ?? fault}
        </span>
      )}
    </span>
  );
}
