// What holds of the outline and what does not, beside the figures it affects.
import { useComputed } from '@preact/signals';
import { draft, shape, state } from '../../draw/draft.ts';
import { liveFaults } from '../../draw/live.ts';
import { neighbours } from '../../draw/neighbours.ts';
import { ringsOf } from '../../draft/shape.ts';
import { totals } from '../../state/figures.ts';
import { count } from '../../i18n/format.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { Icon } from '../shell/Icon.tsx';

const keyOf = (lon: number, lat: number): string => `${lon},${lat}`;

/** Neighbours with whom the draft has vertices in common, and how many. */
function useShared() {
  return useComputed(() => {
    const own = new Set<string>();
    const now = draft.value;
    if (!shape.value) return [];
    for (const { positions } of ringsOf(shape.value)) for (const [lon, lat] of positions) own.add(keyOf(lon, lat));
    return neighbours.value
      .filter(({ key }) => key !== `${now?.layer}:${now?.id}`)
      .map(({ key, name, shape: other }) => {
        let shared = 0;
        for (const { positions } of ringsOf(other)) for (const [lon, lat] of positions) if (own.has(keyOf(lon, lat))) shared++;
        return { key, name, shared };
      })
      .filter(({ shared }) => shared > 0)
      .slice(0, 4);
  });
}

export function Checks() {
  const w = drawWords();
  const shared = useShared();
  const faults = liveFaults.value;
  const unlocated = totals.state.value.data?.unlocated.households ?? 0;
  const status = state.value?.properties['status'];
  return (
    <section class="inspector-part">
      <ul class="checks">
        {faults.length === 0 ? (
          <li class="fine">
            <Icon name="check" size={16} /> {w.checks.ok}
          </li>
        ) : (
          faults.map(({ code }) => (
            <li key={code} data-testid={`fault-${code}`}>
              <Icon name="warn" size={16} /> {w.checks[code]}
            </li>
          ))
        )}
        {shared.value.map(({ key, name, shared: points }) => (
          <li key={key} class="fine" data-testid="shared">
            <Icon name="check" size={16} /> {w.checks.shared(name, count(points))}
          </li>
        ))}
        {unlocated > 0 && (
          <li>
            <Icon name="warn" size={16} /> {w.unlocated(count(unlocated))}
          </li>
        )}
      </ul>
      {draft.value?.layer === 'danger-zones' && (
        <p class="need">
          <Icon name="lock" size={16} /> <span>{status === 'announced' ? w.announcedNote : w.draftNote}</span>
        </p>
      )}
    </section>
  );
}
