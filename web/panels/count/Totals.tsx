// Right of Count: the distinct total, how sure it is, what is missing from it, and where it comes from.
import { useEffect } from 'preact/hooks';
import { announce } from '../../a11y/announce.ts';
import { count } from '../../i18n/format.ts';
import { problemWords } from '../../i18n/problem.ts';
import { words } from '../../i18n/t.ts';
import { totals } from '../../state/figures.ts';
import { openList } from '../../state/table.ts';
import { view } from '../../state/view.ts';
import { ByLayer, ByHazardType, ByTownship } from './Breakdowns.tsx';
import { CertaintyTable } from './CertaintyTable.tsx';
import { Gaps } from './Gaps.tsx';
import { InView } from './InView.tsx';

function People({ people }: { people: number | null }) {
  const w = words();
  const { base } = view.value;
  if (people !== null) return <b data-testid="total-people">{count(people)}</b>;
  return (
    <>
      <b data-testid="total-people">{count(null)}</b>
      <small class="reason">{w.noBaseData(w.bases[base])}</small>
    </>
  );
}

function Headline() {
  const w = words();
  const report = totals.state.value.data;
  if (!report) return null;
  const figure = report.totals;
  // The basis named is the one that was counted with, not the one just chosen.
  const basis = w.peopleBasis(w.bases[report.base], w.times[report.at]);
  return (
    <div class="headline">
      <button type="button" class="number" title={w.openHouseholds} onClick={() => openList('households')}>
        <span>{w.household}</span>
        <b data-testid="total-households">{count(figure.households)}</b>
      </button>
      <button type="button" class="number" title={w.openHouseholds} onClick={() => openList('households')}>
        <span>{basis}</span>
        <People people={figure.people} />
      </button>
      <button type="button" class="number second" onClick={() => openList('households')}>
        <span>{w.vulnerable}</span>
        <b data-testid="total-vulnerable">{count(figure.vulnerable)}</b>
      </button>
      <button type="button" class="number second" onClick={() => openList('schools')}>
        <span>{w.schoolsAnd[report.at]}</span>
        <b>
          <span data-testid="total-schools">{count(figure.schools)}</span> <small>{w.schoolUnit}</small>{' '}
          <span data-testid="total-students">{count(figure.students)}</span> <small>{w.person}</small>
        </b>
      </button>
    </div>
  );
}

export function Totals() {
  const w = words();
  const { data, loading, error } = totals.state.value;
  useEffect(() => {
    if (data) announce(w.figuresNow(count(data.totals.households), count(data.totals.people)), true);
  }, [data]);
  return (
    <aside class={`right ${loading && data ? 'stale' : ''}`} aria-busy={loading} aria-label={w.totalTitle}>
      <section class="totals">
        <h2>
          {w.totalTitle} <small>{w.totalDistinct}</small>
        </h2>
        {error && (
          <p class="problem" role="alert">
            {problemWords(error)}{' '}
            <button type="button" class="link" onClick={totals.retry}>
              {w.retry}
            </button>
          </p>
        )}
        {!data && loading && <p class="muted late">{w.loading}</p>}
        <Headline />
        {data && <InView />}
      </section>
      {data && (
        <>
          <CertaintyTable report={data} />
          <Gaps report={data} />
          <ByTownship />
          <ByLayer />
          <ByHazardType />
        </>
      )}
    </aside>
  );
}
