// The checks by the rules, and where along a river a position lies. Shapes as the service answers them.
import type { DamageGrade, DamageRow } from '../../server/domain/subsidenceDamage.ts';
import type { Words } from '../../server/domain/field.ts';
import { ask } from './http.ts';

export interface ProximityRow {
  /** `layer:id` */
  readonly subject: string;
  readonly name: string | null;
  readonly kind: string | null;
  readonly distance_m: number;
  readonly inside: boolean;
  readonly from: string;
  readonly from_name: string | null;
  readonly chainage: string | null;
  readonly bank: Bank | null;
  readonly measured_from: string;
  readonly lon: number | null;
  readonly lat: number | null;
}

export type Bank = 'left' | 'right' | 'on_line';

export interface ProximityAnswer extends Words {
  readonly id: string;
  readonly distance_m: number;
  readonly standard: string | null;
  readonly rows: readonly ProximityRow[];
  readonly notAssessed: readonly Words[];
}

export interface ProximityReport {
  readonly revision: number;
  readonly checks: readonly ProximityAnswer[];
}

export interface DamageReport {
  readonly revision: number;
  readonly rows: readonly DamageRow[];
  readonly notAssessed: readonly Words[];
  readonly counts: Readonly<Record<DamageGrade | 'not_covered' | 'not_assessed', number>>;
}

export type ReportName = 'proximity-checks' | 'subsidence-damage';

export const reportPath = (name: ReportName, format: 'json' | 'csv' | 'xlsx'): string => `/api/reports/${name}?format=${format}`;

export const fetchProximity = (signal?: AbortSignal): Promise<ProximityReport> =>
  ask<ProximityReport>(reportPath('proximity-checks', 'json'), { signal });

export const fetchDamage = (signal?: AbortSignal): Promise<DamageReport> =>
  ask<DamageReport>(reportPath('subsidence-damage', 'json'), { signal });

export interface RiverPosition {
  readonly section: string;
  readonly river: string | null;
  readonly name: string | null;
  /** K1+234 */
  readonly label: string;
  readonly bank: Bank;
  readonly distance_m: number;
  /** Null: no width is stated, so nobody can say. */
  readonly inside_management: boolean | null;
  readonly inside_strip: boolean | null;
  /** The section states no chainage of its own. */
  readonly chainage_assumed?: boolean;
  readonly beyond_end?: boolean;
}

/** Nearest section first. */
export async function fetchRiverPositions(
  { lon, lat }: { lon: number; lat: number },
  signal?: AbortSignal,
): Promise<readonly RiverPosition[]> {
  const query = new URLSearchParams({ lon: lon.toFixed(7), lat: lat.toFixed(7) });
  return (await ask<{ positions: RiverPosition[] }>(`/api/river-position?${query}`, { signal })).positions;
}
