// The input of a field by its type: text, figure, date, a list of codes, of townships, or yes and no.
import type { Ref } from 'preact';
import type { Field } from '../../../server/domain/field.ts';
import { recordsWords } from '../../i18n/records/words.ts';
import { say } from '../../i18n/t.ts';
import { townships } from '../../state/places.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export interface ValueInputProps {
  field: Field;
  text: string;
  onText: (text: string) => void;
  control?: Ref<Control>;
  /** A cell has room for one line. */
  oneLine?: boolean;
  attributes: ControlAttributes;
}

/** What every kind of input takes. */
export interface ControlAttributes {
  readonly id?: string;
  readonly disabled?: boolean;
  readonly onBlur?: () => void;
  readonly 'aria-label'?: string;
  readonly 'aria-invalid'?: boolean;
  readonly 'aria-required'?: boolean;
  readonly 'aria-describedby'?: string;
  readonly 'data-testid': string;
}

const LONG = new Set(['removal_opinion', 'restrictions', 'reason', 'trigger']);

/** Values and their words, where a field has a list of them. */
function optionsOf(field: Field, text: string): (readonly [value: string, label: string])[] | null {
  const w = recordsWords();
  if (field.type === 'boolean') {
    return [
      ['', w.empty],
      ['true', w.yes],
      ['false', w.no],
    ];
  }
  if (field.type === 'code') {
    return [['', w.empty], ...Object.entries(field.codes ?? {}).map(([value, label]) => [value, say(label)] as const)];
  }
  if (field.name !== 'township' || townships.value.length === 0) return null;
  const known = townships.value.flatMap(({ code, name }) => (code === null ? [] : [[code, name] as const]));
  const other = text !== '' && !known.some(([code]) => code === text) ? [[text, text] as const] : [];
  return [['', w.byPosition], ...known, ...other];
}

const KEYBOARD: Readonly<Partial<Record<Field['type'], 'decimal' | 'numeric'>>> = { integer: 'numeric', number: 'decimal' };

export function ValueInput({ field, text, onText, control, oneLine = false, attributes }: ValueInputProps) {
  const onInput = (event: Event): void => onText((event.currentTarget as Control).value);
  const options = optionsOf(field, text);
  if (options) {
    return (
      <select {...attributes} ref={control as Ref<HTMLSelectElement>} value={text} onChange={onInput}>
        {options.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    );
  }
  if (!oneLine && (LONG.has(field.name) || field.type === 'json')) {
    return (
      <textarea
        {...attributes}
        ref={control as Ref<HTMLTextAreaElement>}
        rows={field.type === 'json' ? 4 : 2}
        value={text}
        onInput={onInput}
      />
    );
  }
  if (field.type === 'date') {
    return <input {...attributes} ref={control as Ref<HTMLInputElement>} type="date" value={text} onInput={onInput} />;
  }
  return (
    <input
      {...attributes}
      ref={control as Ref<HTMLInputElement>}
      type="text"
      inputMode={KEYBOARD[field.type]}
      autocomplete="off"
      placeholder={field.type === 'month_day' ? 'MM-DD' : undefined}
      value={text}
      onInput={onInput}
    />
  );
}
