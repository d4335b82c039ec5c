// Shapes for the tests of drafts: stars that are simple whatever their radii, squares, and areas in square degrees.
import fc from 'fast-check';
import type { Position } from '../../../server/domain/feature.ts';
import type { Ring, Shape } from '../../../web/draft/shape.ts';
import { rectangle } from '../../../web/draft/verbs/forms.ts';

/** Square degrees: edges are straight in lon/lat, so this is what neither a cut nor a merge may change. */
export function flatArea(shape: Shape): number {
  let sum = 0;
  for (const [shell = [], ...holes] of shape.parts)
    for (const [i, ring] of [shell, ...holes].entries()) sum += (i === 0 ? 1 : -1) * ringArea(ring);
  return sum;
}

function ringArea(ring: Ring): number {
  const [x0, y0] = ring[0] ?? [0, 0];
  const twice = ring.reduce((all, [x, y], i) => {
    const [x1, y1] = ring[(i + 1) % ring.length] as Position;
    return all + (x - x0) * (y1 - y0) - (x1 - x0) * (y - y0);
  }, 0);
  return Math.abs(twice) / 2;
}

/** Square degrees of about a square millimetre. */
export const NOTHING = 1e-16;

/** A star about a centre: simple, whatever the radii. */
export const star = fc
  .tuple(
    fc.double({ min: -177, max: 177, noNaN: true }),
    fc.double({ min: -79, max: 79, noNaN: true }),
    fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 24 }),
  )
  .map(([lon, lat, radii]): Ring =>
    radii.map((radius, i): Position => {
      const angle = (2 * Math.PI * i) / radii.length;
      return [lon + (radius * Math.cos(angle)) / 100, lat + (radius * Math.sin(angle)) / 100];
    }),
  );

export const square = (west: number, south: number, size: number): Ring => rectangle([west, south], [west + size, south + size]);
