// Which column was taken for which field, to be corrected: a list per field, and per column that no field took.
import { useId } from 'preact/hooks';
import type { LayerName } from '../../../server/domain/layer.ts';
import { importWords } from '../../i18n/import/words.ts';
import { choice, columns, mapField, mapping, report, stage } from '../../state/staff/importing.ts';
import { fieldLabel, mappableFields } from './fieldLabel.ts';

/** A list's values: by name, no column, or a column, whatever it is called. */
const valueOf = (column: string | undefined) => (column === undefined ? 'auto' : column === '' ? 'none' : `column ${column}`);
const columnOf = (value: string) => (value === 'auto' ? null : value === 'none' ? '' : value.slice('column '.length));

function FieldRow({ layer, field }: { layer: LayerName; field: string }) {
  const w = importWords();
  const id = useId();
  const column = mapping.value[field];
  const changed = report.value !== null && (report.value.mapping[field] ?? '') !== (column ?? '');
  return (
    <tr data-field={field} class={changed ? 'changed' : ''}>
      <th scope="row">
        <label for={id}>{fieldLabel(layer, field)}</label>
      </th>
      <td>
        <select
          id={id}
          data-testid={`column-of-${field}`}
          value={valueOf(column)}
          onChange={(event) => mapField(field, columnOf(event.currentTarget.value))}
        >
          <option value="auto">{w.byName}</option>
          <option value="none">{w.noColumn}</option>
          {columns.value.map((name) => (
            <option key={name} value={valueOf(name)}>
              {name}
            </option>
          ))}
        </select>
      </td>
    </tr>
  );
}

function ColumnRow({ layer, column, free }: { layer: LayerName; column: string; free: readonly string[] }) {
  const w = importWords();
  const id = useId();
  return (
    <tr data-column={column}>
      <th scope="row">
        <label for={id}>{column}</label>
      </th>
      <td>
        <select id={id} data-testid="field-of-column" value="" onChange={(event) => mapField(event.currentTarget.value, column)}>
          <option value="">{report.value ? w.keepInExtra : w.byName}</option>
          {free.map((field) => (
            <option key={field} value={field}>
              {fieldLabel(layer, field)}
            </option>
          ))}
        </select>
      </td>
    </tr>
  );
}

function Head({ left, right }: { left: string; right: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{left}</th>
        <th scope="col">{right}</th>
      </tr>
    </thead>
  );
}

export function Columns() {
  const w = importWords();
  const { layer } = choice.value;
  if (columns.value.length === 0 || stage.value.at === 'running') return null;
  const all = mappableFields(layer);
  const taken = all.filter((field) => mapping.value[field] !== undefined);
  const free = all.filter((field) => mapping.value[field] === undefined);
  const used = new Set(Object.values(mapping.value));
  const left = columns.value.filter((name) => !used.has(name));
  return (
    <section class="import-part" aria-labelledby="import-columns" data-testid="import-columns">
      <h3 id="import-columns" tabindex={-1}>
        {report.value ? w.columnsTitle : w.columnsNeeded} <small class="muted">{report.value ? w.columnsNote : w.columnsNeededNote}</small>
      </h3>
      {left.length > 0 && (
        <table class="import-table columns unmapped">
          {report.value && (
            <caption>
              {w.unmappedTitle(left.length)} <small class="muted block">{w.unmappedNote}</small>
            </caption>
          )}
          <Head left={w.theirColumn} right={w.ourField} />
          <tbody>
            {left.map((column) => (
              <ColumnRow key={column} layer={layer} column={column} free={free} />
            ))}
          </tbody>
        </table>
      )}
      {taken.length > 0 && (
        <table class="import-table columns">
          <Head left={w.ourField} right={w.theirColumn} />
          <tbody>
            {taken.map((field) => (
              <FieldRow key={field} layer={layer} field={field} />
            ))}
          </tbody>
        </table>
      )}
      <details class="import-more">
        <summary>{w.otherFields(free.length)}</summary>
        <table class="import-table columns">
          <Head left={w.ourField} right={w.theirColumn} />
          <tbody>
            {free.map((field) => (
              <FieldRow key={field} layer={layer} field={field} />
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
