// Turns the view into the query of the exposure API.
import type { View } from './permalink.ts';

export type Facet = 'township' | 'register' | 'hazardType' | 'layer';

const PARAMETER: Readonly<Record<Facet, string>> = {
  township: 'township',
  register: 'register',
  hazardType: 'hazard_type',
  layer: 'layer',
};

/** The query for totals; a breakdown leaves its own facet out, so that its other rows stay in sight. */
export function exposureQuery(view: View, without?: Facet): string {
  const query = new URLSearchParams({ base: view.base, at: view.at });
  for (const facet of Object.keys(PARAMETER) as Facet[]) {
    const value = view[facet];
    if (facet !== without && value !== null) query.set(PARAMETER[facet], value);
  }
  return query.toString();
}

/** The query for a list: the totals' query with what the clicked number adds to it. */
export function listQuery(view: View, extra: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(exposureQuery(view));
  for (const [name, value] of Object.entries(extra)) query.set(name, value);
  return query.toString();
}

/** One zone's own figure: only base and time of day apply, so that it equals its row in `byZone`. */
export function zoneQuery(view: View, zone: string): string {
  return new URLSearchParams({ base: view.base, at: view.at, zone }).toString();
}
