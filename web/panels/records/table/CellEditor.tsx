// The input in a cell: Enter and Tab take what was typed, Escape leaves it as it was, a fault keeps it open and says why.
import { signal } from '@preact/signals';
import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import type { Field } from '../../../../server/domain/field.ts';
import { announce } from '../../../a11y/announce.ts';
import { recordsWords } from '../../../i18n/records/words.ts';
import { say } from '../../../i18n/t.ts';
import { recordsLayer } from '../../../state/staff/recordsView.ts';
import { readValue } from '../../../state/staff/fieldValues.ts';
import { faultSentence, shownValue } from '../labels.ts';
import { ValueInput } from '../ValueInput.tsx';
import { cellAt, editing, focusCell, storeCell, type CellName, type Editing } from './cells.ts';

const fault = signal<string | null>(null);

/** Takes the text if it is a value. */
function commit(cell: CellName, field: Field, text: string): boolean {
  const read = readValue(field, text);
  if ('fault' in read) {
    fault.value = faultSentence(recordsLayer.peek(), field.name, { pointer: '', code: read.fault, detail: '' });
    return false;
  }
  editing.value = null;
  storeCell(cell, read.value);
  announce(recordsWords().cellSet(say(field), shownValue(field, read.value) ?? recordsWords().empty));
  return true;
}

export function CellEditor({ now, field, columns }: { now: Editing; field: Field; columns: readonly string[] }) {
  const control = useRef<HTMLInputElement>(null);
  const typed = useRef(now.text);
  const text = useRef(signal(now.text)).current;
  const id = useId();
  // before the next key: what is typed at once is for the input
  useLayoutEffect(() => {
    fault.value = null;
    control.current?.focus();
    // what was there is replaced by typing; a letter that opened the cell stays
    if (control.current instanceof HTMLInputElement && control.current.type === 'text' && now.text.length > 1) control.current.select();
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      editing.value = null;
      focusCell(now);
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      event.preventDefault();
      if (!commit(now, field, typed.current)) return;
      const right = event.key === 'Tab' ? (event.shiftKey ? -1 : 1) : 0;
      focusCell(cellAt(now, columns, event.key === 'Enter' ? (event.shiftKey ? -1 : 1) : 0, right));
    }
  };
  return (
    <div class="cell-editor" onKeyDown={onKeyDown} onBlurCapture={() => editing.peek() && commit(now, field, typed.current)}>
      <ValueInput
        field={field}
        text={text.value}
        oneLine
        control={control}
        onText={(next) => {
          typed.current = next;
          text.value = next;
          fault.value = null;
        }}
        attributes={{
          'aria-label': say(field),
          'aria-invalid': fault.value !== null,
          ...(fault.value !== null && { 'aria-describedby': id }),
          'data-testid': 'cell-input',
        }}
      />
      {fault.value !== null && (
        <span class="fault" id={id} role="alert" data-testid="cell-fault">
          {fault.value}
        </span>
      )}
    </div>
  );
}
