// Left of Count: what is counted and how it is drawn. A drawer on narrow screens.
import { signal } from '@preact/signals';
import { moment } from '../../i18n/format.ts';
import { words } from '../../i18n/t.ts';
import { totals } from '../../state/figures.ts';
import { config } from '../../state/service.ts';
import { Icon } from '../shell/Icon.tsx';
import { Basis } from './Basis.tsx';
import { HazardTypes, HouseholdKey, Layers } from './Layers.tsx';

const open = signal(false);

export function LeftPanel() {
  const w = words();
  const report = totals.state.value.data;
  return (
    <aside class={`left ${open.value ? 'open' : ''}`}>
      <button
        type="button"
        class="drawer-button quiet"
        aria-expanded={open.value}
        aria-label={w.openPanel}
        onClick={() => (open.value = !open.value)}
      >
        <Icon name={open.value ? 'close' : 'layers'} />
      </button>
      <div class="left-scroll">
        <Basis />
        <Layers />
        <HazardTypes />
        <HouseholdKey />
        <p class="small-print">
          {config.value?.synthetic && <span>{w.synthetic}</span>}
          {report && <span>{w.revisionLine(report.revision, moment(report.computedAt))}</span>}
        </p>
      </div>
    </aside>
  );
}
