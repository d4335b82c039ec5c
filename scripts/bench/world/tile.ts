// Tiles of the web's Mercator scheme.
import type { Bounds } from '../../../server/domain/service.ts';

/** The box in degrees of a tile and of 64 of its 4,096 units around it. */
export function tileBox(z: number, x: number, y: number): Bounds {
  const side = 2 ** z;
  const margin = 64 / 4096;
  const latitude = (row: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / side))) * 180) / Math.PI;
  return [((x - margin) / side) * 360 - 180, latitude(y + 1 + margin), ((x + 1 + margin) / side) * 360 - 180, latitude(y - margin)];
}

/** Column and row of the tile that holds a position. */
export function tileAt(lon: number, lat: number, z: number): readonly [x: number, y: number] {
  const side = 2 ** z;
  const sin = Math.sin((lat * Math.PI) / 180);
  return [Math.floor(((lon + 180) / 360) * side), Math.floor((0.5 - Math.atanh(sin) / (2 * Math.PI)) * side)];
}
