// The shifted systems of Chinese web maps: GCJ-02 (高德, 腾讯) and BD-09 (百度). Coordinates in them lie some 500 m or 1.2 km
// off. They are converted only where a user says so; recognising them is the import's.
import gcoordModule from 'gcoord';
import type { Position } from '../domain/feature.ts';

/** The part of gcoord used here: its types describe a default export inside the one that Node.js hands over. */
interface Gcoord {
  readonly WGS84: string;
  readonly GCJ02: string;
  readonly BD09: string;
  transform(position: [number, number], from: string, to: string): [number, number];
}
const gcoord = gcoordModule as unknown as Gcoord;

export const SHIFTED = ['GCJ-02', 'BD-09'] as const;
export type ShiftedDatum = (typeof SHIFTED)[number];

const NAMES = { 'GCJ-02': gcoord.GCJ02, 'BD-09': gcoord.BD09 } as const;

/** The shifted system of this name (`GCJ02`, `gcj-02`, `BD09` …), or null. */
export function shiftedNamed(text: string): ShiftedDatum | null {
  const bare = text.trim().toUpperCase().replace(/[-_ ]/g, '');
  return bare === 'GCJ02' ? 'GCJ-02' : bare === 'BD09' || bare === 'BD09LL' ? 'BD-09' : null;
}

/** lon/lat of a shifted system → lon/lat of WGS 84, within 1e-6 degrees. */
export function fromShifted(datum: ShiftedDatum, [lon, lat]: Position): Position {
  const [x, y] = gcoord.transform([lon, lat], NAMES[datum], gcoord.WGS84);
  return [x, y];
}

/** lon/lat of WGS 84 → lon/lat of a shifted system. */
export function toShifted(datum: ShiftedDatum, [lon, lat]: Position): Position {
  const [x, y] = gcoord.transform([lon, lat], gcoord.WGS84, NAMES[datum]);
  return [x, y];
}
