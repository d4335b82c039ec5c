// Published figures by township: the text alternative of the public map. Suppressed cells say so in words.
import type { PublishedFigures } from '../../../server/domain/service.ts';
import { ABSENT, count } from '../../i18n/format.ts';
import { words } from '../../i18n/t.ts';
import { flyToBounds } from '../../map/camera.ts';
import { townships } from '../../state/places.ts';

type Row = PublishedFigures['byTownship'][number];

/** Of vulnerable people a cell is held back below ten, of households below five. */
function Cell({ value, suppressed }: { value: number | null; suppressed?: boolean | undefined }) {
  if (value !== null) return <td class="figure">{count(value)}</td>;
  return <td class="figure muted">{suppressed ? words().suppressedShort : ABSENT}</td>;
}

function Township({ row }: { row: Row }) {
  const place = townships.value.find((each) => each.code === row.code);
  const w = words();
  const hidden = row.suppressed === true && row.households === null;
  return (
    <tr>
      <th scope="row">
        {place ? (
          <button type="button" class="link" onClick={() => flyToBounds(place.bounds)}>
            {row.name}
          </button>
        ) : (
          row.name
        )}
      </th>
      {hidden ? (
        <td class="muted suppressed" colSpan={3}>
          {w.suppressed}
        </td>
      ) : (
        <>
          <Cell value={row.households} />
          <Cell value={row.people} />
          <Cell value={row.vulnerable} suppressed={row.suppressed} />
        </>
      )}
    </tr>
  );
}

export function PublishedTable({ figures }: { figures: PublishedFigures }) {
  const w = words();
  return (
    <table class="published-table" data-testid="published-table">
      <thead>
        <tr>
          <th scope="col">{w.townshipColumn}</th>
          <th scope="col">{w.columns.households}</th>
          <th scope="col">{w.columns.people}</th>
          <th scope="col">{w.columns.vulnerable}</th>
        </tr>
      </thead>
      <tbody>
        {figures.byTownship.map((row) => (
          <Township key={row.code} row={row} />
        ))}
      </tbody>
    </table>
  );
}
