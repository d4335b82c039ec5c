// Names of zones for lists that only carry `layer:id`.
import { computed } from '@preact/signals';
import { words } from '../../i18n/t.ts';
import { facets, totals } from '../../state/figures.ts';
import { zoneWords } from '../card/labels.ts';

const names = computed(() => {
  const known = new Map<string, string | null>();
  for (const report of [facets.township.state.value.data, totals.state.value.data])
    for (const row of report?.byZone ?? []) known.set(row.zone, row.name);
  return known;
});

export const zoneName = (zone: string): string => zoneWords(zone, names.value.get(zone));

/** The first zone's name, and how many there are. */
export function zonesOf(zones: readonly string[]): string {
  const [first] = zones;
  return first === undefined ? '' : words().zonesOf(zoneName(first), zones.length);
}
