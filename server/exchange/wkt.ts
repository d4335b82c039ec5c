// Geometry as well-known text (OGC 06-103r4) and back: how a table carries lines and areas. Coordinates keep every digit.
import type { Geometry, Position } from '../domain/feature.ts';

const place = ([x, y]: Position): string => `${x} ${y}`;
const chain = (positions: readonly Position[]): string => `(${positions.map(place).join(', ')})`;
const list = <T>(parts: readonly T[], write: (part: T) => string): string => `(${parts.map(write).join(', ')})`;

export function toWkt(geometry: Geometry): string {
  switch (geometry.type) {
    case 'Point':
      return `POINT (${place(geometry.coordinates)})`;
    case 'LineString':
      return `LINESTRING ${chain(geometry.coordinates)}`;
    case 'MultiLineString':
      return `MULTILINESTRING ${list(geometry.coordinates, chain)}`;
    case 'Polygon':
      return `POLYGON ${list(geometry.coordinates, chain)}`;
    case 'MultiPolygon':
      return `MULTIPOLYGON ${list(geometry.coordinates, (rings) => list(rings, chain))}`;
  }
}

const TYPES: Readonly<Record<string, Geometry['type']>> = {
  POINT: 'Point',
  LINESTRING: 'LineString',
  MULTILINESTRING: 'MultiLineString',
  POLYGON: 'Polygon',
  MULTIPOLYGON: 'MultiPolygon',
};

/**
 * The raw geometry that a text states, unchecked as a file's geometry is; null for EMPTY. Z and M are read over.
 * @returns undefined for what is no such text
 */
export function fromWkt(text: string): { type: Geometry['type']; coordinates: unknown } | null | undefined {
  const match = /^\s*(?:SRID\s*=\s*\d+\s*;\s*)?([A-Z]+)\s*(?:ZM|Z|M)?\s*(EMPTY|\(.*\))\s*$/is.exec(text);
  const type = TYPES[match?.[1]?.toUpperCase() ?? ''];
  const body = match?.[2];
  if (type === undefined || body === undefined) return undefined;
  if (/^empty$/i.test(body)) return null;
  if (/[^-+\d.eE\s,()]/.test(body)) return undefined;
  // the text is JSON but for its brackets and for the blanks between the numbers of a position
  const json = body
    .replace(/[-+\d.eE]+(?:\s+[-+\d.eE]+)+/g, (position) => JSON.stringify(position.split(/\s+/, 2).map(Number)))
    .replaceAll('(', '[')
    .replaceAll(')', ']');
  try {
    const coordinates = JSON.parse(json) as unknown;
    return { type, coordinates: type === 'Point' ? (coordinates as unknown[])[0] : coordinates };
  } catch {
    return undefined;
  }
}
