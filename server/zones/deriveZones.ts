// Brings the threatened areas up to date inside the transaction that changed their sources, so that both always
// are of one revision. Only what a change can touch is derived again.
import { textOf, zoneName, type Feature, type JsonValue } from '../domain/feature.ts';
import { isLayerName, ZONE_SOURCE_LAYERS, type LayerName, type ZoneSourceLayer } from '../domain/layer.ts';
import { boundsOf, widen } from '../geo/bounds.ts';
import type { StoredFeature, Transaction } from '../store/store.ts';
import { dangerZoneArea, replacesPoint } from './dangerZoneArea.ts';
import type { GeometryKernel } from './geos.ts';
import { hazardAreaArea } from './hazardAreaArea.ts';
import { hazardPointArea } from './hazardPointArea.ts';
import { outlineOf } from './outline.ts';
import { riverStrip } from './riverStrip.ts';
import type { RuleSet } from './ruleSet.ts';
import { subsidenceArea } from './subsidenceMargin.ts';
import { NO_AREA, type Derived } from './threatenedArea.ts';

/** A source feature before and after a change; null where it did not or does not exist. */
export interface SourceChange {
  readonly layer: LayerName;
  readonly before: Feature | null;
  readonly after: Feature | null;
}

/** What the derivation did, so that counting can follow. */
export interface ZoneChange {
  readonly zone: string;
  readonly feature: Feature | null;
}

function isSource(layer: LayerName): layer is ZoneSourceLayer {
  return (ZONE_SOURCE_LAYERS as readonly string[]).includes(layer);
}

export async function deriveZones(
  transaction: Transaction,
  changes: Iterable<SourceChange>,
  rules: RuleSet,
  kernel: GeometryKernel,
): Promise<ZoneChange[]> {
  const touched = new Set<string>();
  for (const change of changes) for await (const zone of zonesTouchedBy(transaction, change)) touched.add(zone);
  const stands = new PointStandIns(transaction);
  const results: ZoneChange[] = [];
  for (const zone of touched) {
    const [layer, id] = splitZone(zone);
    const source = await transaction.get(layer, id);
    const derived = source ? await derive(transaction, layer, source, rules, stands) : NO_AREA;
    const feature = derived.area || derived.gaps.length > 0 ? toFeature(zone, layer, id, derived, rules, kernel) : null;
    if (feature) await transaction.put('threatened-areas', feature);
    else if (!(await transaction.remove('threatened-areas', zone))) continue;
    results.push({ zone, feature });
  }
  return results;
}

function splitZone(zone: string): [ZoneSourceLayer, string] {
  const colon = zone.indexOf(':');
  const layer = zone.slice(0, colon);
  if (!isLayerName(layer) || !isSource(layer)) throw new Error(`not a zone: ${zone}`);
  return [layer, zone.slice(colon + 1)];
}

/** The zones that a change can touch: its own, the point a danger zone stands for, river sections that share an end. */
async function* zonesTouchedBy(transaction: Transaction, change: SourceChange): AsyncGenerator<string> {
  const { layer, before, after } = change;
  if (!isSource(layer)) return;
  const id = after?.id ?? before?.id;
  if (id === undefined) return;
  yield zoneName(layer, id);
  if (layer === 'danger-zones') {
    for (const state of [before, after]) {
      const point = state ? textOf(state.properties, 'hazard_id') : null;
      if (point) yield zoneName('hazard-points', point);
    }
  }
  if (layer === 'hazard-points') {
    const standing = { op: '=', property: 'hazard_id', value: id } as const;
    for await (const zone of transaction.select('danger-zones', { filter: standing }))
      yield zoneName(layer === 'hazard-points' ? 'danger-zones' : layer, zone.id);
  }
  if (layer === 'river-sections') {
    for (const state of [before, after]) {
      if (!state) continue;
      for await (const section of neighboursOf(transaction, state)) yield zoneName('river-sections', section.id);
    }
  }
}

/** Sections of the same river near this one. */
async function* neighboursOf(transaction: Transaction, section: Feature): AsyncGenerator<StoredFeature> {
  const river = textOf(section.properties, 'river');
  if (river === null || !section.geometry) return;
  const near = transaction.select('river-sections', {
    boxes: [widen(boundsOf(section.geometry), 1)],
    filter: { op: '=', property: 'river', value: river },
  });
  for await (const other of near) if (other.id !== section.id) yield other;
}

/** Which points have a danger zone standing for them: read once for a bulk change, not once a point. */
class PointStandIns {
  private readonly transaction: Transaction;
  private points: Promise<Set<string>> | null = null;

  constructor(transaction: Transaction) {
    this.transaction = transaction;
  }

  async has(point: string): Promise<boolean> {
    this.points ??= this.read();
    return (await this.points).has(point);
  }

  private async read(): Promise<Set<string>> {
    const points = new Set<string>();
    for await (const zone of this.transaction.select('danger-zones')) {
      const point = textOf(zone.properties, 'hazard_id');
      if (point && replacesPoint(zone.properties)) points.add(point);
    }
    return points;
  }
}

async function derive(
  transaction: Transaction,
  layer: ZoneSourceLayer,
  source: StoredFeature,
  rules: RuleSet,
  stands: PointStandIns,
): Promise<Derived> {
  switch (layer) {
    case 'hazard-points':
      return hazardPointArea(source, await stands.has(source.id), rules);
    case 'danger-zones': {
      const point = textOf(source.properties, 'hazard_id');
      return dangerZoneArea(source, point ? await transaction.get('hazard-points', point) : null);
    }
    case 'hazard-areas':
      return hazardAreaArea(source);
    case 'subsidence-zones':
      return subsidenceArea(source, rules);
    case 'river-sections': {
      const neighbours: StoredFeature[] = [];
      for await (const section of neighboursOf(transaction, source)) neighbours.push(section);
      return riverStrip(source, neighbours);
    }
  }
}

function toFeature(
  zone: string,
  layer: ZoneSourceLayer,
  sourceId: string,
  derived: Derived,
  rules: RuleSet,
  kernel: GeometryKernel,
): Feature {
  const { area, gaps } = derived;
  const listed = gaps.length > 0 ? { gaps: gaps.map((gap): JsonValue => ({ ...gap })) } : {};
  if (!area) return { id: zone, geometry: null, properties: { zone, layer, source_id: sourceId, ...listed } };
  // polygons count by their own geometry; other shapes are kept, since counting uses the rule and not its drawing
  const shape = area.shape.kind === 'area' ? null : (JSON.parse(JSON.stringify(area.shape)) as JsonValue);
  return {
    id: zone,
    geometry: outlineOf(area.shape, kernel),
    properties: {
      ...area.attributes,
      zone,
      layer,
      source_id: sourceId,
      rule: area.rule,
      rule_version: rules.version,
      inputs: { ...area.inputs, ...(shape === null ? {} : { shape }) },
      caps_hit: [...area.capsHit],
      radius_m: area.radius ?? null,
      left_m: area.left ?? null,
      right_m: area.right ?? null,
      margin_m: area.margin ?? null,
      ...listed,
    },
  };
}
