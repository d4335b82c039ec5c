// What a feature is called in lists of features of several layers.
import { textOf, type Properties } from '../domain/feature.ts';

/** A name, or what stands for one; null where there is neither. */
export function nameOf(properties: Properties): string | null {
  return textOf(properties, 'name') ?? textOf(properties, 'address') ?? textOf(properties, 'river') ?? textOf(properties, 'location_text');
}
