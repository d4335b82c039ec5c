// A feature as the service holds it. Geometry is RFC 7946 GeoJSON in lon/lat, WGS 84 (= CGCS2000 here).
import type { LayerName } from './layer.ts';

export type Position = readonly [lon: number, lat: number];
export type Ring = readonly Position[];

export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: Position }
  | { readonly type: 'LineString'; readonly coordinates: readonly Position[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: readonly (readonly Position[])[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly Ring[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly Ring[])[] };

export type PropertyValue = JsonValue;
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type Properties = Readonly<Record<string, PropertyValue>>;

export interface Feature {
  readonly id: string;
  readonly geometry: Geometry | null;
  readonly properties: Properties;
}

/** A feature with the layer it lives in. */
export interface LayerFeature extends Feature {
  readonly layer: LayerName;
}

/** The name of a zone where zones of several layers meet: `layer:id` of its source. */
export function zoneName(layer: LayerName, id: string): string {
  return `${layer}:${id}`;
}

/** Text of a property, or null. */
export function textOf(properties: Properties, name: string): string | null {
  const value = properties[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Finite number of a property, or null. */
export function numberOf(properties: Properties, name: string): number | null {
  const value = properties[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
