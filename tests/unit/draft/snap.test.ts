// Snapping and hitting: the very coordinates that are stored, vertices before edges, never to oneself.
import { describe, expect, test } from 'vitest';
import type { Position } from '../../../server/domain/feature.ts';
import { geodesicDistance } from '../../../server/geo/ellipsoid.ts';
import { areaOfRing, cut } from '../../../web/draft/verbs/overlay.ts';
import { rectangle } from '../../../web/draft/verbs/forms.ts';
import { hitOf } from '../../../web/draw/hit.ts';
import { prepared, snap } from '../../../web/draw/snap.ts';

const neighbour = areaOfRing([
  [113.500_000_123, 37.800_000_456],
  [113.51, 37.8],
  [113.51, 37.81],
  [113.5, 37.81],
]);
const targets = prepared([{ name: '东坡', key: 'danger-zones:a', shape: neighbour }]);
/** About 8.8 m to a ten-thousandth of a degree of longitude here. */
const near: Position = [113.500_05, 37.800_02];

describe('snapping', () => {
  test('to a vertex with every digit that is stored', () => {
    const found = snap(targets, near, 10);
    expect(found).toMatchObject({ to: 'vertex', name: '东坡' });
    expect(found?.position).toBe(neighbour.parts[0]?.[0]?.[0]);
  });

  test('to an edge where no vertex is near, at the foot of the perpendicular', () => {
    const at: Position = [113.505, 37.810_05];
    const found = snap(targets, at, 10);
    expect(found?.to).toBe('edge');
    expect(geodesicDistance(found?.position as Position, [113.505, 37.81])).toBeLessThan(0.01);
  });

  test('to nothing beyond the reach', () => {
    expect(snap(targets, [113.505, 37.805], 10)).toBeNull();
    expect(snap(targets, near, 1)).toBeNull();
  });

  test('the vertex in the hand does not snap to itself or to its own edges', () => {
    const own = prepared([{ name: '', key: 'draft', shape: neighbour }]);
    const skip = { part: 0, ring: 0, vertex: 0 };
    expect(snap(own, near, 10, skip)).toBeNull();
    expect(snap(own, [113.509_95, 37.8], 10, skip)?.to).toBe('vertex');
  });
});

describe('what lies under a pointer', () => {
  const shape = cut(areaOfRing(rectangle([113.5, 37.8], [113.51, 37.81])), areaOfRing(rectangle([113.504, 37.804], [113.506, 37.806])));

  test('a vertex before a middle before an edge before the inside', () => {
    expect(hitOf(shape, shape.parts[0]?.[0]?.[1] as Position, 8)).toMatchObject({ kind: 'vertex', at: { vertex: 1 } });
    expect(hitOf(shape, [113.505, 37.8], 8).kind).toBe('middle');
    expect(hitOf(shape, [113.502, 37.8], 8).kind).toBe('edge');
    expect(hitOf(shape, [113.502, 37.802], 8)).toEqual({ kind: 'inside' });
    expect(hitOf(shape, [113.505, 37.805], 8)).toEqual({ kind: 'nothing' });
    expect(hitOf(shape, [113.504, 37.804], 8)).toMatchObject({ kind: 'vertex', at: { ring: 1 } });
  });
});
