// The paper of the map's face in points: geometries on it, and the measures of the sheet around it (pure).
import type { Geometry, Position } from '../domain/feature.ts';
import type { Bounds } from '../domain/service.ts';
import { boundsMeet, boundsOfPositions } from '../geo/bounds.ts';
import { chainsOf } from '../geo/segment.ts';
import type { LocalZone } from './corners.ts';
import type { MapFrame } from './mapFrame.ts';

/** Points per millimetre. */
export const MM = 72 / 25.4;

/** The whole sheet in millimetres: title, face with its grid figures, and the panel below. */
export const SHEET = { width: 172, height: 249, face: { left: 6, top: 15, width: 160, height: 180 } } as const;

/** Sizes of letters on the map, in points. */
export const MAP = { small: 7, text: 8, large: 10 } as const;

export interface Paper {
  readonly width: number;
  readonly height: number;
  /** Chains or rings in points from the face's upper left corner. */
  chains(geometry: Geometry | null): Position[][];
  /** A position in points, or null where it is not on the face. */
  point(position: Position | null): Position | null;
  /** Are these points on the face? */
  readonly shows: (at: Position) => boolean;
  /** The pieces of a geometry's lines that may show: a township has thousands of edges, and the face a few of them. */
  edges(geometry: Geometry | null): Position[][];
  toDegrees(at: Position): Position;
}

/** The paper of a frame in this local zone. */
export function paperOf(frame: MapFrame, zone: LocalZone): Paper {
  const width = frame.width * MM;
  const height = frame.height * MM;
  const place = (position: Position): Position => {
    const [x, y] = frame.toPaper(position);
    return [x * MM, y * MM];
  };
  const shows = ([x, y]: Position) => x >= 0 && y >= 0 && x <= width && y <= height;
  return {
    width,
    height,
    chains: (geometry) => (geometry ? chainsOf(geometry).map((chain) => chain.map(place)) : []),
    point: (position) => {
      const at = position && place(position);
      return at && shows(at) ? at : null;
    },
    shows,
    edges: (geometry) => (geometry ? chainsOf(geometry).flatMap((chain) => shownPieces(chain.map(place), [0, 0, width, height])) : []),
    toDegrees: ([x, y]) =>
      zone.crs.toLonLat([
        frame.origin[0] + ((x / MM) * frame.scale) / 1000,
        frame.origin[1] + (frame.height - y / MM) * (frame.scale / 1000),
      ]),
  };
}

/** The runs of edges whose boxes meet the face. */
function shownPieces(chain: readonly Position[], face: Bounds): Position[][] {
  const pieces: Position[][] = [];
  let piece: Position[] = [];
  for (const [i, b] of chain.entries()) {
    const a = chain[i - 1];
    if (!a) continue;
    if (!boundsMeet(boundsOfPositions([a, b]), face)) {
      piece = [];
      continue;
    }
    if (piece.length === 0) {
      piece = [a];
      pieces.push(piece);
    }
    piece.push(b);
  }
  return pieces;
}
