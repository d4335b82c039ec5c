// Puts the whole demo district together in memory: ground, people, hazards, places. Nothing here knows of files.
import { makeAreas, makePonds, type HazardArea } from './areas.ts';
import { makeCases, type NamedCase } from './cases.ts';
import { makeCommunities, type Community } from './communities.ts';
import { makeSettlement } from './dwellings.ts';
import { makeFloodPoints, type FloodPoint } from './floodPoints.ts';
import { makeGeological, type GeologicalPoint } from './geological.ts';
import { SpatialHash } from './hash.ts';
import { makeHouseholds, type Household } from './people.ts';
import { makeFacilities, makeSchools, makeShelters, type Facility, type School, type Shelter } from './places.ts';
import { distance, type Place } from './plane.ts';
import { makeSections, type RiverSection } from './sections.ts';
import { makeTerrain, type Terrain } from './terrain.ts';
import { makeWorkings, type Working } from './workings.ts';
import { makeZones, type DangerZone } from './zones.ts';

export interface District {
  readonly terrain: Terrain;
  readonly cases: readonly NamedCase[];
  readonly communities: readonly Community[];
  readonly households: readonly Household[];
  readonly floodPoints: readonly FloodPoint[];
  readonly geological: readonly GeologicalPoint[];
  readonly zones: readonly DangerZone[];
  readonly sections: readonly RiverSection[];
  readonly workings: readonly Working[];
  readonly areas: readonly HazardArea[];
  readonly schools: readonly School[];
  readonly shelters: readonly Shelter[];
  readonly facilities: readonly Facility[];
}

/** The same district every time; a few seconds. */
export function makeDistrict(): District {
  const terrain = makeTerrain();
  const cases = makeCases(terrain);
  const communities = makeCommunities(terrain, cases);
  const settlement = makeSettlement(communities, cases, terrain);
  const households = makeHouseholds(settlement.dwellings);
  const homes = new SpatialHash<Place>(60);
  for (const { at } of settlement.dwellings) homes.add(at, at);
  const reserved = cases.map((one) => one.reserved);
  const workings = makeWorkings(terrain, homes, reserved);
  const villageAt = (at: Place, township: Community['township']): string => {
    const own = communities.filter((one) => one.township === township);
    return `${own.reduce((best, one) => (distance(one.centre, at) < distance(best.centre, at) ? one : best)).name}社区`;
  };
  const geological = makeGeological(terrain, homes, villageAt, workings, cases);
  const sections = makeSections();
  const schools = makeSchools(settlement);
  return {
    terrain,
    cases,
    communities,
    households,
    geological,
    sections,
    workings,
    schools,
    floodPoints: makeFloodPoints(terrain, settlement.dwellings, communities),
    zones: makeZones(geological, terrain, homes, reserved),
    areas: makeAreas(terrain, homes, reserved),
    shelters: makeShelters(settlement, schools),
    facilities: makeFacilities(settlement, sections, makePonds(), terrain),
  };
}
