// A threatened area made ready for counting.
import { textOf, type Feature, type Geometry, type JsonValue, type PropertyValue } from '../domain/feature.ts';
import type { NotAssessed } from '../domain/figure.ts';
import { isLayerName, type LayerName } from '../domain/layer.ts';
import type { CountingShape } from '../geo/shape.ts';
import { flatShape, type FlatShape } from './flatShape.ts';

export interface Zone {
  /** `layer:id` of the source. */
  readonly name: string;
  readonly layer: LayerName;
  readonly label: string | null;
  readonly hazardType: string | null;
  readonly register: string | null;
  readonly state: string | null;
  readonly rule: string;
  /** MM-DD to MM-DD in which it threatens; null: all year. */
  readonly season: readonly [string, string] | null;
  readonly shape: FlatShape;
}

/** The zone of a row of `threatened-areas`; null for one that only says why nothing could be assessed. */
export function zoneOf(feature: Feature): Zone | null {
  const { geometry, properties } = feature;
  const layer = textOf(properties, 'layer');
  if (!geometry || layer === null || !isLayerName(layer)) return null;
  const inputs = objectOf(properties['inputs']);
  const from = inputs['season_from'];
  const to = inputs['season_to'];
  return {
    name: feature.id,
    layer,
    label: textOf(properties, 'name'),
    hazardType: textOf(properties, 'hazard_type'),
    register: textOf(properties, 'register'),
    state: textOf(properties, 'state'),
    rule: textOf(properties, 'rule') ?? '',
    season: typeof from === 'string' && typeof to === 'string' ? [from, to] : null,
    shape: flatShape(shapeOf(geometry, inputs), geometry),
  };
}

/** What could not be assessed of this zone. */
export function gapsOf(feature: Feature): NotAssessed[] {
  const gaps = feature.properties['gaps'];
  return Array.isArray(gaps) ? gaps : [];
}

/** Stored by the rules themselves, so its form is trusted. */
function shapeOf(geometry: Geometry, inputs: Readonly<Record<string, JsonValue>>): CountingShape {
  const shape = inputs['shape'];
  return shape === undefined || shape === null ? { kind: 'area', geometry } : (shape as unknown as CountingShape);
}

function objectOf(value: PropertyValue | undefined): Readonly<Record<string, JsonValue>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Readonly<Record<string, JsonValue>>) : {};
}

/** Is a date (YYYY-MM-DD) within the season? A season may run over the new year. */
export function inSeason(season: Zone['season'], date: string): boolean {
  if (!season) return true;
  const day = date.slice(5);
  const [from, to] = season;
  return from <= to ? from <= day && day <= to : day >= from || day <= to;
}
