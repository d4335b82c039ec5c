// The public's panel: an answer in words first, the map confirms it.
import { count, day } from '../../i18n/format.ts';
import { problemWords } from '../../i18n/problem.ts';
import { say, words } from '../../i18n/t.ts';
import { published } from '../../state/figures.ts';
import { here } from '../../state/here.ts';
import { clearSelection } from '../../state/selection.ts';
import { config, isEmpty, layerCounts } from '../../state/service.ts';
import { Empty } from '../shell/Empty.tsx';
import { Search } from '../shell/Search.tsx';
import { Here } from './Here.tsx';
import { PublishedTable } from './PublishedTable.tsx';

function District() {
  const w = words();
  const now = config.value;
  const counts = layerCounts.value;
  if (!now) return null;
  const zones = counts.get('danger-zones') ?? 0;
  const district = say(now.district);
  return (
    <div class="answer" data-testid="answer">
      <h1>{zones > 0 ? w.lookTitle(district, zones) : w.lookTitleNone(district)}</h1>
      <p>
        {w.lookShows(count(counts.get('hazard-points') ?? 0), count(counts.get('river-sections') ?? 0), count(counts.get('shelters') ?? 0))}
      </p>
    </div>
  );
}

function Published() {
  const w = words();
  const { data, error, loading } = published.state.value;
  return (
    <section class="published" aria-labelledby="published-title">
      <h2 id="published-title">{w.publishedTitle}</h2>
      {error && (
        <p class="problem">
          {error.status === 503 ? w.publishedNone : problemWords(error)}{' '}
          {error.status !== 503 && (
            <button type="button" class="link" onClick={published.retry}>
              {w.retry}
            </button>
          )}
        </p>
      )}
      {!data && loading && <p class="muted late">{w.loading}</p>}
      {data && (
        <>
          <p class="published-total" data-testid="published-total">
            {w.publishedTotal(count(data.totals.households), count(data.totals.people))}
          </p>
          <PublishedTable figures={data} />
          <p class="muted">
            {w.publishedNote} <span class="nowrap">{w.publishedOn(day(data.publishedAt))}</span>
          </p>
        </>
      )}
    </section>
  );
}

export function Look() {
  const w = words();
  const asked = here.value !== null;
  return (
    <section class="look-panel">
      <Search />
      <div class="look-scroll">
        {isEmpty.value ? <Empty /> : asked ? <Here /> : <District />}
        {asked && (
          <button
            type="button"
            class="button"
            onClick={() => {
              here.value = null;
              clearSelection();
            }}
          >
            {w.wholePicture}
          </button>
        )}
        {!isEmpty.value && <Published />}
      </div>
    </section>
  );
}
