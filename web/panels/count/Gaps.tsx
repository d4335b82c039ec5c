// What the totals do not contain, said beside them.
import { signal } from '@preact/signals';
import type { ExposureReport } from '../../../server/domain/figure.ts';
import { count } from '../../i18n/format.ts';
import { say, words } from '../../i18n/t.ts';
import { unlocatedOpen } from '../../state/staff/unlocatedView.ts';
import { Icon } from '../shell/Icon.tsx';

const FIRST = 2;
const whole = signal(false);

function NotAssessed({ report }: { report: ExposureReport }) {
  const w = words();
  // Words come with the details; a bare code is better than silence.
  const said = report.notAssessedDetails.length > 0 ? report.notAssessedDetails.map(say) : report.notAssessed;
  const shown = whole.value ? said : said.slice(0, FIRST);
  return (
    <>
      {said.length === 0 && w.nothingUnassessed}
      {shown.map((line) => (
        <span class="line" key={line}>
          {line}
        </span>
      ))}
      {said.length > FIRST && (
        <button type="button" class="link" onClick={() => (whole.value = !whole.value)}>
          {whole.value ? w.fewerOf : w.moreOf(said.length - FIRST)}
        </button>
      )}
    </>
  );
}

/** How many have no position: the way to the list of them, where there are any. */
function Unlocated({ report }: { report: ExposureReport }) {
  const { households, people } = report.unlocated;
  const line = <span data-testid="unlocated">{words().unlocatedLine(count(households), count(people))}</span>;
  if (!households) return line;
  return (
    <button
      type="button"
      class="link"
      id="unlocated-switch"
      aria-expanded={unlocatedOpen.value}
      data-testid="open-unlocated"
      onClick={() => (unlocatedOpen.value = true)}
    >
      {line}
    </button>
  );
}

export function Gaps({ report }: { report: ExposureReport }) {
  const w = words();
  return (
    <section class="gaps">
      <p>
        <Icon name="target" size={16} />
        <span>
          <b>{w.unlocated}</b> <Unlocated report={report} />
        </span>
      </p>
      <p>
        <Icon name="unknown" size={16} />
        <span>
          <b>{w.accuracyUnknown}</b>{' '}
          <span data-testid="accuracy-unknown">{w.accuracyUnknownLine(count(report.accuracyUnknown.households))}</span>
        </span>
      </p>
      <p>
        <Icon name="warn" size={16} />
        <span data-testid="not-assessed">
          <b>{w.notAssessed}</b> <NotAssessed report={report} />
        </span>
      </p>
    </section>
  );
}
