// Which features of one layer lie within a distance of another layer's: the generic check behind every distance rule.
// Distances are measured from a river's management line or the edge of its threatened strip, never from its centreline
// where such a line is known; on the ellipsoid, 1 cm within 2 km.
import { textOf, zoneName, type Feature, type Geometry, type Position } from '../../domain/feature.ts';
import type { Words } from '../../domain/field.ts';
import type { ProximityCheck, ProximityMeasure } from '../../domain/rules.ts';
import type { Bounds } from '../../domain/service.ts';
import { boundsMeet, boundsOf, widen } from '../../geo/bounds.ts';
import { chainsDistance } from '../../geo/chains.ts';
import { polygonsOf, PreparedArea } from '../../geo/covers.ts';
import { chainsOf, distanceToChains } from '../../geo/segment.ts';
import { prepareShape, type PreparedShape } from '../../geo/shape.ts';
import type { Reads, StoredFeature } from '../../store/store.ts';
import type { Derivation } from '../derivation.ts';
import type { GeometryKernel } from '../kernel/geos.ts';
import { outlineOf } from '../kernel/outline.ts';
import { managementRange } from '../rivers/managementRange.ts';

/** From where a distance was really measured: the centreline only where nothing better is known. */
export type MeasuredFrom = ProximityMeasure | 'centreline';

/** A subject within the distance, and the nearest feature of the other layer. */
export interface Near {
  readonly subject: StoredFeature;
  readonly from: StoredFeature;
  /** Metres; 0 inside. */
  readonly distance: number;
  readonly inside: boolean;
  readonly measuredFrom: MeasuredFrom;
}

export interface ProximityResult {
  readonly near: readonly Near[];
  /** Features of the other layer from which the distance could not be measured as asked. */
  readonly notAssessed: readonly Words[];
}

export type Check = Omit<ProximityCheck, 'kinds'> & { readonly kinds: readonly string[]; readonly distance: number };

/** A feature of the other layer made ready to be measured from. */
interface Source {
  readonly feature: StoredFeature;
  readonly bounds: Bounds;
  readonly chains: readonly (readonly Position[])[];
  readonly area: PreparedShape | null;
  readonly measuredFrom: MeasuredFrom;
}

/**
 * @param county the county's areas, for a check that is clipped to it; none loaded: not clipped, and said
 * @param breathe lets other work of the thread go first
 */
export async function proximity(
  reads: Reads,
  derivation: Derivation,
  check: Check,
  county: readonly PreparedArea[],
  kernel: GeometryKernel,
  breathe: () => Promise<void>,
): Promise<ProximityResult> {
  const notAssessed: Words[] = [];
  const sources = await sourcesOf(reads, derivation, check, kernel, notAssessed);
  if (check.within_county && county.length === 0)
    notAssessed.push({ zh: '未导入乡镇边界，未按县域裁剪', en: 'No townships are loaded: not clipped to the county' });
  const near: Near[] = [];
  let looked = 0;
  for await (const subject of reads.select(check.subject)) {
    if (++looked % 500 === 0) await breathe();
    if (!subject.geometry || (check.kinds.length > 0 && !check.kinds.includes(textOf(subject.properties, 'kind') ?? ''))) continue;
    if (check.within_county && county.length > 0 && !liesIn(county, subject.geometry)) continue;
    const nearest = nearestSource(sources, subject, check.distance);
    if (nearest) near.push(nearest);
  }
  return { near: near.toSorted((a, b) => a.distance - b.distance || (a.subject.id < b.subject.id ? -1 : 1)), notAssessed };
}

function nearestSource(sources: readonly Source[], subject: StoredFeature, limit: number): Near | null {
  const geometry = subject.geometry as Geometry;
  const box = widen(boundsOf(geometry), limit);
  let best: Near | null = null;
  for (const source of sources) {
    if ((source.feature.id === subject.id && source.feature.sequence === subject.sequence) || !boundsMeet(box, source.bounds)) continue;
    const { distance, inside } = measured(source, geometry);
    if (distance > limit || (best && best.distance <= distance)) continue;
    best = { subject, from: source.feature, distance, inside, measuredFrom: source.measuredFrom };
  }
  return best;
}

function measured({ area, chains }: Source, geometry: Geometry): { distance: number; inside: boolean } {
  if (geometry.type === 'Point') {
    const inside = area !== null && area.place(geometry.coordinates) !== 'outside';
    return { inside, distance: inside ? 0 : distanceToChains(chains, geometry.coordinates) };
  }
  const inside = area !== null && area.touches(geometry);
  return { inside, distance: inside ? 0 : chainsDistance(chains, chainsOf(geometry)) };
}

async function sourcesOf(
  reads: Reads,
  derivation: Derivation,
  check: Check,
  kernel: GeometryKernel,
  notAssessed: Words[],
): Promise<Source[]> {
  const sources: Source[] = [];
  for await (const feature of reads.select(check.from)) {
    if (!feature.geometry) continue;
    const placed = await placeOf(reads, derivation, check, feature, kernel);
    if (placed.gap) notAssessed.push(placed.gap);
    const chains = chainsOf(placed.geometry);
    const area = polygonsOf(placed.geometry).length > 0 ? prepareShape({ kind: 'area', geometry: placed.geometry }, placed.geometry) : null;
    sources.push({ feature, bounds: boundsOf(placed.geometry), chains, area, measuredFrom: placed.measuredFrom });
  }
  return sources;
}

interface Placed {
  readonly geometry: Geometry;
  readonly measuredFrom: MeasuredFrom;
  readonly gap?: Words;
}

/** The area or line that the distance to a feature is measured from. */
async function placeOf(
  reads: Reads,
  derivation: Derivation,
  { measure, from }: Check,
  feature: StoredFeature,
  kernel: GeometryKernel,
): Promise<Placed> {
  const geometry = feature.geometry as Geometry;
  if (from !== 'river-sections' || measure === 'geometry') return { geometry, measuredFrom: 'geometry' };
  const label = textOf(feature.properties, 'name') ?? feature.id;
  const unknown = (bank: Words): Words => ({
    zh: `河段 ${label}：${bank.zh}${measure === 'management_line' ? '管理范围' : '威胁带'}宽度未填，该侧自中心线量起，更远处未评估`,
    en: `River section ${label}: width of the ${measure === 'management_line' ? 'management range' : 'threatened strip'} missing ${bank.en}; measured from the centreline there, and not assessed farther off`,
  });
  if (measure === 'management_line') {
    const neighbours: StoredFeature[] = [];
    for await (const section of derivation.neighboursOf(feature)) neighbours.push(section);
    const range = managementRange(feature, neighbours);
    if (!range) return { geometry, measuredFrom: 'centreline', gap: unknown({ zh: '两岸', en: 'on both banks' }) };
    const placed = { geometry: outlineOf(range.shape, kernel), measuredFrom: 'management_line' } as const;
    if (range.known.left && range.known.right) return placed;
    return { ...placed, gap: unknown(range.known.left ? { zh: '右岸', en: 'on the right bank' } : { zh: '左岸', en: 'on the left bank' }) };
  }
  const strip = await reads.get('threatened-areas', zoneName('river-sections', feature.id));
  if (strip?.geometry) return { geometry: strip.geometry, measuredFrom: 'strip_edge' };
  return { geometry, measuredFrom: 'centreline', gap: unknown({ zh: '', en: '' }) };
}

function liesIn(county: readonly PreparedArea[], geometry: Geometry): boolean {
  return chainsOf(geometry).some((chain) => chain.some((p) => county.some((area) => area.covers(p))));
}

/** A position of a feature, to find it by on a map or along a river. */
export function placeOfFeature({ geometry }: Feature): Position | null {
  return geometry ? (chainsOf(geometry)[0]?.[0] ?? null) : null;
}
