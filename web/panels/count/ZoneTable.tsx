// Zones and their own figures. The column is not summed: households in several zones stand in each of them.
import { signal } from '@preact/signals';
import type { ZoneFigure } from '../../../server/domain/figure.ts';
import { layerOf } from '../../../server/domain/layer.ts';
import { count } from '../../i18n/format.ts';
import { say, words } from '../../i18n/t.ts';
import { pickAlone, selection } from '../../state/selection.ts';
import { codeWord, zoneWords } from '../card/labels.ts';
import { CandidateIcon } from '../card/CandidateIcon.tsx';
import { shownZones } from './shownZones.ts';
import { showMapTab } from '../../state/tabs.ts';

const STEP = 200; // thousands of point areas: enough rows to read, few enough to draw at once
const shown = signal(STEP);

const candidate = (row: ZoneFigure) => ({
  layer: row.layer,
  id: row.zone.slice(row.layer.length + 1),
  zone: row.zone,
  name: row.name,
  codes: {},
});

function open(row: ZoneFigure): void {
  pickAlone(candidate(row));
  showMapTab();
}

export function ZoneTable() {
  const w = words();
  const zones = shownZones.value;
  if (!zones) return <p class="muted late pad">{w.loading}</p>;
  if (zones.length === 0) return <p class="pad">{w.tableEmpty}</p>;
  const rows = zones.slice(0, shown.value);
  const rest = zones.length - rows.length;
  const picked = selection.value.picked;
  return (
    <>
      <table class="list zones">
        <thead>
          <tr>
            <th scope="col">{w.columns.zone}</th>
            <th scope="col">{w.columns.source}</th>
            <th scope="col">{w.columns.grade}</th>
            <th scope="col" class="figure">
              {w.columns.households}
            </th>
            <th scope="col" class="figure">
              {w.columns.people}
            </th>
            <th scope="col" class="figure">
              {w.columns.vulnerable}
            </th>
            <th scope="col" class="figure">
              {w.columns.schools}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.zone} class={picked?.zone === row.zone ? 'picked' : ''} onClick={() => open(row)} data-testid="zone-row">
              <th scope="row" class="c-wide">
                <button type="button">
                  <CandidateIcon candidate={candidate(row)} /> {zoneWords(row.zone, row.name)}
                </button>
              </th>
              <td>{say(layerOf(row.layer))}</td>
              <td>{row.grade ? codeWord('threatened-areas', 'grade', row.grade) : w.gradeNone}</td>
              <td class="figure">{count(row.households)}</td>
              <td class="figure">{count(row.people)}</td>
              <td class="figure">{count(row.vulnerable)}</td>
              <td class="figure">{count(row.schools)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <p class="more">
          <button type="button" class="button small" onClick={() => (shown.value += STEP)}>
            {w.showMore(Math.min(STEP, rest))}
          </button>
          <span class="muted">{w.shownOf(count(rows.length), count(zones.length))}</span>
        </p>
      )}
    </>
  );
}
