// The form of one feature, stored or new: position, fields by group, photos, history, deletion, and the bar that stores it.
import { useEffect, useId, useRef } from 'preact/hooks';
import { layerOf } from '../../../../server/domain/layer.ts';
import { announce } from '../../../a11y/announce.ts';
import { problemWords, whyWords } from '../../../i18n/problem.ts';
import { recordsWords } from '../../../i18n/records/words.ts';
import { say, words } from '../../../i18n/t.ts';
import { decided, differencesOf } from '../../../state/staff/recordsConflict.ts';
import {
  chooseFormSide,
  form,
  formChanges,
  formError,
  giveReason,
  openForm,
  readForm,
  saveForm,
  settleForm,
  type Form as FormState,
} from '../../../state/staff/recordsForm.ts';
import { recordsLayer, recordsPage } from '../../../state/staff/recordsView.ts';
import { Conflict } from '../Conflict.tsx';
import { fieldLabel, recordName } from '../labels.ts';
import { RecordField } from './Field.tsx';
import { groupsOf, requiredNow, stateField, type GroupName } from './groups.ts';
import { History } from './History.tsx';
import { Photos } from './Photos.tsx';
import { Position } from './Position.tsx';
import { Remove } from './Remove.tsx';

const BAR = 'record-bar';

async function save(): Promise<void> {
  const created = form.peek()?.item === null;
  const id = await saveForm();
  const now = form.peek();
  if (id === null || !now?.item) return;
  const w = recordsWords();
  announce((created ? w.created : w.saved)(recordName(now.item)));
  if (created) recordsPage.value = { at: 'form', id };
}

function Group({ now, name, fields }: { now: FormState; name: GroupName; fields: ReturnType<typeof groupsOf>[number]['fields'] }) {
  const w = recordsWords();
  const state = stateField(now.layer);
  const required = requiredNow(now.layer, state === null ? null : now.item?.properties[state]);
  const inputs = fields.map((field) => (
    <RecordField key={field.name} form={now} field={field} required={required.has(field.name) ? w.requiredByState : null} />
  ));
  if (name === 'kept' || name === 'validity') {
    return (
      <details class="record-part" data-group={name}>
        <summary>
          <h4>{w.groups[name]}</h4>
        </summary>
        {name === 'kept' && <p class="muted">{w.keptNote}</p>}
        <div class="record-fields">{inputs}</div>
      </details>
    );
  }
  return (
    <fieldset class="record-part" data-group={name}>
      <legend>{w.groups[name]}</legend>
      {name === 'life' && state !== null && <p class="muted">{w.lifeNote(fieldLabel(now.layer, state))}</p>}
      <div class="record-fields">{inputs}</div>
    </fieldset>
  );
}

function Overtaken({ now }: { now: FormState }) {
  const w = recordsWords();
  if (!now.item || !now.theirs) return null;
  const rows = differencesOf(now.item, now.theirs, readForm(now));
  const contested = rows.some((row) => row.contested);
  return (
    <div class="problem" role="alert" data-testid="record-conflict">
      <p>{contested ? w.conflictForm : w.conflictNone}</p>
      <Conflict layer={now.layer} rows={rows} choices={now.choices} onChoose={chooseFormSide} />
      <p class="actions">
        <button
          type="button"
          class="button small primary"
          disabled={!decided(rows, now.choices)}
          data-testid="settle-form"
          onClick={settleForm}
        >
          {w.settleForm}
        </button>
      </p>
    </div>
  );
}

function Bar({ now }: { now: FormState }) {
  const w = recordsWords();
  const id = useId();
  const changes = formChanges.value;
  // of a new one that lacks something it is said what, when it is pressed
  const isNew = now.item === null;
  return (
    <div class="book-bar records-bar">
      <p class={changes > 0 ? 'strong' : 'muted'} role="status" data-testid="form-changes">
        {now.busy ? w.saving : changes > 0 ? w.unsaved(changes) : w.noChanges}
      </p>
      <span class="reason">
        <label for={id}>{w.reason}</label>
        <input
          id={id}
          form={BAR}
          type="text"
          autocomplete="off"
          placeholder={w.reasonHint}
          data-testid="record-reason"
          value={now.reason}
          onInput={(event) => giveReason(event.currentTarget.value)}
        />
      </span>
      <button
        type="submit"
        form={BAR}
        class="button primary"
        data-testid="save-record"
        disabled={now.busy || now.theirs !== null || (!isNew && changes === 0)}
      >
        {w.save}
      </button>
    </div>
  );
}

function Body({ now }: { now: FormState }) {
  const w = recordsWords();
  const { layer, item } = now;
  const heading = useRef<HTMLHeadingElement>(null);
  const { faults } = now;
  useEffect(() => heading.current?.focus(), [layer, item?.id]);
  useEffect(() => {
    if (faults.size === 0 || document.activeElement?.closest('[data-field]')) return;
    const first = document.querySelector<HTMLElement>('.record-form [aria-invalid=true], .record-form [data-testid=record-fault-geometry]');
    first?.scrollIntoView({ block: 'center' });
    first?.focus({ preventScroll: true });
  }, [faults]);
  const name = item ? recordName(item) : w.newTitle(say(layerOf(layer)));
  return (
    <>
      <div class="book-scroll record-form">
        <header class="record-head">
          <h3 ref={heading} tabindex={-1} data-testid="record-name">
            {name}
          </h3>
          {item && (
            <p class="muted">
              {say(layerOf(layer))} {item.id}
            </p>
          )}
        </header>
        <Overtaken now={now} />
        {now.error && (
          <p class="problem" role="alert" data-testid="record-trouble">
            {w.notSaved(whyWords(now.error))}
          </p>
        )}
        <Position form={now} />
        <form
          id={BAR}
          class="record-groups"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          {groupsOf(layer)
            .filter(({ name }) => item !== null || (name !== 'kept' && name !== 'life'))
            .map((group) => (
              <Group key={group.name} now={now} name={group.name} fields={group.fields} />
            ))}
        </form>
        {item && <Photos layer={layer} id={item.id} />}
        {item && <History layer={layer} item={item} />}
        {item && <Remove layer={layer} item={item} />}
      </div>
      <Bar now={now} />
    </>
  );
}

export function Form({ id }: { id: string | null }) {
  const now = form.value;
  const error = formError.value;
  if (now) return <Body now={now} />;
  return (
    <div class="book-scroll">
      {error ? (
        <p class="problem" role="alert">
          {problemWords(error)}{' '}
          {id !== null && error.status !== 404 && (
            <button type="button" class="link" onClick={() => void openForm(recordsLayer.peek(), id)}>
              {words().retry}
            </button>
          )}
        </p>
      ) : (
        <p class="muted late">{words().loading}</p>
      )}
    </div>
  );
}
