// Properties of vector tiles. A tile layer is named like its layer; personal data never goes into a tile.

/**
 * Households in tiles. Below HOUSEHOLD_POINTS_ZOOM one point stands for all households of a few pixels:
 * `n` households, `hit` of them threatened (nominal), `certain` of them certain. From that zoom on every household is
 * a feature of its own with n = 1 and its `id`. A figure of 0 is left out.
 */
export interface HouseholdTileProperties {
  n: number;
  hit?: number;
  certain?: number;
  possible?: number;
  id?: string;
}

export const HOUSEHOLD_POINTS_ZOOM = 15;

/** The greatest zoom for which tiles are made; MapLibre overzooms beyond it. */
export const MAX_TILE_ZOOM = 16;

/** Fields beside `id` and all coded fields that a layer's tiles carry (as far as the role may see them). */
export const TILE_TEXT_FIELDS: readonly string[] = [
  'name',
  'river',
  'return_period_a',
  'code',
  'zone',
  'layer',
  'source_id',
  'rule',
  'kind',
  'state',
  'inside_hazard',
  'document_no',
];
