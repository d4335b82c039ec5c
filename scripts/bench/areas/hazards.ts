// Hazards of every kind that has a rule, as a county's registers would have them: with and without a direction, with bodies
// that were drawn, on channels, goafs that lie flat and that dip. The same for the same number.
import type { Geometry, Position, Properties } from '../../../server/domain/feature.ts';
import { zoneName } from '../../../server/domain/feature.ts';
import type { LayerFeature } from '../../../server/domain/feature.ts';
import type { ZoneSourceLayer } from '../../../server/domain/layer.ts';
import { randomOf, type Random } from '../../demo/random.ts';
import { anywhere, logBetween, offset, riverSections } from '../world/landscape.ts';
import { outline } from '../world/outline.ts';

export interface Hazard extends LayerFeature {
  readonly layer: ZoneSourceLayer;
}

/** Shares of a hundred. Bodies come with their points, so they are counted with them. */
const SHARES = { points: 62, bodies: 8, sections: 10, goafs: 10, areas: 10 };
const TYPES = ['landslide', 'rockfall', 'unstable_slope', 'debris_flow', 'ground_collapse', 'ground_fissure', 'other', 'high_cut_slope'];
const TYPE_WEIGHTS = [22, 16, 16, 16, 10, 8, 8, 4];

/** @returns sources of areas in the order in which they are to be put */
export function madeHazards(count: number): Hazard[] {
  const share = (percent: number) => Math.round((count * percent) / 100);
  const sections = madeSections(share(SHARES.sections));
  const points = madePoints(share(SHARES.points), sections);
  return [
    ...sections,
    ...madeGoafs(share(SHARES.goafs)),
    ...madeAreas(share(SHARES.areas)),
    ...points,
    ...madeBodies(share(SHARES.bodies), points),
  ];
}

function ringed(random: Random, centre: Position, radius: number, most: number): Geometry {
  const vertices = Math.round(logBetween(random, 8, most));
  const ring = outline(random, {
    centre,
    radius,
    vertices,
    roughness: random.between(0.1, 0.4),
    stretch: logBetween(random, 1, 3),
    bend: true,
  });
  return { type: 'Polygon', coordinates: [ring] };
}

/** Rivers of ten sections, each of which goes on where the one before ends. */
function madeSections(count: number): Hazard[] {
  const random = randomOf('bench/areas/sections');
  const courses = riverSections();
  return Array.from({ length: count }, (_, i) => ({
    layer: 'river-sections',
    id: `S${i + 1}`,
    geometry: { type: 'LineString', coordinates: courses[i % courses.length] as Position[] },
    properties: {
      river: `R${Math.floor(i / 10)}`,
      width_left_m: random.whole(15, 80),
      width_right_m: random.whole(15, 80),
      ...(random.chance(0.5) ? { management_left_m: random.whole(20, 60), management_right_m: random.whole(20, 60) } : {}),
    },
  }));
}

function madePoints(count: number, sections: readonly Hazard[]): Hazard[] {
  const random = randomOf('bench/areas/points');
  return Array.from({ length: count }, (_, i) => {
    const type = TYPES[random.weighted(TYPE_WEIGHTS)] as string;
    const channel = type === 'debris_flow' && random.chance(0.6) && sections.length > 0 ? random.pick(sections) : null;
    const line = channel?.geometry?.type === 'LineString' ? channel.geometry.coordinates : null;
    const at = line ? offset(random.pick(line.slice(0, -1)), random.normal(0, 20), random.normal(0, 20)) : anywhere(random);
    const sized: Properties = {
      length_m: Math.round(logBetween(random, 10, 500)),
      width_m: Math.round(logBetween(random, 8, 300)),
      height_m: Math.round(logBetween(random, 4, 60)),
      depth_m: random.whole(1, 20),
      slope_deg: random.whole(20, 80),
    };
    return {
      layer: 'hazard-points',
      id: `P${i + 1}`,
      geometry: { type: 'Point', coordinates: at },
      properties: {
        hazard_type: type,
        register: random.chance(0.2) ? 'flood' : 'geological',
        state: 'registered',
        ...(random.chance(0.9) ? sized : {}),
        ...(random.chance(0.7) ? { aspect_deg: random.whole(0, 359) } : {}),
        ...(channel ? { channel_id: channel.id } : {}),
      },
    };
  });
}

/** Hazard extents, as surveyed, of points that have none yet. */
function madeBodies(count: number, points: readonly Hazard[]): Hazard[] {
  const random = randomOf('bench/areas/bodies');
  return random
    .shuffle(points)
    .slice(0, count)
    .map((point, i) => ({
      layer: 'danger-zones',
      id: `D${i + 1}`,
      geometry: point.geometry?.type === 'Point' ? ringed(random, point.geometry.coordinates, logBetween(random, 15, 200), 300) : null,
      properties: { hazard_id: point.id, extent: random.chance(0.75) ? 'hazard_extent' : 'risk_extent', status: 'confirmed' },
    }));
}

function madeGoafs(count: number): Hazard[] {
  const random = randomOf('bench/areas/goafs');
  return Array.from({ length: count }, (_, i) => {
    const movement = random.whole(60, 80);
    const dips = random.chance(0.4);
    return {
      layer: 'subsidence-zones',
      id: `G${i + 1}`,
      geometry: ringed(random, anywhere(random), logBetween(random, 80, 1500), 400),
      properties: {
        kind: 'coal_goaf',
        depth_m: random.whole(60, 600),
        loose_m: random.whole(0, 40),
        movement_angle_deg: movement,
        boundary_angle_deg: movement - random.whole(4, 10),
        tan_beta: random.between(1.5, 2.4),
        dip_deg: dips ? random.whole(12, 40) : random.whole(0, 9),
        ...(dips
          ? {
              dip_direction_deg: random.whole(0, 359),
              movement_angle_down_deg: movement - 8,
              movement_angle_up_deg: movement + 4,
              boundary_angle_down_deg: movement - 14,
              boundary_angle_up_deg: movement - 2,
            }
          : {}),
      },
    };
  });
}

function madeAreas(count: number): Hazard[] {
  const random = randomOf('bench/areas/areas');
  return Array.from({ length: count }, (_, i) => ({
    layer: 'hazard-areas',
    id: `A${i + 1}`,
    geometry: ringed(random, anywhere(random), logBetween(random, 50, 2000), 2000),
    properties: { kind: 'flash_flood' },
  }));
}

export const zoneOf = ({ layer, id }: Hazard): string => zoneName(layer, id);
