// How many things each legend entry stands for. Most counts are in the configuration and the report already; danger
// zones by status are asked for once a revision.
import { computed, effect, signal } from '@preact/signals';
import type { LayerName } from '../../../server/domain/layer.ts';
import { countItems } from '../../api/features.ts';
import type { EntryKey } from '../../map/legendEntries.ts';
import { facets } from '../../state/figures.ts';
import { isStaff, layerCounts, revision } from '../../state/service.ts';

const STATUSES = ['announced', 'confirmed', 'draft'] as const;
const KINDS = ['management_range', 'influence_line', 'mine_danger_area'] as const;
/** Hazard extents have a row of their own. */
const COUNTS = "(extent IS NULL OR extent <> 'hazard_extent')";
const asked = signal<Readonly<Record<string, number | null>>>({});

export function followLegendCounts(): void {
  effect(() => {
    void revision.value;
    const counts = layerCounts.value;
    if (!isStaff.value) return;
    const questions: [string, LayerName, Record<string, string>][] = [];
    if (counts.get('danger-zones')) {
      for (const status of STATUSES) questions.push([status, 'danger-zones', { filter: `status = '${status}' AND ${COUNTS}` }]);
      questions.push(['revoked', 'danger-zones', { status: 'revoked' }]);
      questions.push(['extents', 'danger-zones', { filter: "extent = 'hazard_extent' AND status <> 'revoked'" }]);
    }
    if (counts.get('threatened-areas'))
      questions.push(['fallbacks', 'threatened-areas', { filter: "layer = 'hazard-points' AND fallback IS NOT NULL" }]);
    if (counts.get('reference-areas')) for (const kind of KINDS) questions.push([kind, 'reference-areas', { kind }]);
    if (counts.get('hazard-areas')) questions.push(['priority', 'hazard-areas', { kind: 'priority_area' }]);
    void Promise.all(questions.map(async ([key, layer, where]) => [key, await countItems(layer, where).catch(() => null)] as const)).then(
      (answers) => {
        asked.value = Object.fromEntries(answers);
      },
    );
  });
}

const less = (whole: number | null | undefined, part: number | null | undefined): number | null =>
  typeof whole === 'number' && typeof part === 'number' ? whole - part : null;

export const legendCounts = computed<Partial<Record<EntryKey, number | null>>>(() => {
  const layers = layerCounts.value;
  const report = facets.township.state.value.data;
  const zones = (layer: LayerName): number | null => report?.byLayer.find((row) => row.layer === layer)?.zones ?? null;
  const points = (register: string): number | null =>
    report ? (report.byRegister.find((row) => row.register === register)?.points ?? 0) : null;
  const status = asked.value;
  return {
    'zone-announced': status['announced'] ?? null,
    'zone-confirmed': status['confirmed'] ?? null,
    'zone-draft': status['draft'] ?? null,
    'zone-revoked': status['revoked'] ?? null,
    'hazard-extents': status['extents'] ?? null,
    'point-areas': less(zones('hazard-points'), status['fallbacks'] ?? 0),
    'point-fallbacks': status['fallbacks'] ?? null,
    strips: zones('river-sections'),
    management: status['management_range'] ?? null,
    influence: status['influence_line'] ?? null,
    'mine-areas': status['mine_danger_area'] ?? null,
    rivers: layers.get('river-sections') ?? null,
    subsidence: layers.get('subsidence-zones') ?? null,
    'hazard-areas': less(layers.get('hazard-areas'), status['priority'] ?? 0),
    'priority-areas': status['priority'] ?? null,
    hit: report?.totals.households ?? null,
    others: less(layers.get('households'), report?.totals.households),
    schools: layers.get('schools') ?? null,
    shelters: layers.get('shelters') ?? null,
    facilities: layers.get('facilities') ?? null,
    'points-geological': points('geological'),
    'points-flood': points('flood'),
    'points-school': points('school'),
    townships: layers.get('townships') ?? null,
  };
});
