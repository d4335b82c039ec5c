// What the card in hand has asked for: the feature itself, the area the rules made of it, its figure, why it is hit.
import { effect } from '@preact/signals';
import type { Properties } from '../../../server/domain/feature.ts';
import type { ExposureReport } from '../../../server/domain/figure.ts';
import { isLayerName, ZONE_SOURCE_LAYERS, type LayerName } from '../../../server/domain/layer.ts';
import { fetchReport, fetchWhy, type Why } from '../../api/exposure.ts';
import { fetchItem, fetchItems, type Item } from '../../api/features.ts';
import { zoneQuery } from '../../state/query.ts';
import { createResource, type Resource } from '../../state/resource.ts';
import { selection, pickAlone } from '../../state/selection.ts';
import { isStaff, layerCounts, revision } from '../../state/service.ts';
import { view } from '../../state/view.ts';

const split = (key: string): [LayerName, string] => {
  const [name = ''] = key.split('@');
  const at = name.indexOf(':');
  return [name.slice(0, at) as LayerName, name.slice(at + 1)];
};

export const item = createResource<Item>((key, signal) => fetchItem(...split(key), signal));
export const why = createResource<Why>((key, signal) => {
  const [layer, id] = split(key);
  return fetchWhy(layer === 'schools' ? 'schools' : 'households', id, signal);
});
export const zoneFigure = createResource<ExposureReport>((key, signal) => fetchReport(key.split('@')[0] ?? '', signal));
export const zoneRule = createResource<Properties | null>(async (key) => {
  const [found] = await fetchItems('threatened-areas', { zone: key.split('@')[0] ?? '' }, 1);
  return found?.properties ?? null;
});

function renew<T>(resource: Resource<T>, key: string | null): void {
  if (key === null) resource.clear();
  else resource.load(key);
}

let shown = '';

export function followCard(): void {
  effect(() => {
    const { picked } = selection.value;
    const at = `@${revision.value}`;
    const key = picked && `${picked.layer}:${picked.id}`;
    // Another thing than before: its card must not show the last one's figures for even a moment.
    if (key !== shown) for (const resource of [item, why, zoneFigure, zoneRule]) resource.clear();
    shown = key ?? '';
    renew(item, key && key + at);
    const staff = isStaff.value;
    renew(why, staff && key && (picked.layer === 'households' || picked.layer === 'schools') ? key + at : null);
    renew(zoneFigure, staff && picked?.zone ? zoneQuery(view.value, picked.zone) + at : null);
    renew(zoneRule, staff && picked?.zone ? picked.zone + at : null);
  });
}

/** Opens the card that a link names. */
export function openLinked(): void {
  const linked = view.peek().picked;
  const [layer, id] = linked ? split(linked) : ['', ''];
  if (!isLayerName(layer) || !id || !layerCounts.peek().has(layer)) return;
  void fetchItem(layer, id).then(
    ({ properties }) => {
      const text = (name: string): string | null => (typeof properties[name] === 'string' ? properties[name] : null);
      const codes = Object.fromEntries(
        ['status', 'hazard_type', 'kind', 'register', 'class', 'state', 'extent'].flatMap((name) =>
          text(name) ? [[name, text(name) ?? '']] : [],
        ),
      );
      pickAlone({
        layer,
        id,
        zone: (ZONE_SOURCE_LAYERS as readonly string[]).includes(layer) ? `${layer}:${id}` : null,
        name: text('name') ?? text('river'),
        codes,
      });
    },
    () => undefined, // an old link to something that is gone opens the map all the same
  );
}
