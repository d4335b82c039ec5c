// What the draft can snap to: zones, rivers and townships around, with their stored coordinates (tiles are rounded). Read
// when the map stands still, for the box that is seen.
import { computed, effect, signal } from '@preact/signals';
import type { Map as MapLibre } from 'maplibre-gl';
import { textOf } from '../../server/domain/feature.ts';
import { layerOf, type LayerName } from '../../server/domain/layer.ts';
import { drawWords } from '../i18n/draw/words.ts';
import { say } from '../i18n/t.ts';
import { fetchItems } from '../api/features.ts';
import { kindOf, shapeOf } from '../draft/shape.ts';
import { revision } from '../state/service.ts';
import { draft, draftKey, shape } from './draft.ts';
import { prepared, type Neighbour } from './snap.ts';

const LAYERS: readonly LayerName[] = ['danger-zones', 'hazard-areas', 'subsidence-zones', 'river-sections', 'townships'];
/** From farther off, snapping would catch what nobody can tell apart. */
const NEAREST_ZOOM = 12;
const MOST = 1000;
const SETTLE_MS = 250;

export const neighbours = signal<readonly Neighbour[]>([]);

/** The feature that is being drawn is not its own neighbour. */
const others = computed(() => {
  const now = draft.value;
  const own = now?.id ? `${now.layer}:${now.id}` : '';
  return prepared(neighbours.value.filter(({ key }) => key !== own));
});

/** Everything that can be snapped to: the neighbours, and what of the draft has been drawn. */
export const snapTargets = computed(() =>
  shape.value ? [...others.value, ...prepared([{ name: '', key: 'draft', shape: shape.value }])] : others.value,
);

async function read(bbox: string): Promise<Neighbour[]> {
  const all = await Promise.all(
    LAYERS.map(async (layer) => {
      const items = await fetchItems(layer, { bbox }, MOST);
      return items.map(({ id, geometry, properties }): Neighbour => ({
        key: `${layer}:${id}`,
        name: textOf(properties, 'name') ?? textOf(properties, 'river') ?? drawWords().unnamedOf(say(layerOf(layer))),
        shape: shapeOf(geometry, kindOf(layer) ?? 'area'),
      }));
    }),
  );
  return all.flat();
}

/** Follows the map; @returns how to stop. */
export function followNeighbours(map: MapLibre): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = '';
  const look = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!draft.peek() || map.getZoom() < NEAREST_ZOOM) return;
      const bounds = map.getBounds();
      const bbox = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((edge) => edge.toFixed(6)).join(',');
      const key = `${bbox}@${revision.peek()}`;
      if (key === asked) return;
      asked = key;
      read(bbox).then(
        (found) => {
          if (asked === key) neighbours.value = found;
        },
        // asked again when the map stands still the next time; until then those of before are better than none
        () => (asked = ''),
      );
    }, SETTLE_MS);
  };
  map.on('moveend', look);
  const stop = effect(() => {
    void [revision.value, draftKey.value];
    look();
  });
  return () => {
    clearTimeout(timer);
    map.off('moveend', look);
    stop();
    neighbours.value = [];
  };
}
