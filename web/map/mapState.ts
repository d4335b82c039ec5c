// Gathers what the style depends on. A value that is equal stays the same object, so the style is rebuilt only when
// something on the map changes (not at every move of the camera).
import { computed } from '@preact/signals';
import { language, theme, type Theme } from '../state/preferences.ts';
import { count } from '../i18n/format.ts';
import { words } from '../i18n/t.ts';
import { facets } from '../state/figures.ts';
import { district, labelPoints, veil } from '../state/places.ts';
import { importPreview } from '../state/importView.ts';
import { proposal } from '../state/proposal.ts';
import { selection, keyOf } from '../state/selection.ts';
import { config, isStaff } from '../state/service.ts';
import { picking } from '../state/view.ts';
import type { StyleContext } from './context.ts';
import { basemapFile } from './basemapFile.ts';
import { entriesOn } from './legendEntries.ts';
import { readPalette, type Palette } from './palette.ts';

const township = picking('township');
const register = picking('register');
const hazardType = picking('hazardType');
const toggled = picking('toggled');
const linked = picking('picked');

const palettes = new Map<Theme, Palette>();

/** Colours of a theme, read once: the document must already wear it. */
export function paletteOf(wanted: Theme): Palette {
  const kept = palettes.get(wanted);
  if (kept) return kept;
  document.documentElement.dataset['theme'] = wanted;
  const palette = readPalette();
  palettes.set(wanted, palette);
  return palette;
}

const picked = computed(() => (selection.value.picked ? keyOf(selection.value.picked) : linked.value));
const place = computed(() => selection.value.place);

/** Names, those of the townships with how many households are under threat there: from far, dots say little of how many. */
const labels = computed<GeoJSON.FeatureCollection>(() => {
  const report = isStaff.value ? facets.township.state.value.data : null;
  if (!report) return labelPoints.value;
  const counts = new Map(report.byTownship.map(({ code, households }) => [code, households]));
  const features = labelPoints.value.features.map((feature): GeoJSON.Feature => {
    const households = counts.get(String(feature.properties?.['code'] ?? ''));
    const text = typeof households === 'number' ? words().townshipCount(count(households)) : '';
    return { ...feature, properties: { ...feature.properties, count: text } };
  });
  return { type: 'FeatureCollection', features };
});

export const styleContext = computed<StyleContext | null>(() => {
  if (!config.value) return null;
  return {
    theme: theme.value,
    palette: paletteOf(theme.value),
    origin: location.origin,
    layers: new Set(config.value.layers.map((layer) => layer.name)),
    on: entriesOn(toggled.value),
    staff: isStaff.value,
    ground: config.value.ground,
    basemap: config.value.basemap,
    basemapFile: basemapFile.value,
    language: language.value,
    // Filters are the staff's: a link with filters must not hide hazards from the public.
    township: isStaff.value ? township.value : null,
    register: isStaff.value ? register.value : null,
    hazardType: isStaff.value ? hazardType.value : null,
    picked: picked.value,
    place: place.value,
    proposal: proposal.value,
    importPreview: importPreview.value,
    labels: labels.value,
    veil: veil.value,
    district: district.value,
  };
});
