// Counts the threatened households by the rules of the data model, so that the district can be made plausible. Plane distances:
// at this size they differ from the ellipsoid's by less than a millimetre in a hundred metres.
import type { District } from './district.ts';
import { FLOOD_RADIUS } from './floodPoints.ts';
import { counts, defaultRadius } from './geological.ts';
import { SpatialHash } from './hash.ts';
import { boundsOf, distance, distanceToSegment, insideRing, type Place } from './plane.ts';
import type { Household } from './people.ts';
import type { RiverSection } from './sections.ts';
import { dangerMargin, overWorking } from './workings.ts';

interface Threat {
  readonly rule: string;
  readonly centre: Place;
  readonly reach: number;
  readonly holds: (place: Place) => boolean;
}

function around(places: readonly Place[], margin: number): Pick<Threat, 'centre' | 'reach'> {
  const [west, south, east, north] = boundsOf(places);
  return { centre: [(west + east) / 2, (south + north) / 2], reach: Math.hypot(east - west, north - south) / 2 + margin + 1 };
}

/** Per segment a rectangle on each side, joined roundly on the outer side of inner vertices; flat ends. */
function inStrip(place: Place, { line, bank, widthLeft, widthRight }: RiverSection): boolean {
  const toLeft = bank === '右岸' ? 0 : (widthLeft ?? 0);
  const toRight = bank === '左岸' ? 0 : (widthRight ?? 0);
  return line.some((b, index) => {
    const a = line[index - 1];
    if (!a) return false;
    const side = (b[0] - a[0]) * (place[1] - a[1]) - (b[1] - a[1]) * (place[0] - a[0]);
    const width = side >= 0 ? toLeft : toRight;
    if (width === 0 || distanceToSegment(place, a, b) > width) return false;
    const share = ((place[0] - a[0]) * (b[0] - a[0]) + (place[1] - a[1]) * (b[1] - a[1])) / distance(a, b) ** 2;
    return (share >= 0 || index > 1) && (share <= 1 || index < line.length - 1);
  });
}

function threatsOf(district: District): Threat[] {
  const threats: Threat[] = [];
  for (const { at } of district.floodPoints) threats.push({ rule: '防汛隐患点 15 m', centre: at, reach: FLOOD_RADIUS, holds: () => true });
  const replaced = new Set(
    district.zones
      .filter((zone) => zone.extent === 'risk_extent' && (zone.status === 'confirmed' || zone.status === 'announced'))
      .map((zone) => zone.hazard),
  );
  for (const point of district.geological) {
    if (counts(point) && !replaced.has(point))
      threats.push({ rule: '地质隐患点默认范围', centre: point.at, reach: defaultRadius(point), holds: () => true });
  }
  for (const zone of district.zones) {
    if (zone.extent !== 'risk_extent' || zone.status === 'draft' || zone.status === 'revoked') continue;
    threats.push({
      rule: zone.hazard?.namedCase ? '危险区（点名案例）' : '危险区',
      ...around(zone.ring, 0),
      holds: (place) => insideRing(place, zone.ring),
    });
  }
  for (const section of district.sections) {
    threats.push({ rule: '河道威胁带', ...around(section.line, 30), holds: (place) => inStrip(place, section) });
  }
  for (const working of district.workings) {
    const margin = dangerMargin(working) ?? 0;
    threats.push({
      rule: '采空沉陷危险线',
      ...around(working.areas.flat(2), margin),
      holds: (place) => overWorking(place, working.areas, margin),
    });
  }
  for (const area of district.areas) {
    if (area.kind !== 'priority_area')
      threats.push({ rule: `区域 ${area.kind}`, ...around(area.ring, 0), holds: (place) => insideRing(place, area.ring) });
  }
  return threats;
}

export interface ExposureFigures {
  readonly households: number;
  readonly people: number;
  readonly share: number;
  /** Distinct households by rule; a household may stand under several. */
  readonly byRule: ReadonlyMap<string, number>;
  readonly byTownship: ReadonlyMap<string, number>;
}

/** Distinct located households under at least one threat. */
export function countExposure(district: District): ExposureFigures {
  const located = district.households.filter((household) => household.located);
  const homes = new SpatialHash<Household>(50);
  for (const household of located) homes.add(household.dwelling.at, household);
  const all = new Set<Household>();
  const rules = new Map<string, Set<Household>>();
  for (const threat of threatsOf(district)) {
    const under = rules.get(threat.rule) ?? new Set();
    rules.set(threat.rule, under);
    for (const household of homes.within(threat.centre, threat.reach)) {
      if (!threat.holds(household.dwelling.at)) continue;
      under.add(household);
      all.add(household);
    }
  }
  const byTownship = new Map<string, number>();
  let people = 0;
  for (const household of all) {
    const { name } = household.dwelling.township;
    byTownship.set(name, (byTownship.get(name) ?? 0) + 1);
    people += household.resident;
  }
  return {
    households: all.size,
    people,
    share: all.size / district.households.length,
    byTownship,
    byRule: new Map([...rules].map(([rule, under]) => [rule, under.size])),
  };
}
