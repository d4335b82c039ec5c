// Finds a place by its name among public features, or by longitude and latitude.
import type { NamedPlace } from './places.ts';

export interface Coordinates {
  readonly lon: number;
  readonly lat: number;
}

/** Reads `113.56,37.87`, with any of the usual separators and either order (in China longitude is the greater). */
export function readCoordinates(text: string): Coordinates | null {
  const numbers = text.match(/\d+(?:\.\d+)?/g)?.map(Number) ?? [];
  if (!/^[\s\d.,，、;；°EN东经北纬:：-]+$/i.test(text) || numbers.length !== 2) return null;
  const [a = 0, b = 0] = numbers;
  const [lon, lat] = a > b ? [a, b] : [b, a];
  return lon > 70 && lon <= 140 && lat >= 15 && lat <= 55 ? { lon, lat } : null;
}

/** Names that contain the text, those that begin with it first, shorter before longer. */
export function findPlaces(all: readonly NamedPlace[], text: string, most = 8): NamedPlace[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const rank = (place: NamedPlace): number => (place.name.toLowerCase().startsWith(wanted) ? 0 : 1);
  return all
    .filter((place) => place.name.toLowerCase().includes(wanted) || place.id.toLowerCase() === wanted)
    .sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length || a.name.localeCompare(b.name))
    .slice(0, most);
}
