// Brings the threatened areas up to date inside the transaction that changed their sources, so that both always
// are of one revision. Only what a change can touch is derived again.
import { textOf, zoneName, type Feature, type Geometry } from '../domain/feature.ts';
import { ZONE_SOURCE_LAYERS, type LayerName } from '../domain/layer.ts';
import type { RuleSet } from '../domain/rules.ts';
import { boundsOf } from '../geo/bounds.ts';
import type { Transaction } from '../store/store.ts';
import { Derivation, isZoneSource } from './derivation.ts';
import type { GeometryKernel } from './kernel/geos.ts';
import { unitedOutline } from './kernel/outline.ts';
import type { ReferenceArea } from './referenceArea.ts';

/** A source feature before and after a change; null where it did not or does not exist. */
export interface SourceChange {
  readonly layer: LayerName;
  readonly before: Feature | null;
  readonly after: Feature | null;
}

/** A derived feature that was put or removed. */
export interface DerivedChange {
  readonly layer: 'threatened-areas' | 'reference-areas';
  readonly id: string;
}

const MINE = 'mine:';

/** Follows a change of sources. */
export async function deriveZones(
  transaction: Transaction,
  changes: Iterable<SourceChange>,
  rules: RuleSet,
  kernel: GeometryKernel,
): Promise<DerivedChange[]> {
  const touched = new Set<string>();
  const mines = new Set<string>();
  for (const change of changes) {
    for await (const zone of zonesTouchedBy(transaction, change, rules, kernel)) touched.add(zone);
    for (const mine of minesOf(change)) mines.add(mine);
  }
  return derive(transaction, touched, mines, rules, kernel);
}

/** Derives every area anew, as after a change of the rules. */
export async function deriveEverything(transaction: Transaction, rules: RuleSet, kernel: GeometryKernel): Promise<DerivedChange[]> {
  const zones = new Set<string>();
  const mines = new Set<string>();
  for (const layer of ZONE_SOURCE_LAYERS) {
    for await (const source of transaction.select(layer)) {
      zones.add(zoneName(layer, source.id));
      const mine = layer === 'subsidence-zones' ? textOf(source.properties, 'mine') : null;
      if (mine !== null) mines.add(mine);
    }
  }
  // what was derived from a source that is no more
  for await (const { id } of transaction.select('threatened-areas')) zones.add(id);
  for await (const { id } of transaction.select('reference-areas')) {
    if (id.startsWith(MINE)) mines.add(id.slice(MINE.length));
    else zones.add(id);
  }
  return derive(transaction, zones, mines, rules, kernel);
}

async function derive(
  transaction: Transaction,
  zones: ReadonlySet<string>,
  mines: ReadonlySet<string>,
  rules: RuleSet,
  kernel: GeometryKernel,
): Promise<DerivedChange[]> {
  const derivation = new Derivation(transaction, rules, kernel);
  const changes: DerivedChange[] = [];
  const put = async (layer: DerivedChange['layer'], id: string, feature: Feature | null) => {
    const before = await transaction.get(layer, id);
    if (feature && before && sameArea(before, feature)) return;
    if (feature) await transaction.put(layer, feature);
    else if (!(await transaction.remove(layer, id))) return;
    changes.push({ layer, id });
  };
  for (const zone of zones) {
    await put('threatened-areas', zone, await derivation.threatenedArea(zone));
    const shown = await derivation.referenceArea(zone);
    await put('reference-areas', zone, shown && referenceFeature(shown, rules));
  }
  for (const mine of mines) {
    const united = await mineDangerArea(transaction, mine, kernel);
    await put('reference-areas', mineName(mine), united && referenceFeature(united, rules));
  }
  return changes;
}

/** Kept by the store, or told of an area that is the same under a newer set of rules. */
const BOOKKEEPING: ReadonlySet<string> = new Set(['revision', 'updated_at', 'updated_by', 'rule_version']);

/** Is a derived area what it was? An area that a new set of rules leaves alone is not written again. */
export function sameArea(a: Feature, b: Feature): boolean {
  const told = ({ geometry, properties }: Feature) =>
    JSON.stringify([
      geometry,
      Object.entries(properties)
        .filter(([name, value]) => value !== null && !BOOKKEEPING.has(name))
        .toSorted(([p], [q]) => (p < q ? -1 : 1)),
    ]);
  return told(a) === told(b);
}

function referenceFeature(area: ReferenceArea, rules: RuleSet): Feature {
  const { id, geometry, kind, layer, sourceId, name, rule, formula, inputs } = area;
  return {
    id,
    geometry,
    properties: { kind, layer, source_id: sourceId, name, rule, rule_version: rules.version, formula, inputs: { ...inputs } },
  };
}

/**
 * The zones that a change can touch: its own, the point a danger zone stands for, river sections that share an end, points
 * that name a section as their channel, seams above or below one another.
 */
async function* zonesTouchedBy(
  transaction: Transaction,
  change: SourceChange,
  rules: RuleSet,
  kernel: GeometryKernel,
): AsyncGenerator<string> {
  const { layer, before, after } = change;
  if (!isZoneSource(layer)) return;
  const id = after?.id ?? before?.id;
  if (id === undefined) return;
  yield zoneName(layer, id);
  const states = [before, after].filter((state) => state !== null);
  switch (layer) {
    case 'danger-zones':
      for (const { properties } of states) {
        const point = textOf(properties, 'hazard_id');
        if (point === null) continue;
        yield zoneName('hazard-points', point);
        // a body that was drawn is part of what the other zones of the point say they replace
        yield* named(transaction, 'danger-zones', 'hazard_id', point);
      }
      break;
    case 'hazard-points':
      yield* named(transaction, 'danger-zones', 'hazard_id', id);
      break;
    case 'river-sections': {
      yield* named(transaction, 'hazard-points', 'channel_id', id);
      const derivation = new Derivation(transaction, rules, kernel);
      for (const state of states) for await (const section of derivation.neighboursOf(state)) yield zoneName(layer, section.id);
      break;
    }
    case 'subsidence-zones':
      for (const { geometry } of states) {
        if (!geometry) continue;
        for await (const other of transaction.select(layer, { boxes: [boundsOf(geometry)] })) yield zoneName(layer, other.id);
      }
      break;
    case 'hazard-areas':
      break;
  }
}

async function* named(transaction: Transaction, layer: LayerName, property: string, value: string): AsyncGenerator<string> {
  for await (const feature of transaction.select(layer, { filter: { op: '=', property, value } })) yield zoneName(layer, feature.id);
}

function minesOf({ layer, before, after }: SourceChange): string[] {
  if (layer !== 'subsidence-zones') return [];
  return [before, after].flatMap((state) => {
    const mine = state && textOf(state.properties, 'mine');
    return mine ? [mine] : [];
  });
}

const mineName = (mine: string) => MINE + mine;

/** The danger lines of a mine's seams as one area; null for a mine of fewer than two zones. */
async function mineDangerArea(transaction: Transaction, mine: string, kernel: GeometryKernel): Promise<ReferenceArea | null> {
  const parts: Geometry[] = [];
  const seams: string[] = [];
  for await (const zone of transaction.select('subsidence-zones', { filter: { op: '=', property: 'mine', value: mine } })) {
    const area = await transaction.get('threatened-areas', zoneName('subsidence-zones', zone.id));
    if (!area?.geometry) continue;
    parts.push(area.geometry);
    seams.push(zone.id);
  }
  if (parts.length < 2) return null;
  return {
    id: mineName(mine),
    kind: 'mine_danger_area',
    layer: 'subsidence-zones',
    sourceId: mine,
    name: mine,
    rule: 'subsidence-danger-line',
    formula: `union of ${seams.length} zones`,
    inputs: { zones: seams },
    geometry: unitedOutline(parts, kernel),
  };
}
