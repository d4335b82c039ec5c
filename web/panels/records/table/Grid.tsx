// The rows of a layer as a grid: arrow keys move the cell, Enter opens its input, changed cells are marked until they are stored.
import { useComputed } from '@preact/signals';
import { useLayoutEffect } from 'preact/hooks';
import type { Field } from '../../../../server/domain/field.ts';
import type { LayerName } from '../../../../server/domain/layer.ts';
import { layerOf } from '../../../../server/domain/layer.ts';
import type { Item } from '../../../api/features.ts';
import { count } from '../../../i18n/format.ts';
import { recordsWords } from '../../../i18n/records/words.ts';
import { say } from '../../../i18n/t.ts';
import { edits, type RowEdit } from '../../../state/staff/recordsEdits.ts';
import { columnFields, isEditable } from '../../../state/staff/recordsFields.ts';
import { columnsOf, list } from '../../../state/staff/recordsList.ts';
import { outcomes } from '../../../state/staff/recordsSave.ts';
import { openRecord } from '../../../state/staff/recordsView.ts';
import { recordName, shownValue, unitOf } from '../labels.ts';
import { CellEditor } from './CellEditor.tsx';
import { editing, ID_COLUMN, keepTabStop, noteFocus, startEditing, type CellName } from './cells.ts';
import { onGridKey } from './gridKeys.ts';

const isFigure = ({ type }: Field): boolean => type === 'integer' || type === 'number';

/** A value in a cell: the unit stands in the head of its column. */
function cellText(field: Field, value: Item['properties'][string] | undefined): string {
  if (isFigure(field) && typeof value === 'number') return count(value);
  return shownValue(field, value) ?? '';
}

interface CellProps {
  layer: LayerName;
  item: Item;
  field: Field;
  edit: RowEdit | undefined;
  columns: readonly string[];
}

function Cell({ layer, item, field, edit, columns }: CellProps) {
  const w = recordsWords();
  const cell: CellName = { row: item.id, column: field.name };
  const open = useComputed(() => {
    const now = editing.value;
    return now?.row === item.id && now.column === field.name ? now : null;
  }).value;
  const changed = edit !== undefined && field.name in edit.values;
  const value = changed ? edit.values[field.name] : item.properties[field.name];
  const editable = isEditable(layer, field);
  const was = changed ? w.was(cellText(field, edit.item.properties[field.name]) || w.empty) : undefined;
  return (
    <td
      role="gridcell"
      data-column={field.name}
      class={[isFigure(field) ? 'figure' : '', changed ? 'changed' : '', open ? 'editing' : ''].join(' ')}
      aria-readonly={!editable}
      title={was ?? (editable || !field.codes ? undefined : w.lifeOnly)}
      tabindex={-1}
      onDblClick={() => startEditing(cell)}
      onFocus={() => noteFocus(cell)}
    >
      {open ? (
        <CellEditor now={open} field={field} columns={columns} />
      ) : (
        <>
          {cellText(field, value)}
          {was !== undefined && <span class="sr-only"> {was}</span>}
        </>
      )}
    </td>
  );
}

function Row({ layer, item, fields, columns }: { layer: LayerName; item: Item; fields: readonly Field[]; columns: readonly string[] }) {
  const w = recordsWords();
  const edit = useComputed(() => edits.value.get(item.id)).value;
  const outcome = useComputed(() => outcomes.value.get(item.id)?.kind).value;
  return (
    <tr data-row={item.id} data-testid="record-row" class={outcome && outcome !== 'saved' ? 'refused' : edit ? 'changed' : ''}>
      <th scope="row" role="rowheader">
        <button
          type="button"
          class="link"
          data-column={ID_COLUMN}
          data-testid="open-record"
          aria-label={w.openRow(`${recordName(item)} ${item.id}`)}
          tabindex={-1}
          onFocus={() => noteFocus({ row: item.id, column: ID_COLUMN })}
          onClick={() => openRecord(layer, item.id)}
        >
          {item.id}
        </button>
      </th>
      {fields.map((field) => (
        <Cell key={field.name} layer={layer} item={item} field={field} edit={edit} columns={columns} />
      ))}
    </tr>
  );
}

export function Grid({ layer }: { layer: LayerName }) {
  const w = recordsWords();
  const { rows, total, loading } = list.value;
  const shown = new Set(columnsOf(layer));
  const fields = columnFields(layer).filter(({ name }) => shown.has(name));
  // the usual columns come in their own order, others behind them in the layer's
  const order = columnsOf(layer);
  fields.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  const columns = [ID_COLUMN, ...fields.map(({ name }) => name)];
  useLayoutEffect(keepTabStop);
  return (
    <table
      role="grid"
      class={`records-grid${loading ? ' stale' : ''}`}
      aria-label={w.gridLabel(say(layerOf(layer)))}
      aria-rowcount={total ?? -1}
      aria-colcount={columns.length}
      data-testid="records-grid"
      onKeyDown={(event) => onGridKey(event, columns)}
    >
      <thead>
        <tr>
          <th scope="col">{w.idColumn}</th>
          {fields.map((field) => (
            <th key={field.name} scope="col" class={isFigure(field) ? 'figure' : ''}>
              {say(field)}
              {unitOf(field) && <small> {unitOf(field)}</small>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((item) => (
          <Row key={item.id} layer={layer} item={item} fields={fields} columns={columns} />
        ))}
      </tbody>
    </table>
  );
}
