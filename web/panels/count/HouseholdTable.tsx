// Households under threat. A row opens the why card; the map moves only by the card's own button.
import type { HouseholdRow } from '../../api/exposure.ts';
import { count } from '../../i18n/format.ts';
import { words } from '../../i18n/t.ts';
import { pickAlone, selection } from '../../state/selection.ts';
import { households } from '../../state/table.ts';
import { CertaintyMark } from '../shell/CertaintyMark.tsx';
import { ListFrame } from './ListFrame.tsx';
import { showMapTab } from '../../state/tabs.ts';
import { zonesOf } from './zoneNames.ts';

function open(row: HouseholdRow): void {
  pickAlone({ layer: 'households', id: row.id, zone: null, name: row.address, codes: {} });
  showMapTab();
}

export function HouseholdTable() {
  const w = words();
  const list = households.value;
  const picked = selection.value.picked;
  return (
    <ListFrame list={list}>
      <table class="list households">
        <thead>
          <tr>
            <th scope="col" class="c-id">
              {w.columns.id}
            </th>
            <th scope="col">{w.columns.address}</th>
            <th scope="col" class="figure">
              {w.columns.people}
            </th>
            <th scope="col" class="figure">
              {w.columns.vulnerable}
            </th>
            <th scope="col">{w.columns.certainty}</th>
            <th scope="col">{w.columns.zones}</th>
          </tr>
        </thead>
        <tbody>
          {list.rows.map((row) => (
            <tr
              key={row.id}
              class={picked?.layer === 'households' && picked.id === row.id ? 'picked' : ''}
              onClick={() => open(row)}
              data-testid="household-row"
            >
              <th scope="row" class="c-id">
                <button type="button">{row.id}</button>
              </th>
              <td class="c-wide">{row.address}</td>
              <td class="figure">{count(row.people)}</td>
              <td class="figure">{count(row.vulnerable)}</td>
              <td class="c-certainty">
                <CertaintyMark certainty={row.certainty} /> {w[row.certainty]}
              </td>
              <td class="c-wide muted-2">{zonesOf(row.zones)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ListFrame>
  );
}
