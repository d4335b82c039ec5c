// Filters that are on, each with its off button.
import { hazardPoints } from '../../../server/domain/layers/hazardPoints.ts';
import { isLayerName, layerOf } from '../../../server/domain/layer.ts';
import { say, words } from '../../i18n/t.ts';
import { townships } from '../../state/places.ts';
import { listFilter } from '../../state/table.ts';
import { changeView, view } from '../../state/view.ts';
import { Icon } from '../shell/Icon.tsx';

function codeName(field: string, value: string): string {
  const known = hazardPoints.fields.find((each) => each.name === field)?.codes?.[value];
  return known ? say(known) : value;
}

function without(name: 'certainty' | 'zone'): void {
  const { certainty, zone, zoneLabel } = listFilter.peek();
  listFilter.value =
    name === 'certainty' ? { ...(zone && { zone }), ...(zoneLabel && { zoneLabel }) } : { ...(certainty && { certainty }) };
}

export function Chips() {
  const w = words();
  const { township, register, hazardType, layer } = view.value;
  const { certainty, zone, zoneLabel } = listFilter.value;
  const chips: [label: string, off: () => void][] = [];
  if (township)
    chips.push([townships.value.find((place) => place.code === township)?.name ?? township, () => changeView({ township: null })]);
  if (register) chips.push([codeName('register', register), () => changeView({ register: null })]);
  if (hazardType) chips.push([codeName('hazard_type', hazardType), () => changeView({ hazardType: null })]);
  if (layer) chips.push([isLayerName(layer) ? say(layerOf(layer)) : layer, () => changeView({ layer: null })]);
  if (certainty) chips.push([w[certainty], () => without('certainty')]);
  if (zone) chips.push([zoneLabel ?? zone, () => without('zone')]);
  return (
    <ul class="chips">
      {chips.map(([label, off]) => (
        <li key={label}>
          <button type="button" onClick={off} aria-label={w.filterOff(label)} data-testid="chip">
            {label} <Icon name="close" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}
