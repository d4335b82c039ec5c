// What two people changed at the same time: before, theirs and mine, with the choice where it cannot be both.
import { useId } from 'preact/hooks';
import type { LayerName } from '../../../server/domain/layer.ts';
import { recordsWords } from '../../i18n/records/words.ts';
import type { Choices, Difference, Side } from '../../state/staff/recordsConflict.ts';
import { changeValue, fieldLabel } from './labels.ts';

interface ConflictProps {
  layer: LayerName;
  rows: readonly Difference[];
  choices: Choices;
  onChoose: (field: string, side: Side) => void;
}

function Choice({ layer, row, side, choices, onChoose, group }: ConflictProps & { row: Difference; side: Side; group: string }) {
  const w = recordsWords();
  const value = changeValue(layer, row.field, side === 'mine' ? row.mine : row.theirs);
  if (!row.contested) {
    const counts = side === 'mine' ? row.mine !== undefined : row.mine === undefined;
    return <td class={counts ? 'strong' : 'muted'}>{side === 'mine' && row.mine === undefined ? '' : value}</td>;
  }
  return (
    <td>
      <label>
        <input
          type="radio"
          name={`${group}-${row.field}`}
          data-testid={`keep-${side}-${row.field}`}
          checked={choices[row.field] === side}
          aria-label={`${fieldLabel(layer, row.field)}: ${w.keep[side]}, ${value}`}
          onChange={() => onChoose(row.field, side)}
        />
        <span>{value}</span>
      </label>
    </td>
  );
}

export function Conflict(props: ConflictProps) {
  const w = recordsWords();
  const group = useId();
  const { layer, rows } = props;
  return (
    <table class="conflict" data-testid="conflict">
      <thead>
        <tr>
          <th scope="col">{w.field}</th>
          <th scope="col">{w.base}</th>
          <th scope="col">{w.theirs}</th>
          <th scope="col">{w.mine}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.field} class={row.contested ? 'contested' : ''}>
            <th scope="row">{fieldLabel(layer, row.field)}</th>
            <td class="muted">{changeValue(layer, row.field, row.base)}</td>
            <Choice {...props} row={row} side="theirs" group={group} />
            <Choice {...props} row={row} side="mine" group={group} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}
