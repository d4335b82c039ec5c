// Which columns the table has.
import type { LayerName } from '../../../../server/domain/layer.ts';
import { recordsWords } from '../../../i18n/records/words.ts';
import { say } from '../../../i18n/t.ts';
import { columnFields } from '../../../state/staff/recordsFields.ts';
import { chooseColumns, columnsOf } from '../../../state/staff/recordsList.ts';

function toggle(layer: LayerName, name: string, on: boolean): void {
  const now = columnsOf(layer);
  chooseColumns(layer, on ? [...now, name] : now.filter((one) => one !== name));
}

/** Escape closes the list and not the records. */
function onKey(event: KeyboardEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (event.key !== 'Escape' || !details.open) return;
  event.preventDefault();
  details.open = false;
  details.querySelector('summary')?.focus();
}

export function Chooser({ layer }: { layer: LayerName }) {
  const w = recordsWords();
  const chosen = columnsOf(layer);
  return (
    <details
      class="chooser"
      onKeyDown={onKey}
      onFocusOut={(event) => {
        const to = event.relatedTarget;
        if (to instanceof Node && !event.currentTarget.contains(to)) event.currentTarget.open = false;
      }}
    >
      <summary class="button small" data-testid="choose-columns">
        {w.columns}
      </summary>
      <fieldset class="floating">
        <legend class="sr-only">{w.columns}</legend>
        <ul>
          {columnFields(layer).map((field) => (
            <li key={field.name}>
              <label>
                <input
                  type="checkbox"
                  name={field.name}
                  checked={chosen.includes(field.name)}
                  onChange={(event) => toggle(layer, field.name, event.currentTarget.checked)}
                />
                {say(field)}
              </label>
            </li>
          ))}
        </ul>
        <button type="button" class="link" onClick={() => chooseColumns(layer, null)}>
          {w.columnsReset}
        </button>
      </fieldset>
    </details>
  );
}
