// What the map is made of, said on every screen: made-up data, frame, review number, date.
import { day } from '../../i18n/format.ts';
import { words } from '../../i18n/t.ts';
import { config } from '../../state/service.ts';

export function Attribution() {
  const now = config.value;
  if (!now) return null;
  const w = words();
  const parts = [
    now.synthetic ? w.synthetic : null,
    now.basemap?.attribution ?? null,
    'CGCS2000',
    w.reviewNumber(now.mapReviewNumber),
    now.dataDate ? w.dataOf(day(now.dataDate)) : null,
  ].filter((part) => part !== null);
  return (
    <p class="attribution" data-testid="attribution">
      {parts.join(' · ')}
    </p>
  );
}
