// What lies round the zone on its map: rivers, townships, other zones, schools, shelters, the hazard point. Nobody's home.
import type { Feature, Geometry, Position } from '../domain/feature.ts';
import { textOf } from '../domain/feature.ts';
import { boundsOf } from '../geo/bounds.ts';
import { PreparedArea } from '../geo/covers.ts';
import { chainsOf } from '../geo/segment.ts';
import { legible } from './elements.ts';
import { MAP, type Paper } from './mapPaper.ts';
import { COLORS, drawHazard, drawPlace, outline, type Pen } from './mapSymbols.ts';
import type { LabelPlaces } from './mapLabels.ts';

/** Features within the frame, as the public may see them. */
export interface MapSurroundings {
  readonly rivers: readonly Feature[];
  readonly townships: readonly Feature[];
  /** Other announced zones. */
  readonly zones: readonly Feature[];
  readonly schools: readonly Feature[];
  readonly shelters: readonly Feature[];
  readonly hazard: Feature | null;
}

/** Lines and outlines, which lie under the zone. */
export function drawGround(pen: Pen, paper: Paper, { rivers, townships, zones }: MapSurroundings): void {
  const { context } = pen;
  const trace = ({ geometry }: Feature) => {
    context.beginPath();
    for (const piece of paper.edges(geometry)) for (const [i, [x, y]] of piece.entries()) context[i === 0 ? 'moveTo' : 'lineTo'](x, y);
  };
  for (const township of townships) {
    trace(township);
    outline(context, COLORS.township, 0.9, [7, 2.5, 1.2, 2.5]);
  }
  for (const river of rivers) {
    trace(river);
    outline(context, COLORS.water, 1.8);
  }
  for (const zone of zones) {
    trace(zone);
    outline(context, COLORS.zone, 0.9, [3, 1.5]);
  }
}

/** Point signs over the zone; each keeps its place free of names. */
export function drawPlaces(pen: Pen, paper: Paper, surroundings: MapSurroundings, places: LabelPlaces): void {
  for (const [kind, features] of [
    ['school', surroundings.schools],
    ['shelter', surroundings.shelters],
  ] as const) {
    for (const feature of features) {
      const at = paper.point(middleOf(feature.geometry));
      if (!at) continue;
      drawPlace(pen, at, kind);
      places.take(at[0] - 5, at[1] - 5, 10, 10, true);
    }
  }
  const hazard = paper.point(middleOf(surroundings.hazard?.geometry ?? null));
  if (!hazard) return;
  drawHazard(pen, hazard);
  places.take(hazard[0] - 5, hazard[1] - 5, 10, 10, true);
}

/** Names where there is room: the hazard point first, then schools, shelters, zones, rivers and townships. */
export function drawNames(pen: Pen, paper: Paper, surroundings: MapSurroundings, places: LabelPlaces): void {
  const { hazard, schools, shelters, zones, rivers, townships } = surroundings;
  for (const feature of [...(hazard ? [hazard] : []), ...schools, ...shelters]) {
    const at = paper.point(middleOf(feature.geometry));
    const name = nameOf(feature);
    if (at && name) beside(pen, places, name, at, feature === hazard ? MAP.text : MAP.small);
  }
  for (const feature of zones) {
    const at = paper.point(middleOf(feature.geometry));
    const name = nameOf(feature);
    if (at && name) centred(pen, places, name, at, MAP.small, COLORS.zone);
  }
  const named = new Set<string>();
  for (const { geometry, properties } of rivers) {
    const name = textOf(properties, 'river') ?? textOf(properties, 'name');
    const inside = paper.edges(geometry).flat().filter(paper.shows);
    const at = inside[inside.length >> 1];
    if (name && at && !named.has(name) && centred(pen, places, legible(name), at, MAP.text, COLORS.waterName)) named.add(name);
  }
  for (const { geometry, properties } of townships) {
    const name = textOf(properties, 'name');
    if (name && geometry) townshipName(pen, paper, places, legible(name), geometry);
  }
}

/** Somewhere in the township's part of the face, near its edge first: the middle belongs to the zone. */
function townshipName(pen: Pen, paper: Paper, places: LabelPlaces, name: string, geometry: Geometry): void {
  const area = new PreparedArea(geometry);
  const shares = [0.12, 0.86, 0.5, 0.3, 0.7];
  for (const fy of [0.06, 0.94, 0.25, 0.75, 0.5]) {
    for (const fx of shares) {
      const at: Position = [paper.width * fx, paper.height * fy];
      if (area.covers(paper.toDegrees(at)) && centred(pen, places, name, at, MAP.large, COLORS.township)) return;
    }
  }
}

function nameOf({ properties }: Feature): string | null {
  const name = textOf(properties, 'name');
  return name === null ? null : legible(name);
}

/** The middle of a geometry's box, or the point that it is. */
export function middleOf(geometry: Geometry | null): Position | null {
  if (!geometry || chainsOf(geometry).length === 0) return null;
  const [west, south, east, north] = boundsOf(geometry);
  return [(west + east) / 2, (south + north) / 2];
}

function beside({ letters }: Pen, places: LabelPlaces, name: string, [x, y]: Position, size: number): void {
  const width = letters.width(name, { size });
  for (const [left, baseline] of [
    [x + 7, y + size * 0.35],
    [x - 7 - width, y + size * 0.35],
    [x - width / 2, y + 7 + size],
    [x - width / 2, y - 7],
    [x - 5, y + 7 + size],
    [x - 5, y - 7],
    [x + 5 - width, y + 7 + size],
    [x + 5 - width, y - 7],
  ] as const) {
    if (!places.take(left - 1, baseline - size * 0.9, width + 2, size * 1.15)) continue;
    letters.draw(name, left, baseline, { size, plate: COLORS.plate });
    return;
  }
}

function centred({ letters }: Pen, places: LabelPlaces, name: string, [x, y]: Position, size: number, color: string): boolean {
  const width = letters.width(name, { size });
  if (!places.take(x - width / 2 - 1, y - size * 0.6, width + 2, size * 1.2)) return false;
  letters.draw(name, x, y + size * 0.35, { size, color, align: 'center', plate: COLORS.plate });
  return true;
}
