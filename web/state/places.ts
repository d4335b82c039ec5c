// Named things the page can find and label: townships, zones, shelters, schools, rivers, geological points.
// All of it is in the public dataset; households are never among them.
import { computed, effect, signal } from '@preact/signals';
import type { Position } from 'geojson';
import { numberOf, textOf } from '../../server/domain/feature.ts';
import type { LayerName } from '../../server/domain/layer.ts';
import type { Bounds } from '../../server/domain/service.ts';
import { fetchItems, type Item } from '../api/features.ts';
import { anchorOf, boundsOf } from '../map/geometry.ts';
import { labelPlace } from '../map/labelPlace.ts';
import { districtLine } from '../map/districtLine.ts';
import { veilOver, type Outline } from '../map/veil.ts';
import { layerCounts, revision, role } from './service.ts';

export interface NamedPlace {
  readonly layer: LayerName;
  readonly id: string;
  readonly name: string;
  readonly at: Position;
  readonly bounds: Bounds;
  readonly code: string | null;
  readonly level: string | null;
  readonly capacity: number | null;
  readonly insideHazard: boolean;
  /** The legend entry that its name goes with, where it has one of several. */
  readonly entry?: string | null;
}

const MOST = 1000;
const ASKED: readonly [LayerName, Record<string, string>][] = [
  ['townships', {}],
  ['danger-zones', {}],
  ['shelters', {}],
  ['schools', {}],
  ['river-sections', {}],
  ['hazard-points', { register: 'geological' }],
];

export const places = signal<readonly NamedPlace[]>([]);
const outlines = signal<readonly Outline[]>([]);

/** Everything outside the district, for the map. */
export const veil = computed(() => veilOver(outlines.value));
export const district = computed(() => districtLine(outlines.value));

const zoneEntry = (status: string | null, extent: string | null): string =>
  extent === 'hazard_extent' && status !== 'revoked' ? 'hazard-extents' : `zone-${status ?? 'draft'}`;

function placeOf(layer: LayerName, item: Item): NamedPlace | null {
  const { properties, geometry } = item;
  const name = textOf(properties, 'name') ?? textOf(properties, 'river');
  if (!geometry || !name) return null;
  return {
    layer,
    id: String(item.id),
    name,
    at: anchorOf(geometry),
    bounds: boundsOf(geometry),
    code: textOf(properties, 'code'),
    level: textOf(properties, 'level'),
    capacity: numberOf(properties, 'capacity'),
    insideHazard: properties['inside_hazard'] === true,
    entry: layer === 'danger-zones' ? zoneEntry(textOf(properties, 'status'), textOf(properties, 'extent')) : null,
  };
}

const outlineOf = ({ id, properties, geometry }: Item): Outline[] =>
  geometry ? [{ id: String(id), level: textOf(properties, 'level'), geometry }] : [];

export function followPlaces(): void {
  effect(() => {
    void revision.value;
    void role.value;
    const counts = layerCounts.value;
    let stopped = false;
    const asked = ASKED.filter(([layer]) => (counts.get(layer) ?? 0) > 0);
    void Promise.all(
      asked.map(async ([layer, where]) => {
        const items = await fetchItems(layer, where, MOST).catch(() => []);
        if (layer === 'townships' && !stopped) outlines.value = items.flatMap(outlineOf);
        return items.map((item) => placeOf(layer, item)).filter((place) => place !== null);
      }),
    ).then((found) => {
      if (!stopped) places.value = found.flat();
    });
    return () => {
      stopped = true;
    };
  });
}

export const townships = computed(() =>
  places.value.filter(
    (place) => place.layer === 'townships' && place.level !== 'county' && place.level !== 'village' && place.level !== 'grid',
  ),
);

/** Points that carry the names of townships and zones on the map. */
export const labelPoints = computed<GeoJSON.FeatureCollection>(() => {
  const symbols = places.value
    .filter((place) => !['townships', 'river-sections', 'schools'].includes(place.layer))
    .map((place) => place.at);
  const shapes = new Map(outlines.value.map((outline) => [outline.id, outline.geometry]));
  const label = (place: NamedPlace, at: Position): GeoJSON.Feature => ({
    type: 'Feature',
    properties: { name: place.name, layer: place.layer, entry: place.entry ?? null, code: place.code },
    geometry: { type: 'Point', coordinates: at },
  });
  const areas = townships.value.map((place) => {
    const shape = shapes.get(place.id);
    return label(place, shape ? labelPlace(shape, symbols) : place.at);
  });
  const zones = places.value.filter((place) => place.layer === 'danger-zones').map((place) => label(place, place.at));
  return { type: 'FeatureCollection', features: [...areas, ...zones] };
});
