// Danger zones as the county government delimits them: most announced, a few on the way there, one revoked.
import type { GeologicalPoint } from './geological.ts';
import type { SpatialHash } from './hash.ts';
import { along, centroid, distanceToLine, insideRing, type Place, type Ring } from './plane.ts';
import { randomOf } from './random.ts';
import { descent, tongueAlong } from './shapes.ts';
import type { Terrain } from './terrain.ts';

export interface DangerZone {
  readonly id: string;
  readonly hazard: GeologicalPoint | null;
  readonly name: string;
  readonly extent: 'hazard_extent' | 'risk_extent';
  readonly status: 'draft' | 'confirmed' | 'announced' | 'revoked';
  readonly basis: 'default_rule' | 'survey' | 'emergency_survey' | 'expert';
  readonly ring: Ring;
  readonly documentNo: string | null;
  readonly announcedOn: string | null;
  readonly revokedOn: string | null;
  readonly revocationNo: string | null;
  readonly reason: string;
}

const STATUSES: readonly DangerZone['status'][] = [
  ...Array.from({ length: 16 }, () => 'announced' as const),
  'confirmed',
  'confirmed',
  'draft',
  'draft',
  'revoked',
];
/** Homes in a zone that is not a named case: more would make it a case of its own. */
const MOST_HOMES = 60;
const HAZARD_EXTENTS = 4;

function homesIn(ring: Ring, homes: SpatialHash<Place>): number {
  let found = 0;
  for (const home of homes.within(centroid(ring), 320)) if (insideRing(home, ring)) found++;
  return found;
}

/** Down the slope from the point, as far as some homes are in it but not too many. */
function riskExtent(point: GeologicalPoint, terrain: Terrain, homes: SpatialHash<Place>, avoid: readonly Ring[]): Ring | null {
  const head = along(point.at, terrain.uphill(point.at), 28);
  const random = randomOf(`zone of ${point.id}`);
  const half = random.between(20, 34);
  for (const length of [210, 180, 150, 120, 95]) {
    const ring = tongueAlong(descent(terrain, head, length + 28), half * 0.7, half * 1.35, `zone ${point.id} ${length}`);
    if (!ring) continue;
    const clear = avoid.every((other) => ring.every((place) => !insideRing(place, other) && distanceToLine(place, other, true) > 4));
    const found = homesIn(ring, homes);
    if (clear && found >= 3 && found <= MOST_HOMES) return ring;
  }
  return null;
}

const day = (index: number): string =>
  `2026-${String(4 + (index % 4)).padStart(2, '0')}-${String(3 + ((index * 7) % 25)).padStart(2, '0')}`;

export function makeZones(
  points: readonly GeologicalPoint[],
  terrain: Terrain,
  homes: SpatialHash<Place>,
  avoid: readonly Ring[],
): readonly DangerZone[] {
  const random = randomOf('danger zones');
  const zones: DangerZone[] = [];
  const push = (zone: Omit<DangerZone, 'id' | 'documentNo' | 'announcedOn' | 'revokedOn' | 'revocationNo'>): void => {
    const index = zones.length;
    const published = zone.status === 'announced' || zone.status === 'revoked';
    zones.push({
      ...zone,
      id: `WXQ-${String(index + 1).padStart(3, '0')}`,
      documentNo: published ? `演示〔2026〕${index + 1}号` : null,
      announcedOn: published ? day(index) : null,
      revokedOn: zone.status === 'revoked' ? '2026-09-20' : null,
      revocationNo: zone.status === 'revoked' ? '演示〔2026〕96号' : null,
    });
  };
  for (const point of points) {
    if (!point.namedCase) continue;
    push({
      hazard: point,
      name: `${point.name}风险范围`,
      extent: 'risk_extent',
      status: 'announced',
      basis: 'emergency_survey',
      ring: point.namedCase.hazard.ring,
      reason: '演示：公开材料所载点位',
    });
  }
  const candidates = random.shuffle(
    points.filter(
      (point) => !point.namedCase && point.state === '在册' && point.type !== 'high_cut_slope' && point.type !== 'ground_fissure',
    ),
  );
  const withExtent: GeologicalPoint[] = [];
  for (const point of candidates) {
    const status = STATUSES[withExtent.length];
    if (!status) break;
    const ring = riskExtent(point, terrain, homes, avoid);
    if (!ring) continue;
    withExtent.push(point);
    push({
      hazard: point,
      name: `${point.name}风险范围`,
      extent: 'risk_extent',
      status,
      ring,
      basis: status === 'draft' ? 'default_rule' : random.pick(['survey', 'survey', 'expert']),
      reason:
        status === 'draft'
          ? '演示：按默认规则拟划，待技术支撑单位确认'
          : status === 'revoked'
            ? '演示：工程治理完成，险情消除'
            : '演示：汛前排查划定',
    });
  }
  if (withExtent.length < STATUSES.length) throw new Error(`only ${withExtent.length} of ${STATUSES.length} danger zones found room`);
  for (const point of withExtent.slice(0, HAZARD_EXTENTS)) {
    const uphill = terrain.uphill(point.at);
    const body = tongueAlong(descent(terrain, along(point.at, uphill, 42), 80), 16, 22, `body ${point.id}`);
    if (!body) throw new Error(`no hazard extent for ${point.name}`);
    push({
      hazard: point,
      name: `${point.name}危险范围`,
      extent: 'hazard_extent',
      status: 'announced',
      basis: 'survey',
      ring: body,
      reason: '演示：灾害体边界，不计人',
    });
  }
  const spare = candidates.find((point) => !withExtent.includes(point) && riskExtent(point, terrain, homes, avoid));
  const free = spare && riskExtent({ ...spare, at: along(spare.at, terrain.uphill(spare.at), -20) }, terrain, homes, avoid);
  if (free && spare)
    push({
      hazard: null,
      name: `${spare.village.replace('社区', '')}临时划定危险区`,
      extent: 'risk_extent',
      status: 'announced',
      basis: 'emergency_survey',
      ring: free,
      reason: '演示：未挂接隐患点的危险区',
    });
  return zones;
}
