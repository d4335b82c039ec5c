// Schools under threat.
import type { SchoolRow } from '../../api/exposure.ts';
import { count } from '../../i18n/format.ts';
import { words } from '../../i18n/t.ts';
import { pickAlone, selection } from '../../state/selection.ts';
import { townships } from '../../state/places.ts';
import { schools } from '../../state/table.ts';
import { CertaintyMark } from '../shell/CertaintyMark.tsx';
import { ListFrame } from './ListFrame.tsx';
import { showMapTab } from '../../state/tabs.ts';
import { zonesOf } from './zoneNames.ts';

function open(row: SchoolRow): void {
  pickAlone({ layer: 'schools', id: row.id, zone: null, name: row.name, codes: {} });
  showMapTab();
}

export function SchoolTable() {
  const w = words();
  const list = schools.value;
  const picked = selection.value.picked;
  return (
    <ListFrame list={list}>
      <table class="list schools">
        <thead>
          <tr>
            <th scope="col">{w.columns.school}</th>
            <th scope="col">{w.columns.township}</th>
            <th scope="col" class="figure">
              {w.columns.students}
            </th>
            <th scope="col">{w.columns.certainty}</th>
            <th scope="col">{w.columns.zones}</th>
          </tr>
        </thead>
        <tbody>
          {list.rows.map((row) => (
            <tr
              key={row.id}
              class={picked?.layer === 'schools' && picked.id === row.id ? 'picked' : ''}
              onClick={() => open(row)}
              data-testid="school-row"
            >
              <th scope="row" class="c-wide">
                <button type="button">{row.name ?? row.id}</button>
              </th>
              <td>{townships.value.find((place) => place.code === row.township)?.name ?? row.township}</td>
              <td class="figure">{count(row.students)}</td>
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
