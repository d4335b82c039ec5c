import type { Geometry } from '../../server/domain/feature.ts';

/** A square in degrees by its south-west corner and side. */
export const square = (x: number, y: number, size: number): Geometry => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + size, y],
      [x + size, y + size],
      [x, y + size],
      [x, y],
    ],
  ],
});
