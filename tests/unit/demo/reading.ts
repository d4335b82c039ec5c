// Reads the demo files back on its own, without the generator's code: what the tests count must not come from what they check.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson';
import proj4 from 'proj4';
import { read } from 'shapefile';

const ZONE_38 = '+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=38500000 +y_0=0 +ellps=GRS80 +units=m +no_defs';
const plane = proj4('+proj=longlat +ellps=GRS80 +no_defs', ZONE_38);

/** Easting with zone prefix and northing in metres. */
export type Metres = readonly [number, number];

export const toMetres = ([lon = NaN, lat = NaN]: Position): Metres => {
  const [x, y] = plane.forward([lon, lat]);
  return [x, y];
};

export const toLonLat = ([x = NaN, y = NaN]: Position): Position => plane.inverse([x, y]);

export function readGeojson(folder: string, file: string): FeatureCollection {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as FeatureCollection;
}

/** The features of a zipped shapefile, coordinates as they stand in it. */
export async function readShapefile(folder: string, file: string): Promise<Feature[]> {
  const files = Object.entries(unzipSync(readFileSync(join(folder, file))));
  const part = (ending: string): ArrayBuffer => {
    const bytes = files.find(([name]) => name.endsWith(ending))?.[1];
    if (!bytes) throw new Error(`${file} has no ${ending}`);
    return bytes.slice().buffer;
  };
  return (await read(part('.shp'), part('.dbf'), { encoding: 'gb18030' })).features;
}

/** Rows of a CSV without quoted commas, keyed by column. */
export function readCsv(folder: string, file: string, encoding: string): Record<string, string>[] {
  const text = new TextDecoder(encoding).decode(readFileSync(join(folder, file)));
  const [head = '', ...lines] = text.trimEnd().split('\r\n');
  const columns = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    if (cells.length !== columns.length) throw new Error(`${file}: a row has ${cells.length} cells, not ${columns.length}: ${line}`);
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']));
  });
}

/** Name → SHA-256 of every file in a folder. */
export function fingerprints(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .toSorted()
      .map((name) => [
        name,
        createHash('sha256')
          .update(readFileSync(join(folder, name)))
          .digest('hex'),
      ]),
  );
}

/** Even-odd over all rings at once, the plainest way there is. */
export function insideRings(x: number, y: number, rings: readonly (readonly Position[])[]): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [ax = 0, ay = 0] = ring[i - 1] ?? [];
      const [bx = 0, by = 0] = ring[i] ?? [];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    }
  }
  return inside;
}

/** Metres from a point to the nearest of some rings or lines. */
export function distanceTo(x: number, y: number, lines: readonly (readonly Position[])[]): number {
  let least = Infinity;
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const [ax = 0, ay = 0] = line[i - 1] ?? [];
      const [bx = 0, by = 0] = line[i] ?? [];
      const square = (bx - ax) ** 2 + (by - ay) ** 2;
      const share = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square));
      least = Math.min(least, Math.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay)));
    }
  }
  return least;
}

/** All rings of a polygon or multipolygon, in metres. */
export function ringsOf(
  geometry: Polygon | MultiPolygon,
  convert: (position: Position) => Position = (p) => [...toMetres(p)],
): Position[][] {
  const rings = geometry.type === 'Polygon' ? geometry.coordinates : geometry.coordinates.flat();
  return rings.map((ring) => ring.map(convert));
}

export function areaOf(feature: Feature): Polygon | MultiPolygon {
  const { geometry } = feature;
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') throw new Error(`an area was expected, not ${geometry.type}`);
  return geometry;
}

export function pointOf(feature: Feature): Position {
  if (feature.geometry.type !== 'Point') throw new Error(`a point was expected, not ${feature.geometry.type}`);
  return feature.geometry.coordinates;
}
