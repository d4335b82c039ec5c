// The bench's zones: points with radii, river sections with a margin, and polygons; the same whatever the number of households.
import geodesic from 'geographiclib-geodesic';
import { zoneName, type Position, type Ring } from '../../../server/domain/feature.ts';
import type { CountingShape } from '../../../server/geo/shape.ts';
import { randomOf, type Random } from '../../demo/random.ts';
import type { BenchZone, Polygon } from '../types.ts';
import { anywhere, atStreet, logBetween, offset, type Settlements } from './landscape.ts';
import { onEdges, outline, rectangle, sawtooth, staircase } from './outline.ts';

const POINTS = 3232;
const RADII = [15, 50, 100, 250];
const RADII_WEIGHTS = [78, 12, 7, 3];
const ON_VERTICES = 100;
const ON_EDGES = 150;
const AT_LIMITS = 50;

export interface Zones {
  readonly zones: readonly BenchZone[];
  /** Positions exactly on vertices and edges of polygons, and 0.3 mm inside or outside of discs. */
  readonly edgePositions: readonly Position[];
}

export function zonesIn(settlements: Settlements, rivers: readonly (readonly Position[])[]): Zones {
  const points = pointZones(settlements);
  const sections = sectionZones(rivers);
  const { zones: areas, exactRings } = areaZones(settlements);
  const random = randomOf('bench/edges');
  const rings = areas.flatMap(({ shape }) => ringsOf(shape));
  const edgePositions = [
    ...Array.from({ length: ON_VERTICES }, () => random.pick(random.pick(rings))),
    ...Array.from({ length: ON_EDGES }, () => onEdges(random, random.pick(exactRings), 1)[0] as Position),
    ...Array.from({ length: AT_LIMITS }, () => atLimit(random, random.pick(points).shape)),
  ];
  return { zones: [...points, ...sections, ...areas], edgePositions: random.shuffle(edgePositions) };
}

function pointZones({ streets }: Settlements): BenchZone[] {
  const random = randomOf('bench/points');
  return Array.from({ length: POINTS }, (_, i) => {
    const center = random.chance(0.85) ? atStreet(random.pick(streets), random) : anywhere(random);
    const radius = RADII[random.weighted(RADII_WEIGHTS)] as number;
    return { name: nameOf('hazard-points', 'P', i, 4), layer: 'hazard-points', shape: { kind: 'disc', center, radius } };
  });
}

function sectionZones(rivers: readonly (readonly Position[])[]): BenchZone[] {
  const random = randomOf('bench/sections');
  return rivers.map((coordinates, i) => ({
    name: nameOf('river-sections', 'S', i, 3),
    layer: 'river-sections',
    shape: { kind: 'margin', geometry: { type: 'LineString', coordinates }, margin: random.pick([30, 60, 90, 120, 120]) },
  }));
}

function areaZones(settlements: Settlements): { zones: BenchZone[]; exactRings: Ring[] } {
  const random = randomOf('bench/areas');
  const exactRings: Ring[] = [];
  const areas: Ring[][][] = [];
  for (let i = 0; i < 44; i++) {
    const radius = i < 38 ? logBetween(random, 450, 4900) : logBetween(random, 2500, 6600);
    areas.push([[fractal(random, settlements, 5 * 2400 ** (i / 43), radius)]]);
  }
  for (let i = 0; i < 5; i++) areas.push([withHoles(random, settlements, i)]);
  for (let i = 0; i < 6; i++) areas.push(overlapping(random, settlements, i));
  for (let i = 0; i < 3; i++) {
    const ring = staircase(random, near(random, settlements), 12 + 10 * i);
    const rings = i === 0 ? [ring] : [ring, rectangle(ring, 9, 3, 6 + 4 * i, 7), rectangle(ring, 33, 2, 5, 11)];
    areas.push([rings]);
    exactRings.push(...rings);
  }
  for (let i = 0; i < 2; i++) {
    const ring = sawtooth(random, near(random, settlements), 16 + 24 * i);
    areas.push([[ring]]);
    exactRings.push(ring);
  }
  const zones = areas.map((parts, i): BenchZone => ({
    name: nameOf('hazard-areas', 'A', i, 2),
    layer: 'hazard-areas',
    shape: {
      kind: 'area',
      geometry: parts.length === 1 ? { type: 'Polygon', coordinates: parts[0] as Ring[] } : { type: 'MultiPolygon', coordinates: parts },
    },
  }));
  return { zones, exactRings };
}

function nameOf(layer: BenchZone['layer'], letter: string, index: number, digits: number): string {
  return zoneName(layer, `${letter}${String(index + 1).padStart(digits, '0')}`);
}

function near(random: Random, { streets }: Settlements): Position {
  return offset(random.pick(streets).from, random.normal(0, 400), random.normal(0, 400));
}

function fractal(random: Random, settlements: Settlements, vertices: number, radius: number): Position[] {
  return outline(random, {
    centre: near(random, settlements),
    radius,
    vertices: Math.round(vertices),
    roughness: random.between(0.15, 0.4),
    stretch: logBetween(random, 1, 5),
    bend: random.chance(0.5),
  });
}

/** A calm outline with one to three ragged holes side by side in its middle. */
function withHoles(random: Random, settlements: Settlements, index: number): Ring[] {
  const centre = near(random, settlements);
  const radius = logBetween(random, 900, 3200);
  const outer = outline(random, { centre, radius, vertices: 60 * (index + 1) ** 2, roughness: 0.16, stretch: 1.3, bend: false });
  const holes = Array.from({ length: 1 + (index % 3) }, (_, i) => {
    const middle = offset(centre, (i - (index % 3) / 2) * radius * 0.32, random.between(-0.1, 0.1) * radius);
    const hole = { centre: middle, radius: radius * 0.085, vertices: random.whole(20, 400), roughness: 0.2, stretch: 1, bend: false };
    return outline(random, hole).toReversed();
  });
  return [outer, ...holes];
}

/** Two to four parts that lie across each other: one area, and no household in it twice. */
function overlapping(random: Random, settlements: Settlements, index: number): Ring[][] {
  const centre = near(random, settlements);
  const radius = logBetween(random, 500, 2600);
  return Array.from({ length: 2 + (index % 3) }, () => {
    const middle = offset(centre, random.normal(0, radius * 0.7), random.normal(0, radius * 0.7));
    const vertices = Math.round(logBetween(random, 30, 3000));
    return [outline(random, { centre: middle, radius, vertices, roughness: 0.3, stretch: logBetween(random, 1, 3), bend: false })];
  });
}

function ringsOf(shape: CountingShape): readonly Ring[] {
  if (shape.kind !== 'area') return [];
  if (shape.geometry.type === 'Polygon') return shape.geometry.coordinates;
  return shape.geometry.type === 'MultiPolygon' ? shape.geometry.coordinates.flat() : [];
}

/** 0.3 mm within or beyond the radius, where any but the geodesic is at a loss. */
function atLimit(random: Random, shape: CountingShape): Position {
  if (shape.kind !== 'disc') throw new Error('a point zone is a disc');
  const [lon, lat] = shape.center;
  const distance = shape.radius + (random.chance(0.5) ? 0.0003 : -0.0003);
  const { lon2, lat2 } = geodesic.Geodesic.WGS84.Direct(lat, lon, random.between(0, 360), distance);
  if (lon2 === undefined || lat2 === undefined) throw new Error('the geodesic gave no position');
  return [lon2, lat2];
}

/** Areas as a hand draws them for a question: few large, vertices from 4 to 5,000. */
export function drawnPolygons(settlements: Settlements, count: number, seed: string): Polygon[] {
  const random = randomOf(`bench/drawn/${seed}`);
  return Array.from({ length: count }, () => ({
    type: 'Polygon',
    coordinates: [fractal(random, settlements, logBetween(random, 4, 5000), logBetween(random, 200, 7000))],
  }));
}
