// Household tiles, made from the counting index. Far out, one point stands for all households of a few pixels. Each
// household is in the one tile that its position lies in; a footprint in every tile that it reaches into.
import type { Geometry } from '../domain/feature.ts';
import { HOUSEHOLD_POINTS_ZOOM } from '../domain/tile.ts';
import type { Exposure } from '../exposure/exposure.ts';
import { lowerBound, stripAt, type Sheet } from '../exposure/units/sheet.ts';
import { metresPerDegree } from '../geo/ellipsoid.ts';
import { polygonsOf } from '../geo/covers.ts';
import { tileBounds } from './featureTile.ts';
import { TileFrame } from './mercator.ts';
import { EXTENT, MvtLayer, type Tags, type TextSpan } from './mvtLayer.ts';

/** Tile units: what is farther off has no part in the tile, and lies where the frame is not good. */
const NEARBY = 8 * EXTENT;

/** Side of the square, in tile units, whose households become one point: 4 px of a 512 px tile far out. */
function cellOf(z: number): number {
  return z < 13 ? 32 : 256;
}

export function householdTile(exposure: Exposure, z: number, x: number, y: number): Uint8Array {
  return z >= HOUSEHOLD_POINTS_ZOOM ? pointTile(exposure, z, x, y) : cellTile(exposure, z, x, y);
}

/** n, hit, certain, possible of one household. */
const OUT = [1, 0, 0, 0];
const CERTAIN = [1, 1, 1, 0];
const POSSIBLY_IN = [1, 1, 0, 1];
const POSSIBLY_OUT = [1, 0, 0, 1];

/** A feature for every household: n = 1, whether it is threatened, and its id. */
export function pointTile(exposure: Exposure, z: number, x: number, y: number): Uint8Array {
  const { units, covers } = exposure;
  const [inside, certain, any] = [covers.inside.count, covers.certain.count, covers.any.count];
  const layer = new MvtLayer('households', ['n', 'hit', 'certain', 'possible', 'id']);
  const tags = [OUT, CERTAIN, POSSIBLY_IN, POSSIBLY_OUT].map((numbers) => layer.tags(numbers));
  const id: TextSpan = { bytes: new Uint8Array(0), from: 0, length: 0 };
  eachHousehold(exposure, z, x, y, (position, column, row) => {
    const standing = any[position] === 0 ? 0 : certain[position] !== 0 ? 1 : inside[position] !== 0 ? 2 : 3;
    const its = tags[standing] as Tags;
    units.idSpanAt(position, id);
    const footprint = units.footprints.size > 0 ? units.footprints.get(position) : undefined;
    if (footprint) {
      for (const rings of footprintRings(footprint, z, x, y)) layer.addPolygon(rings, its, id);
    } else if (column >= 0 && column < EXTENT && row >= 0 && row < EXTENT) {
      layer.addPoint(Math.floor(column), Math.floor(row), its, id);
    }
  });
  return layer.finish();
}

/** One point for all households of a cell, in the middle of them; where some are threatened, in the middle of those. */
function cellTile(exposure: Exposure, z: number, x: number, y: number): Uint8Array {
  const { covers } = exposure;
  const cell = cellOf(z);
  const across = EXTENT / cell;
  const sums = new Float64Array(across * across * CELL_SUMS);
  eachHousehold(exposure, z, x, y, (position, column, row) => {
    if (!(column >= 0 && column < EXTENT && row >= 0 && row < EXTENT)) return;
    const at = (Math.floor(row / cell) * across + Math.floor(column / cell)) * CELL_SUMS;
    const certain = covers.certain.covers(position);
    sums[at] = (sums[at] as number) + 1;
    if (covers.inside.covers(position)) sums[at + 1] = (sums[at + 1] as number) + 1;
    if (certain) sums[at + 2] = (sums[at + 2] as number) + 1;
    else if (covers.any.covers(position)) sums[at + 3] = (sums[at + 3] as number) + 1;
    sums[at + 4] = (sums[at + 4] as number) + column;
    sums[at + 5] = (sums[at + 5] as number) + row;
    if (!covers.any.covers(position)) return;
    sums[at + 6] = (sums[at + 6] as number) + column;
    sums[at + 7] = (sums[at + 7] as number) + row;
  });
  const layer = new MvtLayer('households', ['n', 'hit', 'certain', 'possible']);
  for (let at = 0; at < sums.length; at += CELL_SUMS) {
    const n = sums[at] as number;
    if (n === 0) continue;
    const figures = [...sums.subarray(at, at + 4)];
    // what is drawn of a cell is who is threatened in it: the point stands among them, not beyond the edge of their zone
    const threatened = sums[at + 6] === 0 && sums[at + 7] === 0 ? 0 : threatenedIn(figures);
    const [of, x4] = threatened > 0 ? [threatened, at + 6] : [n, at + 4];
    layer.addPoint(Math.floor((sums[x4] as number) / of), Math.floor((sums[x4 + 1] as number) / of), layer.tags(figures), null);
  }
  return layer.finish();
}

/** n, hit, certain, possible; columns and rows of all; columns and rows of the threatened. */
const CELL_SUMS = 8;

/** Those who are in for certain, or could be. */
const threatenedIn = ([, , certain = 0, possible = 0]: readonly number[]): number => certain + possible;

/** Calls back for every household in or near a tile with its place in tile units. */
function eachHousehold(
  { units }: Exposure,
  z: number,
  x: number,
  y: number,
  visit: (position: number, column: number, row: number) => void,
): void {
  const frame = new TileFrame(z, x, y);
  const tile = tileBounds(z, x, y);
  const { lon, lat, alive } = units;
  for (const sheet of units.sheets) {
    if (sheet.kind !== 'households') continue;
    const [west, south, east, north] = sheet.hasFootprints ? widened(tile, sheet) : tile;
    const low = Math.max(0, stripAt(sheet, south));
    const high = Math.min(sheet.strips - 1, stripAt(sheet, north));
    for (let strip = low; strip <= high; strip++) {
      const end = sheet.starts[strip + 1] as number;
      let position = lowerBound(lon, (sheet.starts[strip] as number) + 1, end, west);
      for (; position < end && (lon[position] as number) <= east; position++) {
        const latitude = lat[position] as number;
        if (latitude < south || latitude > north || alive[position] === 0) continue;
        visit(position, frame.column(lon[position] as number), frame.row(latitude));
      }
    }
  }
  for (let position = units.tail.first + 1; position < units.end; position++) {
    if (!alive[position] || units.kindAt(position) !== 'households') continue;
    const [column, row] = [frame.column(lon[position] as number), frame.row(lat[position] as number)];
    if (Math.abs(column) < NEARBY && Math.abs(row) < NEARBY) visit(position, column, row);
  }
}

/** A tile's box with room for footprints whose first corner lies outside it. */
function widened([west, south, east, north]: [number, number, number, number], sheet: Sheet): [number, number, number, number] {
  const scale = metresPerDegree(Math.min(Math.max(Math.abs(south), Math.abs(north)), 89));
  const [dx, dy] = [sheet.reach / scale.x, sheet.reach / scale.y];
  return [west - dx, south - dy, east + dx, north + dy];
}

/** The rings of each polygon in tile units; none where it lies outside the tile. */
function footprintRings(footprint: Geometry, z: number, x: number, y: number): number[][][] {
  const frame = new TileFrame(z, x, y);
  return polygonsOf(footprint).flatMap((rings) => {
    let seen = false;
    const projected = rings.map((ring) =>
      ring.slice(0, -1).flatMap(([lon, lat]) => {
        const column = Math.round(frame.column(lon));
        const row = Math.round(frame.row(lat));
        if (column > -BUFFER && column < EXTENT + BUFFER && row > -BUFFER && row < EXTENT + BUFFER) seen = true;
        return [column, row];
      }),
    );
    return seen ? [projected] : [];
  });
}

const BUFFER = 64;
