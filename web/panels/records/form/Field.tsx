// One field of the form: label in the reader's language, unit, mark of what is required, and what is wrong with it.
import { useId } from 'preact/hooks';
import type { Field } from '../../../../server/domain/field.ts';
import { recordsWords } from '../../../i18n/records/words.ts';
import { say } from '../../../i18n/t.ts';
import { language } from '../../../state/preferences.ts';
import { isEditable } from '../../../state/staff/recordsFields.ts';
import { checkField, textIn, typeInto, type Form } from '../../../state/staff/recordsForm.ts';
import { textOfValue } from '../../../state/staff/fieldValues.ts';
import { faultSentence, shownValue, unitOf } from '../labels.ts';
import { ValueInput } from '../ValueInput.tsx';

const WIDE = new Set([
  'address',
  'location_text',
  'removal_opinion',
  'restrictions',
  'extra',
  'parameters',
  'signs',
  'calendar',
  'trigger',
]);

/** What stands in it now and cannot be typed over. */
function Fixed({ form, field }: { form: Form; field: Field }) {
  const w = recordsWords();
  return (
    <div class="record-field fixed">
      <span class="label">{say(field)}</span>
      <span class="value">{shownValue(field, form.item?.properties[field.name]) ?? w.empty}</span>
    </div>
  );
}

/** The other language's word beside the label: two people may fill in one form. */
const other = (field: Field): string => (language.value === 'en' ? field.zh : field.en);

export function RecordField({ form, field, required }: { form: Form; field: Field; required: string | null }) {
  const w = recordsWords();
  const id = useId();
  const { name } = field;
  if (!isEditable(form.layer, field)) return <Fixed form={form} field={field} />;
  const text = textIn(form, name);
  const fault = form.faults.get(name);
  const stored = textOfValue(field, form.item?.properties[name]);
  const changed = name in form.texts && text !== stored;
  const unit = unitOf(field);
  const note = [fault && `${id}-fault`, changed && form.item && `${id}-was`].filter(Boolean).join(' ');
  return (
    <div class={`record-field${WIDE.has(name) ? ' wide-field' : ''}${changed ? ' changed' : ''}`} data-field={name}>
      <label for={id}>
        {say(field)}
        {unit && <span class="muted">{unit}</span>}
        {required && (
          <abbr class="required" title={required}>
            *
          </abbr>
        )}
        <span class="muted other" lang={language.value === 'en' ? 'zh-CN' : 'en'}>
          {other(field)}
        </span>
      </label>
      <ValueInput
        field={field}
        text={text}
        onText={(next) => typeInto(name, next)}
        attributes={{
          id,
          'data-testid': `value-${name}`,
          'aria-required': required !== null,
          'aria-invalid': fault !== undefined,
          ...(note && { 'aria-describedby': note }),
          disabled: form.busy,
          onBlur: () => checkField(name),
        }}
      />
      {changed && form.item && (
        <span class="was" id={`${id}-was`}>
          {w.was(shownValue(field, form.item.properties[name]) ?? w.empty)}
        </span>
      )}
      {fault && (
        <span class="fault" id={`${id}-fault`} data-testid={`value-fault-${name}`}>
          {faultSentence(form.layer, name, fault)}
        </span>
      )}
    </div>
  );
}
