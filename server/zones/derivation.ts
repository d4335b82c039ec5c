// What the rules make of the sources as they are in a store or a transaction: of one zone at a time, or of all.
import { textOf, zoneName, type Feature, type Geometry, type JsonValue, type Position } from '../domain/feature.ts';
import { isLayerName, ZONE_SOURCE_LAYERS, type LayerName, type ZoneSourceLayer } from '../domain/layer.ts';
import type { RuleSet } from '../domain/rules.ts';
import { boundsMeet, boundsOf, widen } from '../geo/bounds.ts';
import { prepareShape } from '../geo/shape.ts';
import type { Reads, StoredFeature } from '../store/store.ts';
import { dangerZoneArea, inForce, replacesPoint } from './dangerZoneArea.ts';
import { hazardAreaArea } from './hazardAreaArea.ts';
import type { GeometryKernel } from './kernel/geos.ts';
import { outlineOf } from './kernel/outline.ts';
import type { PointSurroundings } from './points/choice.ts';
import { nearestOn } from './points/debrisFan.ts';
import { hazardPointArea, proposedPointArea } from './points/hazardPointArea.ts';
import { fanFigures, type Supposed } from './points/proposal.ts';
import type { ReferenceArea } from './referenceArea.ts';
import { managementArea } from './rivers/managementRange.ts';
import { linesOf, riverStrip } from './rivers/riverStrip.ts';
import { influenceArea, subsidenceArea } from './subsidence/subsidenceArea.ts';
import { NO_AREA, type Derived } from './threatenedArea.ts';

export function isZoneSource(layer: LayerName): layer is ZoneSourceLayer {
  return (ZONE_SOURCE_LAYERS as readonly string[]).includes(layer);
}

/** A zone's name as layer and id. */
export function splitZone(zone: string): [ZoneSourceLayer, string] {
  const colon = zone.indexOf(':');
  const layer = zone.slice(0, colon);
  if (!isLayerName(layer) || !isZoneSource(layer)) throw new Error(`not a zone: ${zone}`);
  return [layer, zone.slice(colon + 1)];
}

/** What a danger zone does to the point that it names. */
interface StandIn {
  replaced: boolean;
  body: { zone: string; geometry: Geometry } | null;
}

export class Derivation {
  private readonly reads: Reads;
  private readonly rules: RuleSet;
  private readonly kernel: GeometryKernel;
  private standIns: Promise<Map<string, StandIn>> | null = null;

  /** Sources must not change while one derivation is in use: what points at a point is read once. */
  constructor(reads: Reads, rules: RuleSet, kernel: GeometryKernel) {
    this.reads = reads;
    this.rules = rules;
    this.kernel = kernel;
  }

  /** The row of `threatened-areas` for a zone, or null when it neither counts nor lacks anything. */
  async threatenedArea(zone: string): Promise<Feature | null> {
    const [layer, id] = splitZone(zone);
    const source = await this.reads.get(layer, id);
    return source ? this.threatenedAreaOf(layer, source) : null;
  }

  async threatenedAreaOf(layer: ZoneSourceLayer, source: StoredFeature): Promise<Feature | null> {
    const derived = await this.derive(layer, source);
    return derived.area || derived.gaps.length > 0 ? this.toFeature(layer, source.id, derived) : null;
  }

  /** The area that is shown beside a zone's own, or null. */
  async referenceArea(zone: string): Promise<ReferenceArea | null> {
    const [layer, id] = splitZone(zone);
    const source = layer === 'river-sections' || layer === 'subsidence-zones' ? await this.reads.get(layer, id) : null;
    if (!source) return null;
    if (layer === 'river-sections') return managementArea(source, await listOf(this.neighboursOf(source)), this.kernel);
    return influenceArea(source, await this.overlappingSeams(source), this.rules, this.kernel);
  }

  /** The same as a row of `threatened-areas` would have it; without geometry where the rules refuse, and its gaps say why. */
  async proposedFeature(point: StoredFeature, supposed: Supposed | null): Promise<Feature> {
    const proposal = supposed ? await this.supposedProposal(point, supposed) : await this.proposal(point);
    return this.toFeature('hazard-points', point.id, proposal);
  }

  /** The area that the rules propose for a hazard point, whatever its state and whatever was drawn for it. */
  async proposal(point: StoredFeature): Promise<Derived> {
    const standIn = (await this.allStandIns()).get(point.id);
    return proposedPointArea(point, await this.around(point, standIn), this.rules, this.kernel);
  }

  /** The same with what a planner supposes; what follows from it is said among the inputs. */
  private async supposedProposal(point: StoredFeature, supposed: Supposed): Promise<Derived> {
    const standIn = (await this.allStandIns()).get(point.id);
    const around = await this.around(point, standIn);
    const stated = { ...point.properties, ...supposed.properties };
    const figures =
      point.geometry?.type === 'Point'
        ? fanFigures(point.geometry.coordinates, stated, supposed, this.rules)
        : { properties: {}, said: {} };
    const derived = proposedPointArea(
      { ...point, properties: { ...stated, ...figures.properties } },
      {
        body: supposed.body ? { zone: 'drawn', geometry: supposed.body } : around.body,
        channel: supposed.channel ? supposed.channel.map(([lon, lat]): Position => [lon as number, lat as number]) : around.channel,
      },
      this.rules,
      this.kernel,
    );
    const said = {
      ...figures.said,
      ...(Object.keys(supposed.properties).length > 0 ? { supposed: { ...supposed.properties } } : {}),
    };
    return derived.area ? { ...derived, area: { ...derived.area, inputs: { ...derived.area.inputs, ...said } } } : derived;
  }

  private async derive(layer: ZoneSourceLayer, source: StoredFeature): Promise<Derived> {
    switch (layer) {
      case 'hazard-points': {
        const standIn = (await this.allStandIns()).get(source.id);
        if (standIn?.replaced) return NO_AREA;
        return hazardPointArea(source, await this.around(source, standIn), this.rules, this.kernel);
      }
      case 'danger-zones': {
        const id = textOf(source.properties, 'hazard_id');
        const point = id === null ? null : await this.reads.get('hazard-points', id);
        return dangerZoneArea(source, point, point && replacesPoint(source.properties) ? await this.proposal(point) : NO_AREA);
      }
      case 'hazard-areas':
        return hazardAreaArea(source);
      case 'subsidence-zones':
        return subsidenceArea(source, await this.overlappingSeams(source), this.rules, this.kernel);
      case 'river-sections':
        return riverStrip(source, await listOf(this.neighboursOf(source)));
    }
  }

  private async around(point: StoredFeature, standIn: StandIn | undefined): Promise<PointSurroundings> {
    const named = textOf(point.properties, 'channel_id');
    const section = named === null ? null : await this.reads.get('river-sections', named);
    return {
      body: standIn?.body ?? null,
      channel: section ? nearestLine(linesOf(section.geometry), point.geometry) : null,
    };
  }

  /** Read once for a bulk change, not once a point. */
  private allStandIns(): Promise<Map<string, StandIn>> {
    this.standIns ??= this.readStandIns();
    return this.standIns;
  }

  private async readStandIns(): Promise<Map<string, StandIn>> {
    const points = new Map<string, StandIn>();
    for await (const zone of this.reads.select('danger-zones')) {
      const point = textOf(zone.properties, 'hazard_id');
      if (point === null || !inForce(zone.properties)) continue;
      const standIn = points.get(point) ?? { replaced: false, body: null };
      if (replacesPoint(zone.properties)) standIn.replaced = true;
      else if (textOf(zone.properties, 'extent') === 'hazard_extent' && zone.geometry)
        standIn.body ??= { zone: zoneName('danger-zones', zone.id), geometry: zone.geometry };
      points.set(point, standIn);
    }
    return points;
  }

  /** Other sections of the same river near this one. */
  async *neighboursOf(section: Feature): AsyncGenerator<StoredFeature> {
    const river = textOf(section.properties, 'river');
    if (river === null || !section.geometry) return;
    const near = this.reads.select('river-sections', {
      boxes: [widen(boundsOf(section.geometry), 1)],
      filter: { op: '=', property: 'river', value: river },
    });
    for await (const other of near) if (other.id !== section.id) yield other;
  }

  /** Zones of other seams that overlap this one, by name. Both must say which seam they are of. */
  private async overlappingSeams(zone: StoredFeature): Promise<string[]> {
    const seam = textOf(zone.properties, 'seam');
    if (seam === null || !zone.geometry) return [];
    const box = boundsOf(zone.geometry);
    const shape = prepareShape({ kind: 'area', geometry: zone.geometry }, zone.geometry);
    const found: string[] = [];
    for await (const other of this.reads.select('subsidence-zones', { boxes: [box] })) {
      const its = textOf(other.properties, 'seam');
      if (other.id === zone.id || its === null || its === seam || !other.geometry) continue;
      if (boundsMeet(box, boundsOf(other.geometry)) && shape.touches(other.geometry)) found.push(zoneName('subsidence-zones', other.id));
    }
    return found.toSorted();
  }

  private toFeature(layer: ZoneSourceLayer, sourceId: string, derived: Derived): Feature {
    const { area, gaps } = derived;
    const zone = zoneName(layer, sourceId);
    const listed = gaps.length > 0 ? { gaps: gaps.map((gap): JsonValue => ({ ...gap })) } : {};
    if (!area)
      return {
        id: zone,
        geometry: null,
        properties: { zone, layer, source_id: sourceId, ...listed },
      };
    // polygons count by their own geometry; other shapes are kept, since counting uses the rule and not its drawing
    const shape = area.shape.kind === 'area' ? null : (JSON.parse(JSON.stringify(area.shape)) as JsonValue);
    return {
      id: zone,
      geometry: outlineOf(area.shape, this.kernel),
      properties: {
        ...area.attributes,
        zone,
        layer,
        source_id: sourceId,
        rule: area.rule,
        rule_version: this.rules.version,
        formula: area.formula,
        inputs: { ...area.inputs, ...(shape === null ? {} : { shape }) },
        caps_hit: [...area.capsHit],
        fallback: area.fallback ?? null,
        missing: area.missing ? [...area.missing] : null,
        radius_m: area.radius ?? null,
        left_m: area.left ?? null,
        right_m: area.right ?? null,
        margin_m: area.margin ?? null,
        ...listed,
      },
    };
  }
}

/** Of a section's parts the one beside the point. */
function nearestLine(lines: readonly (readonly Position[])[], point: Geometry | null): readonly Position[] | null {
  if (point?.type !== 'Point') return lines[0] ?? null;
  const off = (line: readonly Position[]) => nearestOn(line, point.coordinates).distance;
  return lines.reduce<readonly Position[] | null>((best, line) => (best === null || off(line) < off(best) ? line : best), null);
}

async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
