// How badly subsidence damages a household's building, row by row: what the report says and the page reads.
import type { Words } from './field.ts';

export const DAMAGE_GRADES = ['first', 'second', 'third', 'fourth'] as const;
/** Ⅰ is the mildest, Ⅳ the most severe. */
export type DamageGrade = (typeof DAMAGE_GRADES)[number];

/** Tilt and strain in mm/m, curvature in 10⁻³/m; null where the ground's movement is not known. */
export interface DamageRow {
  readonly id: string;
  readonly address: string | null;
  readonly township: string | null;
  readonly structure: string | null;
  readonly zone: string;
  readonly zone_name: string | null;
  readonly line: 'danger' | 'influence';
  /** Metres to the edge of the goaf; negative over it. */
  readonly distance_m: number;
  readonly tilt: number | null;
  readonly curvature: number | null;
  readonly strain: number | null;
  readonly grade: DamageGrade | null;
  /** The structure is one that the table is for. */
  readonly covered: boolean;
  readonly reason?: Words;
}
