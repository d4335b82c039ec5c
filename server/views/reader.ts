// Everything that is read: figures, lists, items, tiles, as a role sees them. Holds the counting index and follows
// the writer's commits; an answer is always of the revision applied last, or a newer one.
import { randomUUID } from 'node:crypto';
import type { ChangeSet } from '../domain/changeSet.ts';
import { textOf, type Feature, type Geometry, type Position } from '../domain/feature.ts';
import { Problem } from '../domain/problem.ts';
import type { ExposureReport, NotAssessed, PopulationBase } from '../domain/figure.ts';
import { LAYER_NAMES, type LayerName } from '../domain/layer.ts';
import { atLeast, type Role } from '../domain/role.ts';
import type { RuleSet, RuleSetEntry } from '../domain/rules.ts';
import type { RulesPreview } from '../domain/rulesPreview.ts';
import type { Bounds } from '../domain/service.ts';
import { compareShapes } from '../exposure/comparison.ts';
import { Exposure } from '../exposure/exposure.ts';
import { dangerLimits } from '../exposure/grade.ts';
import { NO_FILTER, type ExposureFilter } from '../exposure/filter.ts';
import { exposedUnits, whyExposed, type Why } from '../exposure/lists.ts';
import { flatShape, type FlatShape } from '../exposure/flatShape.ts';
import type { Membership } from '../exposure/membership.ts';
import { packIndex } from '../exposure/packed.ts';
import { exposureReport } from '../exposure/report.ts';
import { unitOf, type Unit, type UnitKind } from '../exposure/unit.ts';
import type { Positions } from '../exposure/units/positions.ts';
import { UnitIndex } from '../exposure/units/unitIndex.ts';
import { UnitRows } from '../exposure/units/unitRows.ts';
import { gapsOf, zoneOf, type Zone } from '../exposure/zone.ts';
import { boundsOf, joinBounds } from '../geo/bounds.ts';
import { TownshipIndex } from '../ingest/townships.ts';
import { readableLayers, viewOf, type ViewContext } from '../policy/policy.ts';
import { publishFigures } from '../publication/publish.ts';
import type { FeatureStore } from '../store/store.ts';
import { featureTile, tileBounds } from '../tiles/featureTile.ts';
import { householdTile } from '../tiles/householdTile.ts';
import { splitAtDateLine } from '../geo/bounds.ts';
import { whatIf } from '../exposure/whatIf.ts';
import type { CountingShape } from '../geo/shape.ts';
import { Derivation } from '../zones/derivation.ts';
import { loadKernel } from '../zones/kernel/geos.ts';
import { outlineOf } from '../zones/kernel/outline.ts';
import type { Supposed } from '../zones/points/proposal.ts';
import { announcedPoints } from './announcedPoints.ts';
import type { Standing } from '../export/exportLayer.ts';
import { listBytes, type ListFormat } from './exposedList.ts';
import { checksOf, proximityReport, type NamedCheck } from '../reports/proximityReport.ts';
import type { Report } from '../reports/report.ts';
import { subsidenceDamage } from '../reports/subsidenceDamage.ts';
import { riverPositions } from './riverPositions.ts';
import { previewRules } from './rulesPreview.ts';
import { removedBytes } from './removedFeatures.ts';
import { whatIfListBytes } from './whatIfList.ts';
import { inCrs, itemsPage, onTheWire, type ItemsPage, type ItemsRequest } from './items.ts';

const UNIT_LAYERS: readonly UnitKind[] = ['households', 'schools'];

/** Rows read between two looks at what else is waiting. */
const READ_AT_A_TIME = 2000;

/** Told how far a computation is, and able to call it off. */
export interface Watch {
  progress?(done: number, of: number): void;
  readonly signal?: AbortSignal;
}

/** A computation was called off: a newer one makes its answer worthless. */
export class Cancelled extends Error {}

/** Counts all zones: alone or with other threads. @throws Cancelled */
export type CountAll = (positions: Positions, shapes: readonly FlatShape[], watch: Watch) => Promise<Membership[]>;

/** Lets other work of this thread go first. @throws Cancelled */
export async function breathe(signal?: AbortSignal): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) throw new Cancelled('the computation was called off');
}

/** Of the counting index: its revision, and a name for the order of its positions. */
export interface IndexVersion {
  readonly revision: number;
  readonly order: string;
}

interface Seen {
  count: number;
  bounds: Bounds | null;
  lastChange: string | null;
}

export class Reader implements ViewContext {
  private readonly store: FeatureStore;
  private readonly countAll: CountAll;
  private index = Exposure.empty();
  private announced: ReadonlySet<string> = new Set();
  private readonly seenBy = new Map<string, Seen>();
  private revision = 0;
  private ordered: UnitIndex | null = null;
  private order = '';
  private computedAt = new Date().toISOString();

  constructor(store: FeatureStore, countAll: CountAll) {
    this.store = store;
    this.countAll = countAll;
  }

  /** The rules in force. */
  async rules(): Promise<RuleSetEntry> {
    const entry = await this.store.rules();
    if (!entry) throw new Error('the store has no rules');
    return entry;
  }

  ruleHistory(): Promise<RuleSetEntry[]> {
    return this.store.ruleSets();
  }

  /** The area that the rules propose for a hazard point, as a feature; null when there is no such point. */
  async proposal(id: string, supposed: Supposed | null): Promise<Feature | null> {
    const point = await this.store.get('hazard-points', id);
    return point ? new Derivation(this.store, (await this.rules()).set, await loadKernel()).proposedFeature(point, supposed) : null;
  }

  /** The distance-rule checks of the rules in force, or one that somebody asks for. */
  async proximity(asked: NamedCheck | null): Promise<Report> {
    const { set } = await this.rules();
    return proximityReport(this.store, set, asked ? [asked] : checksOf(set), this.revision, await loadKernel(), breathe);
  }

  async subsidenceDamage(): Promise<Report> {
    return subsidenceDamage(this.store, (await this.rules()).set, this.revision, breathe);
  }

  riverPositions(position: Position) {
    return riverPositions(this.store, position);
  }

  async previewRules(proposed: RuleSet): Promise<RulesPreview> {
    return previewRules(this.store, this.index, proposed, this.revision, await loadKernel(), breathe);
  }

  /**
   * Reads the whole store and counts everything anew. Meanwhile answers are of the state before, and say so.
   * @throws Cancelled when the signal calls it off
   */
  async load(watch: Watch = {}): Promise<number> {
    const revision = await this.store.revision();
    const { rows, unlocated } = await this.readUnits(watch);
    const zones: Zone[] = [];
    const gaps = new Map<string, readonly NotAssessed[]>();
    for await (const feature of this.store.select('threatened-areas')) {
      gaps.set(feature.id, gapsOf(feature));
      const zone = zoneOf(feature);
      if (zone) zones.push(zone);
    }
    const townships = await this.readTownships();
    const units = UnitIndex.ofRows(rows, (bytes) => new SharedArrayBuffer(bytes));
    const shapes = zones.map((zone) => zone.shape);
    const memberships = await this.countAll(units, shapes, watch);
    const exposure = new Exposure({
      units,
      unlocated,
      zones,
      memberships,
      townships,
      dangerLimits: dangerLimits((await this.rules()).set),
    });
    for (const [zone, its] of gaps) exposure.setGaps(zone, its);
    this.announced = await announcedPoints(this.store);
    // only now: until the new index is whole, answers are of the old one and say so by its revision
    this.index = exposure;
    this.revision = revision;
    this.computedAt = new Date().toISOString();
    return this.revision;
  }

  private async readUnits(watch: Watch): Promise<{ rows: UnitRows; unlocated: Unit[] }> {
    const rows = new UnitRows();
    const unlocated: Unit[] = [];
    let read = 0;
    for (const kind of UNIT_LAYERS) {
      for await (const feature of this.store.select(kind)) {
        const unit = unitOf(kind, feature);
        if (unit.geometry) rows.add(unit);
        else unlocated.push(unit);
        if (++read % READ_AT_A_TIME === 0) await breathe(watch.signal);
      }
    }
    return { rows, unlocated };
  }

  /** Follows a commit. */
  async apply(set: ChangeSet): Promise<void> {
    if (set.rules) this.index.dangerLimits = dangerLimits((await this.rules()).set);
    for (const { layer, ids } of set.changes) {
      if (layer === 'townships') this.index.setTownships(await this.readTownships());
      if (layer === 'danger-zones') this.announced = await announcedPoints(this.store);
      for (const id of ids ?? []) await this.applyFeature(layer, id);
    }
    this.revision = Math.max(this.revision, set.revision);
    this.computedAt = new Date().toISOString();
  }

  private async applyFeature(layer: LayerName, id: string): Promise<void> {
    if (!COUNTED.has(layer)) return;
    const feature = await this.store.get(layer, id);
    if (layer === 'households' || layer === 'schools') {
      if (feature) this.index.putUnit(unitOf(layer, feature));
      else this.index.removeUnit(layer, id);
      return;
    }
    this.index.setGaps(id, feature ? gapsOf(feature) : []);
    const zone = feature ? zoneOf(feature) : null;
    if (zone) this.index.putZone(zone);
    else this.index.removeZone(id);
  }

  private async readTownships(): Promise<TownshipIndex['list']> {
    return (await TownshipIndex.read(this.store)).list;
  }

  isAnnounced(point: string): boolean {
    return this.announced.has(point);
  }

  exposure(filter: ExposureFilter): ExposureReport {
    return exposureReport(this.index, filter, { revision: this.revision, computedAt: this.computedAt });
  }

  published(at: string) {
    return publishFigures(this.exposure(NO_FILTER), at);
  }

  async list(kind: UnitKind, filter: ExposureFilter, options: { limit: number | null; cursor: string | null; format: ListFormat }) {
    const page = exposedUnits(this.index, kind, filter, { after: options.cursor, limit: options.limit });
    return { bytes: await listBytes(this.store, { kind, ...page }, filter.base, options.format), count: page.items.length };
  }

  /** How each of those under threat stands, to be written beside its own fields. */
  standing(kind: UnitKind, filter: ExposureFilter): Standing[] {
    const { items } = exposedUnits(this.index, kind, filter, { after: null, limit: null });
    return items.map(({ unit, certainty, zones }) => ({ id: unit.id, certainty, zones }));
  }

  /** @throws Problem 404 when the zone does not exist */
  async whatIf(geometry: Geometry, radius: number | null, zoneName: string | null, filter: ExposureFilter) {
    const zone = zoneName === null ? null : (this.index.zones.get(zoneName) ?? null);
    if (zoneName !== null && !zone) throw new Problem(404, 'no_zone', `There is no zone ${zoneName.slice(0, 120)} that counts.`);
    return { revision: this.revision, ...whatIf(this.index, await drawnShape(geometry, radius), zone, filter) };
  }

  /** Who comes into a drawn area, and who drops out of the one before, if one is given; as bytes. */
  whatIfList(geometry: Geometry, against: Geometry | null, limit: number, base: PopulationBase) {
    const areaOf = (area: Geometry) => flatShape({ kind: 'area', geometry: area }, area);
    const comparison = compareShapes(this.index, areaOf(geometry), against && areaOf(against), limit);
    return whatIfListBytes(this.store, this.revision, comparison, base);
  }

  /** The runs of zones as they are counted, over the positions of the packed index of the same version; null where one does not count. */
  memberships(names: readonly string[]) {
    const runsOf = (name: string) => {
      const counted = this.index.zones.get(name);
      return counted ? { inside: [...counted.membership.inside], near: [...counted.membership.near] } : null;
    };
    return { ...this.indexVersion(), zones: Object.fromEntries(names.map((name) => [name, runsOf(name)])) };
  }

  /** The index that the page counts with. */
  packed(): IndexVersion & { bytes: Uint8Array<ArrayBuffer> } {
    const version = this.indexVersion();
    return { bytes: packIndex(this.index, version.revision, version.order), ...version };
  }

  /** The positions of two answers are the same units when both members are the same. */
  indexVersion(): IndexVersion {
    if (this.ordered !== this.index.units) [this.ordered, this.order] = [this.index.units, randomUUID().slice(0, 13)];
    return { revision: this.revision, order: this.order };
  }

  why(kind: UnitKind, id: string): Why | null {
    return whyExposed(this.index, kind, id);
  }

  items(request: ItemsRequest): Promise<ItemsPage> {
    return itemsPage(this.store, request, this).then((page) => ({
      ...page,
      features: page.features.map((feature) => this.completed(request.layer, feature)),
    }));
  }

  /** One feature as a role sees it, or null. */
  async item(role: Role, layer: LayerName, id: string, epsg: number, northFirst: boolean) {
    const stored = await this.store.get(layer, id);
    const view = stored ? viewOf(role, layer, stored, this) : null;
    if (!view || !stored) return null;
    return { revision: stored.revision, feature: onTheWire(role, layer, inCrs(this.completed(layer, view), epsg, northFirst)) };
  }

  /** Adds what is computed at reading: whether a shelter itself lies in a threatened area. */
  private completed<F extends Feature>(layer: LayerName, feature: F): F {
    if (layer !== 'shelters' || !feature.geometry) return feature;
    const inside = this.index.zonesAt(feature.geometry).length > 0;
    return { ...feature, properties: { ...feature.properties, inside_hazard: inside } };
  }

  history(layer: LayerName, id: string) {
    return this.store.history(layer, id);
  }

  removed(layer: LayerName, limit: number) {
    return removedBytes(this.store, layer, limit);
  }

  async tile(role: Role, layer: LayerName, z: number, x: number, y: number): Promise<Uint8Array> {
    if (layer === 'households') return householdTile(this.index, z, x, y);
    const features: Feature[] = [];
    for await (const stored of this.store.select(layer, { boxes: splitAtDateLine(tileBounds(z, x, y)) })) {
      const view = viewOf(role, layer, stored, this);
      if (view) features.push(this.completed(layer, view));
    }
    return featureTile(role, layer, features, z, x, y);
  }

  /** What the page's configuration says of the data, as far as the role may know. */
  async summary(role: Role) {
    let bounds: Bounds | null = null;
    let dataDate: string | null = null;
    const layers: { name: LayerName; count: number }[] = [];
    for (const name of readableLayers(role)) {
      layers.push({ name, count: (await this.seen(role, name)).count });
      if (name === 'threatened-areas') continue;
      const seen = await this.seen(role, name);
      bounds = joinBounds(bounds, seen.bounds);
      const changed = seen.lastChange;
      if (changed !== null && (dataDate === null || changed > dataDate)) dataDate = changed;
    }
    return {
      revision: this.revision,
      bounds,
      dataDate,
      layers,
      district: await this.store.fact('district'),
      synthetic: await this.store.fact('synthetic'),
      ground: await this.store.fact('ground'),
      demo: await this.store.fact('demo'),
    };
  }

  /** What a role sees of a layer as a whole: number, box and latest change. The public's is of its own view alone. */
  async seen(role: Role, layer: LayerName): Promise<Seen> {
    if (atLeast(role, 'analyst') && layer !== 'threatened-areas') {
      const [count, bounds, lastChange] = await Promise.all([
        this.store.count(layer),
        this.store.extent(layer),
        this.store.lastChange(layer),
      ]);
      return { count, bounds, lastChange };
    }
    const key = `${await this.store.revision()} ${role} ${layer}`;
    const known = this.seenBy.get(key);
    if (known) return known;
    const seen: Seen = { count: 0, bounds: null, lastChange: null };
    for await (const stored of this.store.select(layer)) {
      const view = viewOf(role, layer, stored, this);
      if (!view) continue;
      seen.count++;
      if (view.geometry) seen.bounds = joinBounds(seen.bounds, boundsOf(view.geometry));
      const changed = textOf(view.properties, 'updated_at');
      if (changed !== null && (seen.lastChange === null || changed > seen.lastChange)) seen.lastChange = changed;
    }
    if (this.seenBy.size > 100) this.seenBy.clear();
    this.seenBy.set(key, seen);
    return seen;
  }

  async isEmpty(): Promise<boolean> {
    for (const layer of LAYER_NAMES) if ((await this.store.count(layer)) > 0) return false;
    return true;
  }
}

/** Layers that the counting index holds. */
const COUNTED: ReadonlySet<LayerName> = new Set(['households', 'schools', 'threatened-areas']);

/** Does a commit change so much that counting anew is the way to follow it? */
export function isBulk(set: ChangeSet): boolean {
  return set.changes.some((change) => change.ids === null && COUNTED.has(change.layer));
}

/** A drawn area, or all within a radius in metres of a point, a line or an area. */
async function drawnShape(geometry: Geometry, radius: number | null): Promise<FlatShape> {
  const shape: CountingShape =
    geometry.type === 'Point'
      ? { kind: 'disc', center: geometry.coordinates, radius: radius ?? 0 }
      : radius === null || radius === 0
        ? { kind: 'area', geometry }
        : { kind: 'margin', geometry, margin: radius };
  return flatShape(shape, outlineOf(shape, await loadKernel()));
}
