// What other rules would change: every area derived by them beside the one that stands, and who would come in or drop out.
import { textOf, type Feature } from '../domain/feature.ts';
import { ZONE_SOURCE_LAYERS } from '../domain/layer.ts';
import type { RuleSet } from '../domain/rules.ts';
import { MOST_LISTED, type RulesPreview, type ZoneBefore, type ZoneEffect } from '../domain/rulesPreview.ts';
import { Cover } from '../exposure/cover.ts';
import type { Exposure } from '../exposure/exposure.ts';
import { figureOf, measuresOf, type Measures } from '../exposure/figures.ts';
import { membershipOf } from '../exposure/membership.ts';
import type { Runs } from '../exposure/runs/runList.ts';
import { sumsOf } from '../exposure/units/runSums.ts';
import { zoneOf } from '../exposure/zone.ts';
import { geodesicArea } from '../geo/area.ts';
import type { FeatureStore } from '../store/store.ts';
import { Derivation } from '../zones/derivation.ts';
import { sameArea } from '../zones/deriveZones.ts';
import type { GeometryKernel } from '../zones/kernel/geos.ts';

/** Zones derived between two looks at what else is waiting. */
const AT_A_TIME = 50;

export async function previewRules(
  store: FeatureStore,
  exposure: Exposure,
  proposed: RuleSet,
  revision: number,
  kernel: GeometryKernel,
  breathe: () => Promise<void>,
): Promise<RulesPreview> {
  const derivation = new Derivation(store, proposed, kernel);
  const measures = measuresOf(exposure.census, 'resident', 'night');
  const areas = { unchanged: 0, changed: 0, added: 0, removed: 0 };
  const effects: ZoneEffect[] = [];
  const inside = new Map<string, Runs>();
  let looked = 0;
  for (const layer of ZONE_SOURCE_LAYERS) {
    for await (const source of store.select(layer)) {
      if (++looked % AT_A_TIME === 0) await breathe();
      const name = `${layer}:${source.id}`;
      const after = await derivation.threatenedAreaOf(layer, source);
      const before = await store.get('threatened-areas', name);
      const counted = exposure.zones.get(name);
      if (before && after && sameArea(before, after)) {
        if (before.geometry) areas.unchanged++;
        if (counted) inside.set(name, counted.membership.inside);
        continue;
      }
      const zone = after ? zoneOf(after) : null;
      const runs = zone ? membershipOf(exposure.units, zone.shape).inside : null;
      if (runs) inside.set(name, runs);
      if (!before?.geometry && !after?.geometry) continue;
      areas[before?.geometry ? (after?.geometry ? 'changed' : 'removed') : 'added']++;
      effects.push({
        zone: name,
        name: textOf((after ?? before ?? { properties: {} }).properties, 'name'),
        before: told(exposure, measures, before, counted?.membership.inside ?? null),
        after: told(exposure, measures, after, runs),
      });
    }
  }
  return { version: proposed.version, revision, areas, zones: mostAffected(effects), ...totals(exposure, measures, inside) };
}

function told(exposure: Exposure, measures: Measures, feature: Feature | null, runs: Runs | null): ZoneBefore | null {
  if (!feature?.geometry || !runs) return null;
  const { households, people } = figureOf(sumsOf(exposure.units, runs), measures);
  return {
    rule: textOf(feature.properties, 'rule') ?? '',
    formula: textOf(feature.properties, 'formula'),
    area: geodesicArea(feature.geometry).area,
    households: households ?? 0,
    people,
  };
}

function mostAffected(effects: readonly ZoneEffect[]): ZoneEffect[] {
  const weight = ({ before, after }: ZoneEffect) => Math.abs((after?.households ?? 0) - (before?.households ?? 0));
  return effects.toSorted((a, b) => weight(b) - weight(a) || (a.zone < b.zone ? -1 : 1)).slice(0, MOST_LISTED);
}

function totals(exposure: Exposure, measures: Measures, inside: ReadonlyMap<string, Runs>) {
  const { units, covers } = exposure;
  const cover = new Cover(units, inside.size + 1);
  for (const runs of inside.values()) cover.add(runs);
  const comesIn = { households: 0, schools: 0 };
  const dropsOut = { households: 0, schools: 0 };
  const listed: { kind: 'households' | 'schools'; id: string; change: 'in' | 'out' }[] = [];
  for (let position = 0; position < units.end; position++) {
    const [was, is] = [covers.inside.covers(position), cover.covers(position)];
    if (was === is || !units.alive[position]) continue;
    const kind = units.kindAt(position);
    (is ? comesIn : dropsOut)[kind]++;
    if (listed.length < MOST_LISTED) listed.push({ kind, id: units.idAt(position), change: is ? 'in' : 'out' });
  }
  return { before: figureOf(covers.inside.sums, measures), after: figureOf(cover.sums, measures), comesIn, dropsOut, units: listed };
}
