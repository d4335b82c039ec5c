// The records beside the map: the table of a layer, the form of one feature, a new one, what was removed. Escape goes one step back.
import { effect, untracked } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import '../../styles/book.css';
import '../../styles/records.css';
import '../../styles/records-table.css';
import '../../styles/records-form.css';
import { layerOf, type LayerName } from '../../../server/domain/layer.ts';
import { announce } from '../../a11y/announce.ts';
import { recordsWords } from '../../i18n/records/words.ts';
import { say } from '../../i18n/t.ts';
import { revision, user } from '../../state/service.ts';
import { RECORD_LAYERS } from '../../state/staff/recordsFields.ts';
import { closeForm, form, openForm, openNewForm, renewForm } from '../../state/staff/recordsForm.ts';
import { followList } from '../../state/staff/recordsList.ts';
import { cancelPointing, followPointing, forgetPosition, pointing } from '../../state/staff/recordsPosition.ts';
import { closeRecords, recordsLayer, recordsOpen, recordsPage, showRecords } from '../../state/staff/recordsView.ts';
import { Icon } from '../shell/Icon.tsx';
import { useEscape } from '../shell/useEscape.ts';
import { Form } from './form/Form.tsx';
import { guardUnsaved, Leaving, unsaved } from './Leaving.tsx';
import { followMark } from './mark.ts';
import { NewRecord } from './NewRecord.tsx';
import { followOwner } from './owner.ts';
import { PlacingTag } from './PlacingTag.tsx';
import { Removed } from './Removed.tsx';
import { Table } from './table/Table.tsx';

/** Reads what the form is opened for; while another panel takes the place, what is typed waits. */
function followForm(): void {
  effect(() => {
    const page = recordsPage.value;
    const layer = recordsLayer.value;
    const there = recordsOpen.value && user.value !== null;
    untracked(() => {
      if (!there) {
        forgetPosition();
        if (user.peek() && unsaved.peek() > 0) announce(recordsWords().kept(unsaved.peek()));
        return;
      }
      const now = form.peek();
      if (page.at !== 'form') {
        forgetPosition();
        closeForm();
      } else if (now?.layer !== layer || (now.item?.id ?? null) !== page.id) {
        forgetPosition();
        if (page.id === null) openNewForm(layer);
        else void openForm(layer, page.id);
      }
    });
  });
  effect(() => {
    void revision.value;
    untracked(() => void renewForm());
  });
}

guardUnsaved();
followOwner();
followList();
followForm();
followPointing();
followMark();

function close(): void {
  closeRecords(() => document.getElementById('records-switch')?.focus());
}

/** One step back: the place that is being chosen, the form, the records. */
function back(): void {
  if (pointing.peek()) cancelPointing();
  else if (recordsPage.peek().at === 'table') close();
  else showRecords(recordsLayer.peek(), { at: 'table' });
}

function LayerChoice() {
  const w = recordsWords();
  return (
    <select
      aria-label={w.layer}
      data-testid="records-layer"
      value={recordsLayer.value}
      onChange={(event) => {
        const layer = event.currentTarget.value as LayerName;
        // until it is agreed to, the list shows the layer that is still in hand
        event.currentTarget.value = recordsLayer.peek();
        showRecords(layer, recordsPage.peek().at === 'removed' ? { at: 'removed' } : { at: 'table' });
      }}
    >
      {RECORD_LAYERS.map((layer) => (
        <option key={layer} value={layer}>
          {say(layerOf(layer))}
        </option>
      ))}
    </select>
  );
}

function Head() {
  const w = recordsWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const { at } = recordsPage.value;
  const layer = recordsLayer.value;
  useEffect(() => {
    if (recordsPage.peek().at === 'table') heading.current?.focus();
  }, [at]);
  return (
    <header class="book-head records-head">
      {at !== 'table' && (
        <button
          type="button"
          class="quiet"
          aria-label={w.toTable}
          title={w.toTable}
          data-testid="to-table"
          onClick={() => showRecords(layer, { at: 'table' })}
        >
          <Icon name="back" size={18} />
        </button>
      )}
      <h2 ref={heading} tabindex={-1}>
        {w.title}
      </h2>
      <LayerChoice />
      <span class="spread" />
      <button
        type="button"
        class="button small"
        aria-pressed={at === 'new'}
        data-testid="new-record-button"
        onClick={() => showRecords(layer, { at: 'new' })}
      >
        <Icon name="plus" size={16} /> {w.add}
      </button>
      <button
        type="button"
        class="button small"
        aria-pressed={at === 'removed'}
        data-testid="open-removed"
        onClick={() => showRecords(layer, { at: 'removed' })}
      >
        {w.removedList}
      </button>
      <button type="button" class="quiet" aria-label={w.close} title={`${w.close} Esc`} data-testid="close-records" onClick={close}>
        <Icon name="close" size={18} />
      </button>
    </header>
  );
}

export function Records() {
  const w = recordsWords();
  const page = recordsPage.value;
  const layer = recordsLayer.value;
  useEscape(back);
  return (
    <>
      <aside class={`book records${pointing.value ? ' away' : ''}`} data-testid="records" data-page={page.at} aria-label={w.title}>
        <Head />
        {page.at === 'table' && <Table layer={layer} />}
        {page.at === 'form' && <Form id={page.id} />}
        {page.at === 'new' && <NewRecord layer={layer} />}
        {page.at === 'removed' && <Removed layer={layer} />}
        <Leaving />
      </aside>
      {pointing.value && <PlacingTag />}
    </>
  );
}
