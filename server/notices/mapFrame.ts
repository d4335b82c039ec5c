// The sheet of a notice's map: its round scale, which ground it shows, its grid and scale bar (pure).
//
// The sheet lies in the local 3° zone, so its grid is straight and up is grid north.
import type { Position } from '../domain/feature.ts';
import type { Bounds } from '../domain/service.ts';
import { boundsOfPositions } from '../geo/bounds.ts';
import type { LocalZone } from './corners.ts';

export interface MapFrame {
  /** The number behind 1:. */
  readonly scale: number;
  /** Paper of the map's face in millimetres. */
  readonly width: number;
  readonly height: number;
  /** Metres of the local zone (easting, northing) at the face's lower left corner. */
  readonly origin: Position;
  /** lon/lat → millimetres from the face's upper left corner. */
  readonly toPaper: (position: Position) => Position;
  /** What the face shows, in degrees. */
  readonly bounds: Bounds;
  /** Metres between grid lines, and the lines. */
  readonly grid: { readonly interval: number; readonly eastings: readonly number[]; readonly northings: readonly number[] };
  /** Metres of the whole scale bar; it has four fields. */
  readonly bar: number;
}

/** Share of the face that the zone may fill: names and signs stand around it. */
const FILL = 0.86;
/** Millimetres between grid lines at least. */
const GRID_MM = 36;
/** Millimetres of the scale bar at least. */
const BAR_MM = 40;
const FINEST_SCALE = 500;

/** The frame that shows all these positions on a face of this size in millimetres. */
export function mapFrame(positions: Iterable<Position>, zone: LocalZone, face: { width: number; height: number }): MapFrame {
  const [west, south, east, north] = boundsOfPositions(projected(positions, zone));
  const needed = Math.max((east - west) / (face.width * FILL), (north - south) / (face.height * FILL)) * 1000;
  const scale = roundScale(needed);
  const width = (face.width * scale) / 1000;
  const height = (face.height * scale) / 1000;
  const origin: Position = [(west + east - width) / 2, (south + north - height) / 2];
  const toPaper = (position: Position): Position => {
    const [x, y] = zone.crs.fromLonLat(position);
    return [((x - origin[0]) / scale) * 1000, face.height - ((y - origin[1]) / scale) * 1000];
  };
  const interval = roundLength((GRID_MM * scale) / 1000);
  return {
    scale,
    ...face,
    origin,
    toPaper,
    bounds: boundsOfPositions(edge(origin, width, height).map((p) => zone.crs.toLonLat(p))),
    grid: {
      interval,
      eastings: multiples(origin[0], origin[0] + width, interval),
      northings: multiples(origin[1], origin[1] + height, interval),
    },
    bar: roundLength((BAR_MM * scale) / 1000),
  };
}

function* projected(positions: Iterable<Position>, zone: LocalZone): Generator<Position> {
  for (const position of positions) yield zone.crs.fromLonLat(position);
}

/** Positions round the face, its corners and middles: meridians bend, so corners alone could cut off the middle. */
function edge([x, y]: Position, width: number, height: number): Position[] {
  const steps = [0, 0.5, 1];
  return steps.flatMap((i) => steps.map((j): Position => [x + width * i, y + height * j]));
}

/** The next of 1:500, 750, 1000, 1500, 2000, 2500, 3000, 4000, 5000, … that is not finer than needed. */
export function roundScale(needed: number): number {
  for (let decade = FINEST_SCALE / 5; ; decade *= 10) {
    for (const step of [1, 1.5, 2, 2.5, 3, 4, 5, 7.5]) {
      const scale = decade * step;
      if (scale >= FINEST_SCALE && scale >= needed) return scale;
    }
  }
}

/** The next 1, 2 or 5 with zeros that is not shorter: a length that a person reads off. */
export function roundLength(least: number): number {
  const decade = 10 ** Math.floor(Math.log10(least));
  return decade * ([1, 2, 5, 10].find((step) => decade * step >= least * (1 - 1e-9)) ?? 10);
}

function multiples(from: number, to: number, interval: number): number[] {
  const first = Math.ceil(from / interval);
  const last = Math.floor(to / interval);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * interval);
}
