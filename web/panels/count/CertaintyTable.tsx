// Certain and possible; below them the sum over zones, which repeats households and is therefore kept apart.
import type { Certainty, ExposureReport } from '../../../server/domain/figure.ts';
import { CERTAINTIES } from '../../../server/domain/figure.ts';
import { count } from '../../i18n/format.ts';
import { words } from '../../i18n/t.ts';
import { openList } from '../../state/table.ts';
import { CertaintyMark } from '../shell/CertaintyMark.tsx';

function Row({ report, certainty }: { report: ExposureReport; certainty: Certainty }) {
  const figure = report.totals[certainty];
  return (
    <tr>
      <th scope="row">
        <CertaintyMark certainty={certainty} /> {words()[certainty]}
      </th>
      <td class="figure">
        <button type="button" class="number" onClick={() => openList('households', { certainty })} data-testid={`${certainty}-households`}>
          {count(figure.households)}
        </button>
      </td>
      <td class="figure">{count(figure.people)}</td>
      <td class="figure">{count(figure.vulnerable)}</td>
    </tr>
  );
}

export function CertaintyTable({ report }: { report: ExposureReport }) {
  const w = words();
  return (
    <section class="certainty">
      <table>
        <thead>
          <tr>
            <th scope="col">{w.judged}</th>
            <th scope="col">{w.columns.households}</th>
            <th scope="col">{w.columns.people}</th>
            <th scope="col">{w.vulnerableShort}</th>
          </tr>
        </thead>
        <tbody>
          {CERTAINTIES.map((certainty) => (
            <Row key={certainty} report={report} certainty={certainty} />
          ))}
        </tbody>
      </table>
      <p class="point-sum" title={w.pointSumNote}>
        <span>{w.pointSumTitle}</span>{' '}
        <span data-testid="point-sum">{w.pointSumLine(count(report.pointSum.households), count(report.pointSum.people))}</span>
      </p>
    </section>
  );
}
