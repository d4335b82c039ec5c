// What the data model settles for a feature that leaves it open, the same for an import and for an edit: a point's
// register and state, and the township by position.
import { textOf, type Feature, type PropertyValue } from '../domain/feature.ts';
import type { LayerName } from '../domain/layer.ts';
import { POINT_DEFAULTS } from '../domain/layers/hazardPoints.ts';
import type { TownshipIndex } from '../ingest/townships.ts';

/**
 * @param before the feature as it was, or null for a new one
 * @param given the properties that the file or the client states: an open township follows the position, a given one stays
 */
export function settle(
  layer: LayerName,
  feature: Feature,
  before: Feature | null,
  given: Readonly<Record<string, PropertyValue>>,
  townships: TownshipIndex,
): Feature {
  const properties: Record<string, PropertyValue> = { ...feature.properties };
  if (layer === 'hazard-points') {
    for (const [name, value] of Object.entries(POINT_DEFAULTS)) properties[name] ??= value;
  }
  if (layer === 'townships') return { ...feature, properties };
  const stated = textOf(given, 'township');
  const written = stated ?? textOf(properties, 'township');
  if (written === null || (stated === null && followsPosition(before, townships))) {
    properties['township'] = feature.geometry ? townships.at(feature.geometry) : written;
  } else {
    properties['township'] = townships.resolve(written) ?? written;
  }
  return { ...feature, properties };
}

/** Was the township the one that the position says? Then it was found, or might as well have been. */
function followsPosition(before: Feature | null, townships: TownshipIndex): boolean {
  if (!before?.geometry) return false;
  return textOf(before.properties, 'township') === townships.at(before.geometry);
}
