// What a refusal offers: systems that land in the county, and the columns of the file where it names them.
import type { ApiError } from '../../api/http.ts';

export interface Offer {
  readonly crs: string;
  readonly lon: number;
  readonly lat: number;
}

/** Systems to choose from: as the answer lists them, else as its sentence names them. */
export function offersOf(error: ApiError): readonly Offer[] {
  const listed = error.faults.filter(({ code }) => code === 'crs_choice').map(({ detail }) => detail.split(' '));
  const named = [...error.message.matchAll(/(EPSG:\d+) \((-?[\d.]+), (-?[\d.]+)\)/g)].map((found) => found.slice(1));
  const parts = listed.length > 0 ? listed : named;
  return parts.map(([crs = '', lon, lat]) => ({ crs, lon: Number(lon), lat: Number(lat) }));
}

/** The columns that a refusal names: `It has: a, b.` Commas inside a name cannot be told apart. */
export function columnsIn(detail: string): readonly string[] {
  const found = /(?:It has|is known): (.*?)(?:\. Is the first row|\.?$)/.exec(detail)?.[1] ?? '';
  return found.split(', ').filter((name) => name !== '');
}

/** The shifted systems that a sentence of the service speaks of. */
export const shiftedIn = (message: string): readonly string[] => ['GCJ-02', 'BD-09'].filter((name) => message.includes(name));
