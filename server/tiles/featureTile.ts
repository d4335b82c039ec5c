// Vector tiles of a layer: a feature's id, its coded fields and a few texts. Never a name or phone of a person.
import { geoJSONToTile } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';
import type { Feature, Geometry } from '../domain/feature.ts';
import type { LayerName } from '../domain/layer.ts';
import type { Role } from '../domain/role.ts';
import type { Bounds } from '../domain/service.ts';
import { TILE_TEXT_FIELDS } from '../domain/tile.ts';
import { visibleFields } from '../policy/policy.ts';
import { EXTENT } from './mvtLayer.ts';

const BUFFER = 64;

/** The box of a tile in degrees, widened by the buffer that symbols at its border need. */
export function tileBounds(z: number, x: number, y: number, buffer = BUFFER / EXTENT): Bounds {
  const size = 2 ** z;
  const longitude = (column: number) => (column / size) * 360 - 180;
  const latitude = (row: number) => (Math.atan(Math.sinh(Math.PI * (1 - (2 * row) / size))) * 180) / Math.PI;
  return [
    Math.max(-180, longitude(x - buffer)),
    latitude(Math.min(size, y + 1 + buffer)),
    Math.min(180, longitude(x + 1 + buffer)),
    latitude(Math.max(0, y - buffer)),
  ];
}

/** Encodes features that are already what the role sees. */
export function featureTile(role: Role, layer: LayerName, features: readonly Feature[], z: number, x: number, y: number): Uint8Array {
  const names = visibleFields(role, layer)
    .filter((field) => field.type === 'code' || TILE_TEXT_FIELDS.includes(field.name))
    .map((field) => field.name);
  return encode(
    layer,
    features.flatMap((feature) => {
      if (!feature.geometry) return [];
      const properties: Record<string, string | number | boolean> = { id: feature.id };
      for (const name of names) {
        const value = feature.properties[name];
        if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') properties[name] = value;
      }
      return [{ geometry: feature.geometry, properties }];
    }),
    z,
    x,
    y,
  );
}

/** GeoJSON-like features as a tile with one layer; empty bytes for none. */
function encode(
  layer: string,
  features: readonly { geometry: Geometry; properties: Record<string, string | number | boolean> }[],
  z: number,
  x: number,
  y: number,
): Uint8Array {
  if (features.length === 0) return new Uint8Array(0);
  const collection = {
    type: 'FeatureCollection',
    features: features.map((feature) => ({ type: 'Feature', ...feature })),
  } as unknown as GeoJSON.FeatureCollection;
  const tile = geoJSONToTile(collection, z, x, y, { extent: EXTENT, buffer: BUFFER, tolerance: 3, maxZoom: 16, clip: true });
  return tile.features.length === 0 ? new Uint8Array(0) : fromGeojsonVt({ [layer]: tile }, { version: 2, extent: EXTENT });
}
