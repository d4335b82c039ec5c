// Rows of the same name at the same place, side by side.
import type { PossibleDuplicate } from '../../../server/domain/importReport.ts';
import { count } from '../../i18n/format.ts';
import { importWords } from '../../i18n/import/words.ts';
import { rowsOnMap, showRow } from '../../state/staff/importOverlay.ts';

function Row({ row, id }: { row: number; id: string }) {
  const w = importWords();
  return (
    <li>
      {rowsOnMap.value.has(row) ? (
        <button type="button" class="link" title={w.onMap} onClick={() => showRow(row)}>
          {w.row(row)}
        </button>
      ) : (
        w.row(row)
      )}{' '}
      <span class="muted-2">{id}</span>
    </li>
  );
}

export function Duplicates({ groups }: { groups: readonly PossibleDuplicate[] }) {
  const w = importWords();
  return (
    <section class="import-part" aria-labelledby="import-duplicates" data-testid="import-duplicates">
      <h3 id="import-duplicates">
        {w.duplicatesTitle(count(groups.length))} <small class="muted">{w.duplicatesNote}</small>
      </h3>
      <ul class="duplicates">
        {groups.map(({ name, rows }) => (
          <li key={`${name} ${rows[0]?.row}`}>
            <b>{name}</b>
            <ul>
              {rows.map((one) => (
                <Row key={one.row} {...one} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
