// Distances against the geodesic of GeographicLib, within what the counting rules promise: 1 cm within 2 km.
import fc from 'fast-check';
import geodesic from 'geographiclib-geodesic';
import { expect, test } from 'vitest';
import type { Position } from '../../../server/domain/feature.ts';
import { distanceBetween, isWithin } from '../../../server/geo/ellipsoid.ts';
import { footOn } from '../../../server/geo/segment.ts';

const { WGS84 } = geodesic.Geodesic;

function at(from: Position, azimuth: number, distance: number): Position {
  const { lat2, lon2 } = WGS84.Direct(from[1], from[0], azimuth, distance);
  return [lon2 as number, lat2 as number];
}

const place = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -80, max: 80, noNaN: true }),
) as fc.Arbitrary<Position>;
const azimuth = fc.double({ min: 0, max: 360, noNaN: true });
const distance = fc.double({ min: 0.5, max: 2000, noNaN: true });

test('a distance is that of the geodesic, across the date line too', () => {
  fc.assert(
    fc.property(place, azimuth, distance, (from, direction, metres) => {
      expect(Math.abs(distanceBetween(from, at(from, direction, metres)) - metres)).toBeLessThan(0.005);
    }),
    { numRuns: 3000 },
  );
});

test('a millimetre inside the limit is within, a millimetre outside is not', () => {
  fc.assert(
    fc.property(place, azimuth, distance, (from, direction, metres) => {
      expect(isWithin(from, at(from, direction, metres - 0.001), metres)).toBe(true);
      expect(isWithin(from, at(from, direction, metres + 0.001), metres)).toBe(false);
    }),
    { numRuns: 3000 },
  );
});

test('the foot on a segment is its nearest point: no sampled point lies nearer', () => {
  const segment = fc.tuple(
    place,
    azimuth,
    fc.double({ min: 5, max: 5000, noNaN: true }),
    azimuth,
    fc.double({ min: 0, max: 2000, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(segment, ([a, direction, length, side, off, along]) => {
      const b = at(a, direction, length);
      if (Math.abs(a[0] - b[0]) > 90) return; // edges do not cross the date line (RFC 7946)
      const on = (t: number): Position => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
      const p = at(on(along), side, off);
      const foot = footOn(a, b, p);
      const exact = (q: Position) => WGS84.Inverse(q[1], q[0], p[1], p[0]).s12 as number;
      const nearest = Math.min(...Array.from({ length: 201 }, (_, i) => exact(on(i / 200))));
      expect(foot.distance).toBeLessThanOrEqual(nearest + 0.01);
      expect(Math.abs(exact(foot.position) - foot.distance)).toBeLessThan(0.01);
    }),
    { numRuns: 400 },
  );
});
