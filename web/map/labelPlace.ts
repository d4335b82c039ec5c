// Where the name of a large area goes: inside it, near its middle, and clear of the symbols that stand in it.
import type { Geometry, Position } from 'geojson';
import { anchorOf, boundsOf, insideStretches } from './geometry.ts';

/** Half the size of a township name on an overview, in degrees of latitude. */
const HALF_HEIGHT = 0.0026;
const HALF_WIDTH = 0.0072;
/** How many symbols under the name outweigh moving it by the whole height of the area. */
const AWAY = 5;
const ROWS = 14;
const COLUMNS = 7;

function ringsOf(geometry: Geometry): Position[][] {
  if (geometry.type === 'Polygon') return geometry.coordinates;
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : [];
}

/** The place in the area with the fewest symbols under the name; of equal ones the nearest to the middle. */
export function labelPlace(geometry: Geometry, symbols: readonly Position[]): Position {
  const middle = anchorOf(geometry);
  const rings = ringsOf(geometry);
  const [, south, , north] = boundsOf(geometry);
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const halfWidth = HALF_WIDTH / squeeze;
  let best = { cost: costAt(middle), at: middle };

  function costAt(at: Position): number {
    const [lon = 0, lat = 0] = at;
    const under = symbols.filter(([x = 0, y = 0]) => Math.abs(x - lon) < halfWidth && Math.abs(y - lat) < HALF_HEIGHT).length;
    const away = Math.hypot((lon - (middle[0] ?? 0)) * squeeze, lat - (middle[1] ?? 0)) / (north - south);
    return under + away * AWAY;
  }

  for (let row = 1; row < ROWS; row++) {
    const lat = south + ((north - south) * row) / ROWS;
    for (const [west, east] of insideStretches(rings, lat)) {
      const room = east - west - 2 * halfWidth;
      if (room < 0) continue; // the name would stick out
      for (let column = 0; column <= COLUMNS; column++) {
        const at: Position = [west + halfWidth + (room * column) / COLUMNS, lat];
        const cost = costAt(at);
        if (cost < best.cost) best = { cost, at };
      }
    }
  }
  return best.at;
}
