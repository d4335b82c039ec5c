// What the search box looks at: of each layer the fields that name a feature, and what kind of name each is.
import type { Properties } from '../domain/feature.ts';
import { textOf } from '../domain/feature.ts';
import type { LayerName } from '../domain/layer.ts';

/** How a feature was found. */
export type Match = 'code' | 'name' | 'address' | 'person' | 'phone';

/** `field` is a field of the layer, or its id. */
export interface SearchField {
  readonly field: string;
  readonly match: Match;
}

export interface SearchedLayer {
  readonly layer: LayerName;
  readonly fields: readonly SearchField[];
  /** A few words that tell it from others of its name, one after another. */
  detail(properties: Properties): readonly string[];
}

const code = (field: string): SearchField => ({ field, match: 'code' });
const name = (field: string): SearchField => ({ field, match: 'name' });
const address = (field: string): SearchField => ({ field, match: 'address' });
const person = (field: string): SearchField => ({ field, match: 'person' });
const phone = (field: string): SearchField => ({ field, match: 'phone' });

/** The values of fields, those that there are, one after another. */
const shown =
  (...fields: readonly string[]) =>
  (properties: Properties): readonly string[] =>
    fields.flatMap((field) => textOf(properties, field) ?? []);

/** In the order in which equally good finds are listed; households, the many, come last. */
export const SEARCHED: readonly SearchedLayer[] = [
  {
    layer: 'townships',
    fields: [code('id'), code('code'), name('name'), person('responsible_person')],
    detail: shown('code'),
  },
  {
    layer: 'hazard-points',
    fields: [
      code('id'),
      code('code'),
      name('name'),
      address('location_text'),
      address('village'),
      person('responsible_person'),
      person('monitor_person'),
      phone('responsible_phone'),
      phone('monitor_phone'),
    ],
    detail: shown('code', 'location_text'),
  },
  { layer: 'danger-zones', fields: [code('id'), code('document_no'), code('hazard_id'), name('name')], detail: shown('document_no') },
  {
    layer: 'river-sections',
    fields: [
      code('id'),
      code('river_code'),
      name('name'),
      name('river'),
      person('river_chief_county'),
      person('river_chief_township'),
      person('river_chief_village'),
      person('responsible_person'),
    ],
    detail: shown('river', 'responsible_unit'),
  },
  { layer: 'subsidence-zones', fields: [code('id'), name('name'), name('mine')], detail: shown('mine', 'seam') },
  { layer: 'hazard-areas', fields: [code('id'), name('name')], detail: shown('basis') },
  {
    layer: 'schools',
    fields: [code('id'), code('school_code'), name('name'), person('flood_officer'), person('safety_officer')],
    detail: shown('school_code'),
  },
  { layer: 'shelters', fields: [code('id'), name('name'), person('manager'), phone('phone')], detail: shown('manager', 'phone') },
  { layer: 'facilities', fields: [code('id'), name('name'), name('owner')], detail: shown('owner', 'status') },
  {
    layer: 'households',
    fields: [code('id'), address('address'), address('village'), person('head_name'), phone('phone')],
    detail: shown('head_name', 'phone'),
  },
];
