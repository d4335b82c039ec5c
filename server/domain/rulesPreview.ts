// What other rules would change, told before they are applied. One shape for API and page.
import type { Figure } from './figure.ts';

export interface ZoneBefore {
  readonly rule: string;
  readonly formula: string | null;
  /** m² */
  readonly area: number;
  readonly households: number;
  readonly people: number | null;
}

export interface ZoneEffect {
  readonly zone: string;
  readonly name: string | null;
  /** Null: it had, or would have, no area. */
  readonly before: ZoneBefore | null;
  readonly after: ZoneBefore | null;
}

export interface RulesPreview {
  /** Version that the set would have. */
  readonly version: number;
  /** Revision that it was worked out at. */
  readonly revision: number;
  readonly areas: { readonly unchanged: number; readonly changed: number; readonly added: number; readonly removed: number };
  /** Distinct totals: everyone once. */
  readonly before: Figure;
  readonly after: Figure;
  readonly comesIn: { readonly households: number; readonly schools: number };
  readonly dropsOut: { readonly households: number; readonly schools: number };
  /** Those affected, at most as many as `MOST_LISTED`. */
  readonly units: readonly { readonly kind: 'households' | 'schools'; readonly id: string; readonly change: 'in' | 'out' }[];
  /** Zones that change, those that change most households first; at most as many as `MOST_LISTED`. */
  readonly zones: readonly ZoneEffect[];
}

export const MOST_LISTED = 500;
