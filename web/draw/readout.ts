// Coordinates as the staff write them: degrees, degrees-minutes-seconds, metres of the district's CGCS2000 zone; and the
// lengths and areas of what is drawn, on the ellipsoid.
import { effect, signal } from '@preact/signals';
import type { Position } from '../../server/domain/feature.ts';
import { geodesicArea } from '../../server/geo/area.ts';
import { geodesicDistance } from '../../server/geo/ellipsoid.ts';
import { metres } from '../i18n/format.ts';
import { drawWords } from '../i18n/draw/words.ts';
import { dmsWords } from '../panels/shell/readingWords.ts';
import { geometryOf, roundPosition, type Ring, type Shape } from '../draft/shape.ts';
import { language } from '../state/preferences.ts';
import { readCoordinates, readGridText } from '../state/search.ts';
import { config } from '../state/service.ts';

export type Notation = 'degrees' | 'dms' | 'grid';
export const NOTATIONS: readonly Notation[] = ['degrees', 'dms', 'grid'];
export const notation = signal<Notation>('degrees');

/** The projections are large: they come when metres are wanted. */
const grid = signal<typeof import('./gridMetres.ts') | null>(null);
export async function wantGrid(): Promise<void> {
  grid.value ??= await import('./gridMetres.ts');
}
effect(() => {
  if (notation.value === 'grid') void wantGrid();
});

/** Longitude of the district's middle; the place itself where there is none. */
function near(lon: number): number {
  const bounds = config.peek()?.bounds;
  return bounds ? (bounds[0] + bounds[2]) / 2 : lon;
}

export const gridName = (): string => grid.value?.gridName(near(113)) ?? '';

export function positionWords([lon, lat]: Position, as: Notation): string {
  switch (as) {
    case 'degrees':
      return `${lon.toFixed(7)}, ${lat.toFixed(7)}`;
    case 'dms':
      return `${dmsWords(lon)} ${dmsWords(lat)}`;
    case 'grid':
      return grid.value?.metresWords([lon, lat], near(lon)) ?? '…';
  }
}

/** Reads a position in any of the notations; metres once `wantGrid` has been asked for. */
export function readPosition(text: string): Position | null {
  const degrees = readCoordinates(text);
  if (degrees) return roundPosition([degrees.lon, degrees.lat]);
  const metres = readGridText(text);
  const found = metres && grid.value?.readGrid(metres, near(113));
  return found ? roundPosition([found.lon, found.lat]) : null;
}

export function lengthOf(line: Ring, closed = false): number {
  const whole = closed && line[0] ? [...line, line[0]] : line;
  return whole.slice(1).reduce((sum, to, i) => sum + geodesicDistance(whole[i] as Position, to), 0);
}

export function areaOf(shape: Shape): number {
  const geometry = geometryOf(shape);
  return geometry && shape.kind === 'area' ? geodesicArea(geometry).area : 0;
}

export function lengthWords(length: number): string {
  const w = drawWords();
  return length < 1000 ? w.lengthM(metres(length)) : w.lengthKm(rounded(length / 1000, 3));
}

/** m² as hectares, from a square kilometre on as square kilometres. */
export function areaWords(area: number): string {
  const w = drawWords();
  return area < 1e6 ? w.hectares(rounded(area / 1e4, 2)) : w.squareKm(rounded(area / 1e6, 3));
}

const rounded = (value: number, digits: number): string =>
  new Intl.NumberFormat(language.value, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
