// The public legend: what is drawn, and the shapes of hazards. Folds to a button on a small screen.
import { signal } from '@preact/signals';
import { hazardPoints } from '../../../server/domain/layers/hazardPoints.ts';
import { say, words } from '../../i18n/t.ts';
import { ENTRIES } from '../../map/legendEntries.ts';
import { HAZARD_TYPES } from '../../map/symbols.ts';
import { layerCounts } from '../../state/service.ts';
import { Icon } from '../shell/Icon.tsx';
import { HazardIcon, Swatch } from '../shell/Swatch.tsx';

const open = signal(matchMedia('(min-width: 1024px)').matches);
const typeNames = hazardPoints.fields.find((field) => field.name === 'hazard_type')?.codes ?? {};
/** Types a reader meets; the rest are rare and named when clicked. */
const SHOWN = HAZARD_TYPES.filter((type) => type !== 'other' && type !== 'high_cut_slope');

export function LookLegend() {
  const w = words();
  const counts = layerCounts.value;
  if (!open.value) {
    return (
      <button type="button" class="legend-button floating" onClick={() => (open.value = true)}>
        <Icon name="layers" size={18} /> {w.legend}
      </button>
    );
  }
  return (
    <section class="legend floating" aria-label={w.legend}>
      <h2>
        {w.legend}
        <button type="button" class="quiet" aria-label={w.hideLegend} onClick={() => (open.value = false)}>
          <Icon name="close" size={16} />
        </button>
      </h2>
      <ul class="legend-columns">
        {ENTRIES.filter((entry) => entry.public && entry.key !== 'points-geological' && (counts.get(entry.layer) ?? 0) > 0).map((entry) => (
          <li key={entry.key}>
            <Swatch entry={entry.key} />
            {w.legendNames[entry.key]}
          </li>
        ))}
        {SHOWN.map((type) => (
          <li key={type}>
            <HazardIcon type={type} />
            {typeNames[type] ? say(typeNames[type]) : type}
          </li>
        ))}
        <li>
          <Swatch entry="points-flood" />
          {w.legendNames['points-flood']}
        </li>
      </ul>
    </section>
  );
}
