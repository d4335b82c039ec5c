// The legend is the list of layers: each entry is drawn on the map, counted, and can be switched off.
import type { LayerName } from '../../server/domain/layer.ts';
import type { Dictionary } from '../i18n/t.ts';

export type EntryKey = keyof Dictionary['legendNames'];

export interface Entry {
  readonly key: EntryKey;
  /** The layer that must be among this role's layers. */
  readonly layer: LayerName;
  /** Shown at start or only when asked for. */
  readonly on: boolean;
  /** Also in the public's legend. */
  readonly public: boolean;
}

const entry = (key: EntryKey, layer: LayerName, { on = true, open = false } = {}): Entry => ({ key, layer, on, public: open });

export const ENTRIES: readonly Entry[] = [
  entry('zone-announced', 'danger-zones', { open: true }),
  entry('zone-confirmed', 'danger-zones'),
  entry('zone-draft', 'danger-zones'),
  entry('zone-revoked', 'danger-zones', { on: false }),
  entry('hazard-extents', 'danger-zones', { open: true }),
  entry('point-areas', 'threatened-areas'),
  entry('point-fallbacks', 'threatened-areas'),
  entry('strips', 'threatened-areas'),
  entry('management', 'reference-areas'),
  entry('rivers', 'river-sections', { open: true }),
  entry('subsidence', 'subsidence-zones'),
  entry('influence', 'reference-areas'),
  entry('mine-areas', 'reference-areas'),
  entry('hazard-areas', 'hazard-areas', { open: true }),
  entry('priority-areas', 'hazard-areas', { open: true }),
  entry('hit', 'households'),
  entry('others', 'households'),
  entry('schools', 'schools', { open: true }),
  entry('shelters', 'shelters', { open: true }),
  entry('facilities', 'facilities'),
  entry('points-geological', 'hazard-points', { open: true }),
  entry('points-flood', 'hazard-points', { on: false }),
  entry('points-school', 'hazard-points'),
  entry('townships', 'townships', { open: true }),
];

/** Is this entry drawn, given the switches that differ from their default? */
export function isOn(entry: Entry, toggled: readonly string[]): boolean {
  return toggled.includes(entry.key) ? !entry.on : entry.on;
}

export function entriesOn(toggled: readonly string[]): ReadonlySet<EntryKey> {
  return new Set(ENTRIES.filter((each) => isOn(each, toggled)).map((each) => each.key));
}

export function toggle(key: EntryKey, toggled: readonly string[]): string[] {
  return toggled.includes(key) ? toggled.filter((each) => each !== key) : [...toggled, key];
}
