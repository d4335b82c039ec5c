// The layer list is the legend: swatch in the map's own style, name, count, switch.
import { hazardPoints } from '../../../server/domain/layers/hazardPoints.ts';
import { count, day } from '../../i18n/format.ts';
import { say, words } from '../../i18n/t.ts';
import { ENTRIES, isOn, toggle } from '../../map/legendEntries.ts';
import { HAZARD_TYPES } from '../../map/symbols.ts';
import { config, layerCounts } from '../../state/service.ts';
import { changeView, view } from '../../state/view.ts';
import { HazardIcon, Swatch } from '../shell/Swatch.tsx';
import { legendCounts } from './legendCounts.ts';

const typeNames = hazardPoints.fields.find((field) => field.name === 'hazard_type')?.codes ?? {};

export function Layers() {
  const w = words();
  const available = layerCounts.value;
  const counts = legendCounts.value;
  const { toggled } = view.value;
  const date = config.value?.dataDate;
  // Nothing of a kind: no row, so that the list holds only what can be seen.
  const shown = ENTRIES.filter((entry) => (available.get(entry.layer) ?? 0) > 0 && counts[entry.key] !== 0);
  return (
    <section class="layers" aria-label={w.layers}>
      <h2>
        {w.layers} {date && <small>{w.layersAsOf(day(date))}</small>}
      </h2>
      <ul>
        {shown.map((entry) => (
          <li key={entry.key}>
            <label>
              <input type="checkbox" checked={isOn(entry, toggled)} onChange={() => changeView({ toggled: toggle(entry.key, toggled) })} />
              <Swatch entry={entry.key} />
              <span class="grow">{w.legendNames[entry.key]}</span>
              <span class="figure muted">
                {counts[entry.key] === undefined || counts[entry.key] === null ? '' : count(counts[entry.key])}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Shapes of hazards: a row also filters by its type. */
export function HazardTypes() {
  const w = words();
  const { hazardType } = view.value;
  return (
    <section class="types" aria-label={w.hazardTypes}>
      <h2>
        {w.hazardTypes} <small>{w.byShape}</small>
      </h2>
      <ul>
        {HAZARD_TYPES.map((type) => (
          <li key={type}>
            <button
              type="button"
              aria-pressed={hazardType === type}
              onClick={() => changeView({ hazardType: hazardType === type ? null : type })}
            >
              <HazardIcon type={type} />
              {typeNames[type] ? say(typeNames[type]) : type}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How households are drawn at each scale. */
export function HouseholdKey() {
  const w = words();
  return (
    <section class="household-key" aria-label={w.householdsDrawn}>
      <h2>
        {w.householdsDrawn} <small>{w.byScale}</small>
      </h2>
      <div class="key-row">
        <figure>
          <svg width="52" height="28" viewBox="0 0 52 28" aria-hidden="true">
            {[
              [6, 9],
              [14, 18],
              [40, 22],
              [47, 12],
              [10, 23],
            ].map(([x, y]) => (
              <circle key={`${x}`} class="sw-other" cx={x} cy={y} r="1.4" />
            ))}
            {[
              [21, 11],
              [27, 16],
              [32, 9],
              [26, 22],
            ].map(([x, y]) => (
              <circle key={`${x}`} class="sw-certain" cx={x} cy={y} r="2" />
            ))}
          </svg>
          <figcaption>{w.far}</figcaption>
        </figure>
        <figure>
          <svg width="52" height="28" viewBox="0 0 52 28" aria-hidden="true">
            <circle class="sw-certain" cx="17" cy="14" r="11" />
            <text class="sw-count" x="17" y="18">
              48
            </text>
            <circle class="sw-possible" cx="40" cy="14" r="6" />
          </svg>
          <figcaption>{w.middle}</figcaption>
        </figure>
        <figure>
          <svg width="52" height="28" viewBox="0 0 52 28" aria-hidden="true">
            <circle class="sw-certain" cx="16" cy="14" r="5" />
            <circle class="sw-possible" cx="36" cy="14" r="4.500" />
          </svg>
          <figcaption>{w.near}</figcaption>
        </figure>
      </div>
    </section>
  );
}
