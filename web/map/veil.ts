// A veil of paper over everything outside the district: what lies there is not ours to judge.
import type { Feature, FeatureCollection, Geometry, Polygon, Position } from 'geojson';

export interface Outline {
  readonly id: string;
  readonly level: string | null;
  readonly geometry: Geometry;
}

const REACH = 3; // degrees around the district that the veil covers

/** Outer rings. */
export const shells = (geometry: Geometry): Position[][] => {
  if (geometry.type === 'Polygon') return geometry.coordinates.slice(0, 1);
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.flatMap((rings) => rings.slice(0, 1));
  return [];
};

/** The outside as one polygon whose holes are the district, or its townships where the district itself is not given. */
export function veilOver(outlines: readonly Outline[]): FeatureCollection<Polygon> {
  const county = outlines.filter((outline) => outline.level === 'county');
  const holes = (county.length > 0 ? county : outlines.filter((outline) => outline.level === 'township' || outline.level === null)).flatMap(
    (outline) => shells(outline.geometry),
  );
  if (holes.length === 0) return { type: 'FeatureCollection', features: [] };
  const lons = holes.flat().map(([lon = 0]) => lon);
  const lats = holes.flat().map(([, lat = 0]) => lat);
  // Not spread into Math.min: an outline may have more vertices than a call takes arguments.
  const low = (values: number[]): number => values.reduce((a, b) => Math.min(a, b)) - REACH;
  const high = (values: number[]): number => values.reduce((a, b) => Math.max(a, b)) + REACH;
  const [west, east, south, north] = [low(lons), high(lons), Math.max(-85, low(lats)), Math.min(85, high(lats))];
  const shell: Position[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  const feature: Feature<Polygon> = { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [shell, ...holes] } };
  return { type: 'FeatureCollection', features: [feature] };
}
