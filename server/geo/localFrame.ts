// A transverse Mercator of scale 1 centred on a shape, in which polygons are built: within 10 km of its centre it
// stretches by less than 1.3 mm per km. The official 3° zones are for import and export, not for building.
import proj4 from 'proj4';
import type { Position } from '../domain/feature.ts';
import type { Bounds } from '../domain/service.ts';

export interface LocalFrame {
  /** lon/lat in degrees → metres east and north of the centre. */
  readonly toMetres: (position: Position) => Position;
  /** The inverse. */
  readonly toDegrees: (metres: Position) => Position;
}

/** The frame centred on a box. */
export function localFrame(bounds: Bounds): LocalFrame {
  const lon = (bounds[0] + bounds[2]) / 2;
  const lat = (bounds[1] + bounds[3]) / 2;
  const converter = proj4(`+proj=tmerc +lat_0=${lat} +lon_0=${lon} +k=1 +x_0=0 +y_0=0 +ellps=WGS84 +units=m +no_defs`);
  const pair = (value: number[]): Position => [value[0] as number, value[1] as number];
  return {
    toMetres: (position) => pair(converter.forward([position[0], position[1]])),
    toDegrees: (metres) => pair(converter.inverse([metres[0], metres[1]])),
  };
}

/** The geometry with every position run through a function. */
export function mapPositions<G extends { type: string; coordinates: unknown }>(geometry: G, map: (position: Position) => Position): G {
  const walk = (value: unknown): unknown =>
    Array.isArray(value) && typeof value[0] === 'number' ? map([value[0], value[1] as number]) : (value as unknown[]).map(walk);
  return { ...geometry, coordinates: walk(geometry.coordinates) };
}
