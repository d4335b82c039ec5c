// How many live in what the map shows, counted in the page while the map moves.
import { inView, toggleInView } from '../../counting/inView.ts';
import { count } from '../../i18n/format.ts';
import { words } from '../../i18n/t.ts';

export function InView() {
  const w = words();
  const now = inView.value;
  const counting = now.state === 'on' || now.state === 'loading';
  return (
    <p class="in-view">
      {now.state === 'loading' && <span class="muted">{w.loading} </span>}
      {now.state === 'failed' && <span role="alert">{w.inViewFailed} </span>}
      {now.state === 'on' && (
        <span data-testid="in-view" data-households={now.count.households ?? ''}>
          {w.inView(count(now.count.households), count(now.count.people), count(now.count.threatened.households))}{' '}
        </span>
      )}
      <button type="button" class="link" aria-pressed={counting} onClick={toggleInView}>
        {counting ? w.stopCountInView : w.countInView}
      </button>
    </p>
  );
}
