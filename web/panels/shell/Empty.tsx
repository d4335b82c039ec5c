// An empty store: one sentence and what to do about it.
import { words } from '../../i18n/t.ts';

export function Empty() {
  const w = words();
  return (
    <div class="answer empty" data-testid="empty">
      <h1>{w.emptyTitle}</h1>
      <p>{w.emptyHow}</p>
      <code>npm run xiantu -- import townships.geojson --layer townships</code>
    </div>
  );
}
