// Houses over and beside a goaf by damage grade. A grade filters the list; houses without a grade say why.
import { signal } from '@preact/signals';
import { DAMAGE_GRADES, type DamageRow } from '../../../../server/domain/subsidenceDamage.ts';
import type { DamageReport } from '../../../api/checks.ts';
import { bookWords } from '../../../i18n/book/words.ts';
import { ABSENT, count, edgeMetres } from '../../../i18n/format.ts';
import { say } from '../../../i18n/t.ts';
import { language } from '../../../state/preferences.ts';
import { selection } from '../../../state/selection.ts';
import { codeWord, zoneWords } from '../../card/labels.ts';
import { Icon } from '../../shell/Icon.tsx';
import { showFeature } from '../showOnMap.ts';
import { Gaps } from './Gaps.tsx';

type Group = keyof DamageReport['counts'];
const GROUPS: readonly Group[] = [...DAMAGE_GRADES, 'not_covered', 'not_assessed'];
const STEP = 100;

const wanted = signal<Group | null>(null);
const shown = signal(STEP);

export const groupOf = (row: Pick<DamageRow, 'grade' | 'covered' | 'structure'>): Group =>
  row.grade ?? (row.covered || row.structure === null ? 'not_assessed' : 'not_covered');

const groupWords = (group: Group): string => {
  const w = bookWords();
  if (group === 'not_covered') return w.notCovered;
  return group === 'not_assessed' ? w.notAssessed : w.grades[group];
};

function Sums({ counts }: { counts: DamageReport['counts'] }) {
  const w = bookWords();
  const all = GROUPS.reduce((sum, group) => sum + counts[group], 0);
  return (
    <ul class="damage-sums" aria-label={w.total}>
      {([null, ...GROUPS] as const).map((group) => (
        <li key={group ?? 'all'}>
          <button
            type="button"
            aria-pressed={wanted.value === group}
            onClick={() => {
              wanted.value = group;
              shown.value = STEP;
            }}
          >
            <span>{group === null ? w.all : groupWords(group)}</span>
            <b data-group={group ?? 'all'}>{count(group === null ? all : counts[group])}</b>
          </button>
        </li>
      ))}
    </ul>
  );
}

const short = (value: number | null, digits: number): string =>
  value === null
    ? ABSENT
    : new Intl.NumberFormat(language.value, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);

function Row({ row }: { row: DamageRow }) {
  const w = bookWords();
  const picked = selection.value.picked;
  return (
    <tr
      class={picked?.layer === 'households' && picked.id === row.id ? 'picked' : ''}
      data-testid="damage-row"
      onClick={() => void showFeature({ layer: 'households', id: row.id, zone: null, name: row.address, codes: {} })}
    >
      <th scope="row">
        <button type="button">{row.address ?? row.id}</button>
        <span class="muted second">
          {row.id}
          {row.structure ? `${w.list}${codeWord('households', 'structure', row.structure)}` : ''}
        </span>
      </th>
      <td>
        {row.zone_name ?? zoneWords(row.zone, null)}
        <span class="muted second">
          {w.lines[row.line]} {row.distance_m < 0 ? '−' : ''}
          {edgeMetres(row.distance_m)}
        </span>
      </td>
      <td class="figure">
        {short(row.tilt, 1)} / {short(row.curvature, 2)} / {short(row.strain, 1)}
      </td>
      <td class="grade-cell">
        <b>{row.grade ? w.grades[row.grade] : ABSENT}</b>
        {row.reason && <span class="muted second">{say(row.reason)}</span>}
      </td>
    </tr>
  );
}

export function Damage({ report }: { report: DamageReport }) {
  const w = bookWords();
  const rows = wanted.value === null ? report.rows : report.rows.filter((row) => groupOf(row) === wanted.value);
  const rest = rows.length - shown.value;
  return (
    <>
      <Sums counts={report.counts} />
      {rows.length === 0 ? (
        <p class="muted">{w.nothingFound}</p>
      ) : (
        <table class="check-table damage">
          <thead>
            <tr>
              <th scope="col">{w.household}</th>
              <th scope="col">
                {w.zone}
                {w.list}
                {w.toGoaf}
              </th>
              <th scope="col" class="figure">
                {w.deformation}
              </th>
              <th scope="col">{w.grade}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown.value).map((row) => (
              <Row key={`${row.id} ${row.zone}`} row={row} />
            ))}
          </tbody>
        </table>
      )}
      {rest > 0 && (
        <p class="more">
          <button type="button" class="button small" onClick={() => (shown.value += STEP)}>
            {w.more(count(Math.min(STEP, rest)))}
          </button>
          <span class="muted">{w.shown(count(shown.value), count(rows.length))}</span>
        </p>
      )}
      <p class="audit muted">
        <Icon name="eye" size={16} /> {w.audited}
      </p>
      <Gaps gaps={report.notAssessed} />
    </>
  );
}
