// After saving: what became of each row. A row that was not taken says why, and a conflict is settled here.
import type { LayerName } from '../../../../server/domain/layer.ts';
import { whyWords } from '../../../i18n/problem.ts';
import { recordsWords } from '../../../i18n/records/words.ts';
import { decided, differencesOf } from '../../../state/staff/recordsConflict.ts';
import { edits } from '../../../state/staff/recordsEdits.ts';
import { chooseSide, dismiss, outcomes, saving, settleConflict, type Outcome } from '../../../state/staff/recordsSave.ts';
import { Icon } from '../../shell/Icon.tsx';
import { Conflict } from '../Conflict.tsx';
import { faultSentence, fieldLabel, recordName } from '../labels.ts';

interface OutcomeProps<Kind extends Outcome['kind']> {
  layer: LayerName;
  outcome: Extract<Outcome, { kind: Kind }>;
}

function Conflicting({ layer, outcome }: OutcomeProps<'conflict'>) {
  const w = recordsWords();
  const { item, theirs, choices } = outcome;
  const rows = differencesOf(item, theirs, { values: edits.value.get(item.id)?.values ?? {} });
  return (
    <>
      <p>{w.conflictRow}</p>
      <Conflict layer={layer} rows={rows} choices={choices} onChoose={(field, side) => chooseSide(item.id, field, side)} />
      <p class="actions">
        <button
          type="button"
          class="button small primary"
          disabled={!decided(rows, choices) || saving.value}
          data-testid="settle"
          onClick={() => void settleConflict(item.id)}
        >
          {w.settle}
        </button>
        <button type="button" class="button small" data-testid="give-up-row" onClick={() => dismiss(item.id)}>
          {w.giveUpRow}
        </button>
      </p>
    </>
  );
}

const nameOf = (pointer: string): string => pointer.slice(pointer.lastIndexOf('/') + 1);

function Refused({ layer, outcome }: OutcomeProps<'refused'>) {
  const w = recordsWords();
  const { faults, error } = outcome;
  if (faults.length === 0) return <p>{w.refusedRow(whyWords(error))}</p>;
  return (
    <ul>
      {faults.map((fault) => (
        <li key={fault.pointer + fault.code}>
          {fieldLabel(layer, nameOf(fault.pointer))}: {faultSentence(layer, nameOf(fault.pointer), fault)}
        </li>
      ))}
    </ul>
  );
}

export function Outcomes({ layer }: { layer: LayerName }) {
  const w = recordsWords();
  const all = [...outcomes.value.values()];
  const saved = all.filter(({ kind }) => kind === 'saved').length;
  const others = all.filter(({ kind }) => kind !== 'saved');
  if (all.length === 0) return null;
  return (
    <section class="outcomes" aria-label={w.outcomesTitle} data-testid="outcomes">
      {saved > 0 && (
        <p class="done" role="status" data-testid="saved-rows">
          <Icon name="check" size={16} /> {w.savedRows(saved)}
        </p>
      )}
      {others.map((outcome) => (
        <div class="problem" role="alert" key={outcome.item.id} data-testid={`outcome-${outcome.kind}`} data-id={outcome.item.id}>
          <p>
            <b>{recordName(outcome.item)}</b> <span class="muted">{outcome.item.id}</span>
          </p>
          {outcome.kind === 'conflict' && <Conflicting layer={layer} outcome={outcome} />}
          {outcome.kind === 'refused' && <Refused layer={layer} outcome={outcome} />}
          {outcome.kind === 'gone' && (
            <p>
              {w.goneRow}{' '}
              <button type="button" class="link" onClick={() => dismiss(outcome.item.id)}>
                {w.dismiss}
              </button>
            </p>
          )}
        </div>
      ))}
    </section>
  );
}
