// One distance rule: what lies nearer than it allows, from which section, where along it.
import { isLayerName, type LayerName } from '../../../../server/domain/layer.ts';
import type { ProximityAnswer, ProximityRow } from '../../../api/checks.ts';
import { bookWords } from '../../../i18n/book/words.ts';
import { ABSENT, count, metres } from '../../../i18n/format.ts';
import { say } from '../../../i18n/t.ts';
import { selection } from '../../../state/selection.ts';
import { codeWord, zoneWords } from '../../card/labels.ts';
import { Icon } from '../../shell/Icon.tsx';
import { openBook } from '../../../state/view.ts';
import { showFeature } from '../showOnMap.ts';
import { Gaps } from './Gaps.tsx';

function Row({ row, layer, id }: { row: ProximityRow; layer: LayerName; id: string }) {
  const w = bookWords();
  const picked = selection.value.picked;
  const measured: Readonly<Record<string, string>> = w.measuredFrom;
  return (
    <tr
      class={picked?.layer === layer && picked.id === id ? 'picked' : ''}
      data-testid="check-row"
      onClick={() => void showFeature({ layer, id, zone: null, name: row.name, codes: row.kind ? { kind: row.kind } : {} }, row)}
    >
      <th scope="row">
        <button type="button">{row.name ?? zoneWords(row.subject, null)}</button>
        <span class="muted second">{row.kind ? codeWord(layer, 'kind', row.kind) : ''}</span>
      </th>
      <td class="figure">
        {row.inside ? <b>{w.inside}</b> : metres(row.distance_m)}
        <span class="muted second">{measured[row.measured_from] ?? row.measured_from}</span>
      </td>
      <td>
        {row.from_name ?? zoneWords(row.from, null)}
        <span class="muted second">
          {row.chainage ?? ABSENT} {row.bank ? w.banks[row.bank] : ''}
        </span>
      </td>
    </tr>
  );
}

export function Proximity({ check }: { check: ProximityAnswer }) {
  const w = bookWords();
  const limit = check.distance_m > 0 ? w.limit(metres(check.distance_m)) : w.limitInside;
  return (
    <div class="check" data-check={check.id}>
      <h4>
        <button type="button" class="link" onClick={() => openBook('rules', check.id)}>
          {say(check)} <Icon name="next" size={14} />
        </button>
        <span class="check-sum">
          <b data-testid="check-count">{w.found(count(check.rows.length))}</b>{' '}
          <span class="muted">{[limit, check.standard].filter(Boolean).join(w.list)}</span>
        </span>
      </h4>
      {check.rows.length === 0 ? (
        <p class="muted">{w.nothingFound}</p>
      ) : (
        <table class="check-table">
          <thead>
            <tr>
              <th scope="col">{w.subject}</th>
              <th scope="col" class="figure">
                {w.distance}
              </th>
              <th scope="col">
                {w.nearest}
                {w.list}
                {w.place}
              </th>
            </tr>
          </thead>
          <tbody>
            {check.rows.map((row) => {
              const layer = row.subject.slice(0, row.subject.indexOf(':'));
              return isLayerName(layer) ? (
                <Row key={row.subject + row.from} row={row} layer={layer} id={row.subject.slice(layer.length + 1)} />
              ) : null;
            })}
          </tbody>
        </table>
      )}
      <Gaps gaps={check.notAssessed} />
    </div>
  );
}
