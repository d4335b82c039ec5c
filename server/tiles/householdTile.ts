// Household tiles, made from the counting index. Far out, one point stands for all households of a few pixels.
import type { Position } from '../domain/feature.ts';
import { HOUSEHOLD_POINTS_ZOOM } from '../domain/tile.ts';
import type { ExposureIndex } from '../exposure/exposureIndex.ts';
import { standingIn } from '../exposure/filter.ts';
import { anchorOf, type Unit } from '../exposure/unit.ts';
import { encode, EXTENT, tileBounds } from './featureTile.ts';

/** Side of the square, in tile units, whose households become one point: 4 px of a 512 px tile far out. */
function cellOf(z: number): number {
  return z < 13 ? 32 : 192;
}

interface Group {
  n: number;
  hit: number;
  certain: number;
  possible: number;
  lon: number;
  lat: number;
}

export function householdTile(index: ExposureIndex, z: number, x: number, y: number): Uint8Array {
  const near = index.unitsIn(tileBounds(z, x, y)).filter((unit) => unit.kind === 'households');
  const zones = new Set(index.zones.values());
  const standing = (unit: Unit) => standingIn(index.relations.get(unit) ?? [], zones);
  if (z >= HOUSEHOLD_POINTS_ZOOM) {
    return encode(
      'households',
      near.flatMap((unit) => {
        if (!unit.geometry) return [];
        const { inside, certain, possible } = standing(unit);
        const properties = { id: unit.id, n: 1, hit: Number(inside), certain: Number(certain), possible: Number(possible) };
        return [{ geometry: unit.geometry, properties }];
      }),
      z,
      x,
      y,
    );
  }
  const groups = new Map<string, Group>();
  const cell = cellOf(z);
  const size = 2 ** z * EXTENT;
  for (const unit of near) {
    const anchor = anchorOf(unit);
    if (!anchor) continue;
    const [column, row] = tileUnits(anchor, size);
    const key = `${Math.floor(column / cell)} ${Math.floor(row / cell)}`;
    const { inside, certain, possible } = standing(unit);
    const group = groups.get(key) ?? { n: 0, hit: 0, certain: 0, possible: 0, lon: 0, lat: 0 };
    group.n++;
    group.hit += Number(inside);
    group.certain += Number(certain);
    group.possible += Number(possible);
    group.lon += anchor[0];
    group.lat += anchor[1];
    groups.set(key, group);
  }
  return encode(
    'households',
    [...groups.values()].map(({ n, hit, certain, possible, lon, lat }) => ({
      geometry: { type: 'Point', coordinates: [lon / n, lat / n] },
      properties: { n, hit, certain, possible },
    })),
    z,
    x,
    y,
  );
}

function tileUnits([lon, lat]: Position, size: number): [number, number] {
  const sin = Math.sin((lat * Math.PI) / 180);
  return [((lon + 180) / 360) * size, (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * size];
}
