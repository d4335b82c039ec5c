// Worked vectors of the areas that hazard points threaten, measured with the geodesic on the geometry that the rules make.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Geometry, Position, Properties } from '../../../server/domain/feature.ts';
import { ruleOf } from '../../../server/domain/rules.ts';
import { prepareShape } from '../../../server/geo/shape.ts';
import type { Reads, StoredFeature } from '../../../server/store/store.ts';
import { Derivation } from '../../../server/zones/derivation.ts';
import { loadKernel, type GeometryKernel } from '../../../server/zones/kernel/geos.ts';
import { outlineOf } from '../../../server/zones/kernel/outline.ts';
import type { PointSurroundings } from '../../../server/zones/points/choice.ts';
import { hazardPointArea, proposedPointArea } from '../../../server/zones/points/hazardPointArea.ts';
import { lateralSpread, pitMargin, runOut, slopeReach, travelReach } from '../../../server/zones/points/reach.ts';
import type { Derived, ThreatenedArea } from '../../../server/zones/threatenedArea.ts';
import { distance } from '../../support/oracle/distance.ts';
import { azimuth, project, setDown, toEdgeAlong } from '../../support/oracle/offsetGeodesic.ts';
import { PlaneArea } from '../../support/oracle/offsetPlane.ts';
import { shippedRules as rules } from '../../support/rules.ts';

const AT: Position = [113.5, 37.9];
const NOTHING: PointSurroundings = { body: null, channel: null };
const cutSlope = ruleOf(rules, 'cut-slope');
const landslide = ruleOf(rules, 'landslide');

let kernel: GeometryKernel;
beforeAll(async () => {
  kernel = await loadKernel();
});

const pointOf = (properties: Properties, at: Position = AT): StoredFeature => ({
  id: 'P1',
  geometry: { type: 'Point', coordinates: at },
  properties,
  sequence: 1,
  revision: 1,
});
const propose = (properties: Properties, around = NOTHING, at = AT): Derived =>
  proposedPointArea(pointOf(properties, at), around, rules, kernel);

function areaOf(properties: Properties, around = NOTHING): ThreatenedArea {
  const { area, gaps } = propose(properties, around);
  if (!area) throw new Error(gaps.map(({ en }) => en).join());
  return area;
}
const planeOf = (area: ThreatenedArea) => new PlaneArea(outlineOf(area.shape, kernel));

/** Metres from the point to the edge: along the aspect, against it, to its right and to its left. */
function reaches(properties: Properties): number[] {
  const plane = planeOf(areaOf(properties));
  return [0, 180, 90, 270].map((turn) => toEdgeAlong(plane, AT, Number(properties['aspect_deg']) + turn));
}
const ASPECTS = [0, 37, 90, 180, 233.5, 360];
/** Metres: how far a measured length may lie from the stated one. */
const CLOSE = 0.005;
const expectReaches = (properties: Properties, stated: readonly number[]) => {
  reaches(properties).forEach((metres, i) => expect(Math.abs(metres - (stated[i] as number))).toBeLessThan(CLOSE));
};

/** Every corner of one area lies in the other, but for a millimetre of rounding. */
function expectWithin(small: ThreatenedArea, large: ThreatenedArea) {
  const shape = prepareShape(large.shape, outlineOf(large.shape, kernel));
  for (const vertex of planeOf(small).vertices) {
    if (shape.place(vertex) === 'outside') expect(shape.distanceToEdge(vertex)).toBeLessThan(0.001);
  }
}

const body = (shape: readonly Position[]): Geometry => setDown({ type: 'Polygon', coordinates: [[...shape, shape[0] as Position]] }, AT);
const BODY = body([
  [-40, -20],
  [30, -30],
  [50, 40],
  [-20, 60],
]);
const withBody: PointSurroundings = { body: { zone: 'danger-zones:B', geometry: BODY }, channel: null };

describe('steep slopes and rockfall', () => {
  test.each([
    [5, 10, false],
    [10, 20, false],
    [20, 40, false],
    [30, 50, true],
    [40, 50, true],
  ])('a slope %i m high reaches %i m beyond its toe; cap met: %s', (height_m, toe, capped) => {
    expect(slopeReach(height_m, 45, cutSlope).toe).toEqual({ metres: toe, capped });
    const area = areaOf({ hazard_type: 'rockfall', height_m, slope_deg: 45, width_m: 30, aspect_deg: 120 });
    expect(area).toMatchObject({ rule: 'cut-slope', inputs: { toe_m: toe }, capsHit: capped ? ['toe_cap_m'] : [] });
  });

  test('the shadow angle of 27.5° reaches 1.92 heights, and the record says whether the toe covers that', () => {
    expect(slopeReach(1, 45, cutSlope).shadow).toBeCloseTo(1.92, 2);
    const said = (height_m: number) =>
      areaOf({ hazard_type: 'rockfall', height_m, slope_deg: 60, width_m: 9, aspect_deg: 0 }).inputs['shadow_check'];
    expect([said(20), said(40)]).toEqual(['within', 'beyond']);
  });

  test.each(ASPECTS)('12 m high at 45°, facing %d°: face 12, crest 10, toe 24, and half its width to either side', (aspect_deg) => {
    const story = { hazard_type: 'rockfall', height_m: 12, slope_deg: 45, width_m: 40, aspect_deg };
    expectReaches(story, [6 + 24, 6 + 10, 20, 20]);
    expect(areaOf(story).inputs['face_m']).toBeCloseTo(12, 9);
  });

  test('a drawn face reaches the same beyond each of its own edges', () => {
    const area = areaOf({ hazard_type: 'rockfall', height_m: 12, slope_deg: 45, aspect_deg: 90 }, withBody);
    const plane = planeOf(area);
    const drawn = new PlaneArea(BODY);
    for (const north of [-15, 0, 30]) {
      const from = project(AT, 0, north);
      expect(Math.abs(toEdgeAlong(plane, from, 90) - toEdgeAlong(drawn, from, 90) - 24)).toBeLessThan(CLOSE);
      expect(Math.abs(toEdgeAlong(plane, from, 270) - toEdgeAlong(drawn, from, 270) - 10)).toBeLessThan(CLOSE);
    }
    expect(area).toMatchObject({ missing: [], inputs: { body: 'danger-zones:B' } });
  });

  test('a slope that nobody measured is taken for the gentlest that the rule applies to, and says so', () => {
    const unknown = areaOf({ hazard_type: 'rockfall', height_m: 12, width_m: 40, aspect_deg: 10 });
    expect(unknown).toMatchObject({ missing: ['slope_deg'], inputs: { assumed_slope_deg: 30 } });
    for (const slope_deg of [30, 45, 70, 90]) {
      expectWithin(areaOf({ hazard_type: 'rockfall', height_m: 12, slope_deg, width_m: 40, aspect_deg: 10 }), unknown);
    }
  });

  test('an unstable slope of 30° or more is a steep slope, a gentler one a landslide', () => {
    const rule = (slope_deg: number | null) =>
      areaOf({ hazard_type: 'unstable_slope', height_m: 12, length_m: 30, width_m: 30, slope_deg, aspect_deg: 0 }).rule;
    expect([rule(null), rule(30), rule(29)]).toEqual(['cut-slope', 'cut-slope', 'landslide']);
  });

  test('a high cut slope counts nobody, but is proposed an area to draw from', () => {
    const slope = { hazard_type: 'high_cut_slope', height_m: 12, slope_deg: 45, width_m: 40, aspect_deg: 90 };
    expect(hazardPointArea(pointOf(slope), NOTHING, rules, kernel)).toEqual({ area: null, gaps: [] });
    expect(areaOf(slope).rule).toBe('cut-slope');
  });
});

describe('landslides', () => {
  test.each([
    [180, 180, false],
    [400, 250, true],
  ])('a body %i m long runs out %i m; cap met: %s', (length_m, metres, capped) => {
    expect(runOut(length_m, landslide)).toEqual({ metres, capped });
    const slide = { hazard_type: 'landslide', length_m, width_m: 60, aspect_deg: 200 };
    expect(areaOf(slide).capsHit).toEqual(capped ? ['runout_cap_m'] : []);
    expectReaches(slide, [length_m / 2 + metres, length_m / 2, 40, 40]);
  });

  test.each([
    [1e3, 2.0],
    [1e4, 2.44],
    [1e5, 2.96],
    [1e6, 3.61],
  ])('the travel angle of %d m³ reaches %d heights', (volume, heights) => {
    expect(travelReach(1, volume, landslide)).toBeCloseTo(heights, 2);
    expect(travelReach(50, volume, landslide)).toBeCloseTo(50 * travelReach(1, volume, landslide), 9);
  });

  test('the travel angle is checked where height and volume are known, and changes no area', () => {
    const slide = { hazard_type: 'landslide', length_m: 50, width_m: 40, aspect_deg: 5 };
    const steep = areaOf({ ...slide, height_m: 60, volume_m3: 1e5 });
    expect(steep.inputs).toMatchObject({ travel_m: 100, travel_check: 'beyond' });
    expect(steep.shape).toEqual(areaOf(slide).shape);
    expect(areaOf({ ...slide, height_m: 20, depth_m: 5 }).inputs).toMatchObject({ volume_m3: 10_000, travel_check: 'within' });
  });

  test.each([
    [0, 10],
    [60, 10],
    [100, 10],
    [300, 30],
  ])('the flanks of a body %i m wide spread by %i m', (width, spread) => {
    expect(lateralSpread(width, landslide)).toBeCloseTo(spread, 9);
  });

  test.each(ASPECTS)('a wide slide facing %d° spreads by a tenth of its width', (aspect_deg) => {
    expectReaches({ hazard_type: 'landslide', length_m: 100, width_m: 300, aspect_deg }, [150, 50, 180, 180]);
  });

  test('a drawn body counts by its own length down the slope, not by the one in the register', () => {
    const area = areaOf({ hazard_type: 'landslide', length_m: 999, width_m: 1, aspect_deg: 90 }, withBody);
    expect(Number(area.inputs['length_m'])).toBeCloseTo(90, 1);
    expect(Number(area.inputs['width_m'])).toBeCloseTo(90, 1);
    expect(Math.abs(toEdgeAlong(planeOf(area), AT, 90) - toEdgeAlong(new PlaneArea(BODY), AT, 90) - 90)).toBeLessThan(10);
  });
});

describe('pits and fissures', () => {
  test.each([
    [null, 10],
    [4, 10],
    [10, 10],
    [25, 25],
  ])('beyond the rim of a pit %d m deep %i m', (depth_m, margin) => {
    expect(pitMargin(depth_m, ruleOf(rules, 'pit'))).toBe(margin);
    const pit = areaOf({ hazard_type: 'ground_collapse', length_m: 8, width_m: 6, depth_m });
    expect(pit).toMatchObject({ rule: 'pit', radius: 4 + margin, shape: { kind: 'disc', radius: 4 + margin } });
  });

  test('a pit whose depth is not known is not assessed beyond the least distance, and says so', () => {
    expect(propose({ hazard_type: 'ground_collapse', length_m: 8 }).gaps).toMatchObject([{ code: 'depth_m_missing' }]);
    expect(propose({ hazard_type: 'ground_collapse', length_m: 8, depth_m: 3 }).gaps).toEqual([]);
  });

  test.each(ASPECTS)('a fissure that dips towards %d°: 20 m on the hanging wall, 12 m on the foot wall', (aspect_deg) => {
    expectReaches({ hazard_type: 'ground_fissure', length_m: 100, aspect_deg }, [20, 12, 50, 50]);
  });
});

describe('debris flows', () => {
  const flow = { hazard_type: 'debris_flow', length_m: 400, width_m: 120 };
  const spread = 12;
  /** Metres east and north of the apex: `-300 80, -3 0`. */
  const along = (vertices: string): readonly Position[] => {
    const coordinates = vertices.split(', ').map((pair): Position => pair.split(' ').map(Number) as [number, number]);
    const line = setDown({ type: 'LineString', coordinates }, AT);
    return line.type === 'LineString' ? line.coordinates : [];
  };
  const down = (channel: readonly Position[]): PointSurroundings => ({ body: null, channel });

  test.each([90, 200.5])('without a channel the fan lies straight along %d°, and the channel is said to be missing', (aspect_deg) => {
    const fan = areaOf({ ...flow, aspect_deg });
    expect(fan).toMatchObject({
      rule: 'debris-flow-fan',
      missing: ['channel_id'],
      inputs: { spread_m: spread, axis: 'straight_along_aspect' },
    });
    expect(Math.abs(toEdgeAlong(planeOf(fan), AT, aspect_deg) - 400)).toBeLessThan(0.015);
  });

  test.each([
    [400, 120],
    [300, 300],
  ])('a straight fan of %i m by %i m is as wide at every distance as its formula says', (length_m, width_m) => {
    const fan = planeOf(areaOf({ ...flow, length_m, width_m, aspect_deg: 90 }));
    for (const s of [0.2, 0.5, 0.8]) {
      const stated = (width_m / 2) * s + Math.max(10, width_m / 10);
      for (const side of [0, 180]) expect(Math.abs(toEdgeAlong(fan, project(AT, 90, s * length_m), side) - stated)).toBeLessThan(0.05);
    }
  });

  test('down a bent channel the fan holds its apex and the first 400 m of the channel, and ends 400 m from the apex at most', () => {
    const channel = along('-300 80, -3 0, 80 -20, 150 90, 260 60, 330 -140, 900 -200');
    const fan = areaOf({ ...flow, channel_id: 'R1' }, down(channel));
    expect(fan.inputs).toMatchObject({ channel_id: 'R1' });
    expect(fan.missing).toBeUndefined();
    const shape = prepareShape(fan.shape, outlineOf(fan.shape, kernel));
    const holds = (place: Position) => shape.place(place) !== 'outside' || shape.distanceToEdge(place) < 0.012;
    expect(holds(AT)).toBe(true);
    let gone = 3;
    for (let i = 2; i < channel.length; i++) {
      const [a, b] = [channel[i - 1] as Position, channel[i] as Position];
      const [whole, towards] = [distance(a, b), azimuth(a, b)];
      for (let s = 0; s < whole && gone + s <= 400; s += 5) expect([i, s, holds(project(a, towards, s))]).toEqual([i, s, true]);
      gone += whole;
    }
    for (const vertex of planeOf(fan).vertices) expect(distance(AT, vertex)).toBeLessThan(400.001);
    // the channel above the apex is not threatened beyond the rounding of the apex
    expect(shape.place(project(AT, 285, 2 * spread))).toBe('outside');
  });

  test('an apex beside the channel is joined to it; one more than 200 m off it does not belong to it', () => {
    const near = along('-200 100, 800 100');
    const fan = areaOf({ ...flow, channel_id: 'R1' }, down(near));
    expect(planeOf(fan).contains(AT)).toBe(true);
    expect(planeOf(fan).contains(project(project(AT, 0, 100), 90, 250))).toBe(true);
    const far = along('-200 210, 800 210');
    const { area, gaps } = propose({ ...flow, channel_id: 'R1' }, down(far));
    expect(area).toBeNull();
    expect(gaps[0]?.zh).toContain('210 米');
    expect(gaps[0]?.en).toContain('210 m off the channel R1');
    // with a direction of its own it does not need the channel
    expect(areaOf({ ...flow, channel_id: 'R1', aspect_deg: 90 }, down(far)).missing).toEqual(['channel_id']);
  });

  test.each([
    ['shorter than the fan', 100],
    ['that ends at the apex', 0],
  ])('a channel %s does not shorten the fan in silence', (_, end) => {
    const channel = along(`-300 0, ${end} 0`);
    const { area, gaps } = propose({ ...flow, channel_id: 'R1' }, down(channel));
    const reached = area ? toEdgeAlong(planeOf(area), AT, 90) : 0;
    expect(reached > 399.9 || gaps.length > 0 || (area?.missing?.length ?? 0) > 0).toBe(true);
  });

  test('a surveyed fan is the whole fan', () => {
    expect(areaOf(flow, withBody)).toMatchObject({ shape: { kind: 'area', geometry: BODY }, inputs: { body: 'danger-zones:B' } });
  });

  test('the apex may lie by any part of its channel', async () => {
    const part = (north: number) => [
      [AT[0] - 0.01, AT[1] + north],
      [AT[0] + 0.01, AT[1] + north],
    ];
    const river = {
      id: 'R1',
      geometry: { type: 'MultiLineString', coordinates: [part(0.05), part(0)] },
      properties: {},
      sequence: 1,
      revision: 1,
    };
    const reads: Reads = {
      get: (layer) => Promise.resolve(layer === 'river-sections' ? (river as unknown as StoredFeature) : null),
      select: async function* () {},
      count: () => Promise.resolve(0),
    };
    const { area } = await new Derivation(reads, rules, kernel).proposal(pointOf({ ...flow, channel_id: 'R1' }));
    expect(area).toMatchObject({ inputs: { channel_id: 'R1' } });
  });
});

describe('without a direction', () => {
  const metres = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
  const sizes = fc.record({ height_m: metres(1, 80), slope_deg: metres(30, 90), length_m: metres(1, 600), width_m: metres(1, 600) });
  const bearings = metres(0, 360);

  test.each(['landslide', 'rockfall', 'ground_fissure', 'unstable_slope'])(
    'a %s reaches as far all round as in whichever direction lies down',
    (hazard_type) => {
      fc.assert(
        fc.property(sizes, bearings, fc.boolean(), (size, aspect_deg, drawn) => {
          const around = drawn ? withBody : NOTHING;
          const fallback = areaOf({ hazard_type, ...size }, around);
          expect(fallback).toMatchObject({ fallback: 'all_round', missing: ['aspect_deg'] });
          const directed = areaOf({ hazard_type, ...size, aspect_deg }, around);
          expectWithin(directed, fallback);
        }),
        { numRuns: 40 },
      );
    },
  );

  test('a slide of unknown width is taken to be as wide as it is long', () => {
    const slide = areaOf({ hazard_type: 'landslide', length_m: 100, aspect_deg: 90 });
    expect(slide).toMatchObject({ fallback: 'all_round', missing: ['width_m'] });
    expect(slide.radius).toBeCloseTo(Math.hypot(50 + 100, 50 + 10), 4);
  });

  test('without the dimension that its rule starts from, a point has the provisional disc and names the field', () => {
    expect(areaOf({ hazard_type: 'landslide', height_m: 30 })).toMatchObject({
      rule: 'geological-with-dimensions',
      radius: 60,
      fallback: 'provisional',
      missing: ['length_m'],
    });
    expect(areaOf({ hazard_type: 'rockfall' })).toMatchObject({ rule: 'geological-without-dimensions', radius: 50, missing: ['height_m'] });
  });
});

describe('what the register may hold', () => {
  const ZEROS: Properties[] = [
    { hazard_type: 'landslide', length_m: 0, width_m: 20, aspect_deg: 90 },
    { hazard_type: 'landslide', length_m: 0, width_m: 0, aspect_deg: 90 },
    { hazard_type: 'landslide', length_m: 0 },
    { hazard_type: 'rockfall', height_m: 12, slope_deg: 45, width_m: 0, aspect_deg: 90 },
    { hazard_type: 'rockfall', height_m: 0, slope_deg: 0, width_m: 10, aspect_deg: 90 },
    { hazard_type: 'ground_fissure', length_m: 0, aspect_deg: 90 },
    { hazard_type: 'ground_collapse', length_m: 0, depth_m: 0 },
    { hazard_type: 'debris_flow', length_m: 0, width_m: 0, aspect_deg: 90 },
    { hazard_type: 'debris_flow', length_m: 100, width_m: 0, aspect_deg: 90 },
    { hazard_type: 'other', length_m: 0, width_m: 0, height_m: 0 },
    { radius_m: 0 },
  ];
  test.each(ZEROS)('%o gives a valid area or names what is missing, and never breaks an import', (properties) => {
    const { area, gaps } = propose(properties);
    if (area) expect(kernel.isValid(outlineOf(area.shape, kernel))).toBe(true);
    else expect(gaps).toHaveLength(1);
  });

  test('every gap names its field in both languages', () => {
    const lacking: [Properties, readonly string[]][] = [
      [{ hazard_type: 'debris_flow' }, ['length_m', 'width_m', 'channel_id']],
      [{ hazard_type: 'debris_flow', length_m: 90, aspect_deg: 3 }, ['width_m']],
      [{ hazard_type: 'debris_flow', width_m: 90, length_m: 80 }, ['channel_id']],
      [{ hazard_type: 'debris_flow', width_m: 90, length_m: 0, aspect_deg: 9 }, ['length_m']],
      [{ hazard_type: 'land_subsidence' }, ['radius_m']],
      [{ register: 'school' }, ['radius_m']],
      [{ hazard_type: 'ground_collapse', width_m: 4 }, ['depth_m']],
    ];
    for (const [properties, fields] of lacking) {
      const { gaps } = propose(properties);
      expect(gaps).toHaveLength(1);
      for (const field of fields) {
        expect(gaps[0]?.zh).toContain(`（${field}）`);
        expect(gaps[0]?.en).toContain(`(${field})`);
      }
      expect(gaps[0]?.code).toBe(`${fields[0]}_missing`);
      expect(gaps[0]?.zh).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  test('a surveyed radius rules over every type', () => {
    for (const hazard_type of ['landslide', 'debris_flow', 'land_subsidence', 'ground_fissure']) {
      expect(areaOf({ hazard_type, radius_m: 77 }, withBody)).toMatchObject({ rule: 'surveyed-radius', radius: 77 });
    }
  });
});
