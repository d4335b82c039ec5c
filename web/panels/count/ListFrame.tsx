// What every list shares: loading, failure, emptiness, and the button for the next page.
import type { ComponentChildren } from 'preact';
import { count } from '../../i18n/format.ts';
import { problemWords } from '../../i18n/problem.ts';
import { words } from '../../i18n/t.ts';
import { PAGE_SIZE } from '../../api/exposure.ts';
import { readMore, type List } from '../../state/table.ts';
import { clearFilters, filtersOn } from '../../state/view.ts';

export function ListFrame<Row>({ list, children }: { list: List<Row>; children: ComponentChildren }) {
  const w = words();
  const { rows, total, next, loading, error } = list;
  if (error) {
    return (
      <p class="problem pad" role="alert">
        {problemWords(error)}{' '}
        <button type="button" class="link" onClick={readMore}>
          {w.retry}
        </button>
      </p>
    );
  }
  if (rows.length === 0 && loading) return <p class="muted late pad">{w.loading}</p>;
  if (rows.length === 0) {
    return (
      <p class="pad">
        {w.tableEmpty}{' '}
        {filtersOn.value && (
          <button type="button" class="link" onClick={clearFilters}>
            {w.clearFilters}
          </button>
        )}
      </p>
    );
  }
  return (
    <div class={loading ? 'stale' : ''}>
      {children}
      {next !== null && (
        <p class="more">
          <button type="button" class="button small" disabled={loading} onClick={readMore} data-testid="more">
            {w.showMore(Math.min(PAGE_SIZE, (total ?? 0) - rows.length))}
          </button>
          <span class="muted">{w.shownOf(count(rows.length), count(total))}</span>
        </p>
      )}
    </div>
  );
}
