// Moving and turning a whole shape on the ground: lengths and angles stay what they are, also far to the north.
import geodesic from 'geographiclib-geodesic';
import type { Position } from '../../../server/domain/feature.ts';
import { boxOf, roundPosition, type Shape } from '../shape.ts';

const WGS84 = geodesic.Geodesic.WGS84;

export function centreOf(shape: Shape): Position | null {
  const box = boxOf(shape);
  return box && [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}

/** Every vertex keeps its distance and bearing from the centre, which goes to `to`; turned clockwise by `turn` degrees. */
export function moveShape(shape: Shape, to: Position, turn = 0): Shape {
  const from = centreOf(shape);
  if (!from) return shape;
  const moved = ([lon, lat]: Position): Position => {
    const { s12 = 0, azi1 = 0 } = WGS84.Inverse(from[1], from[0], lat, lon);
    const { lon2 = lon, lat2 = lat } = WGS84.Direct(to[1], to[0], azi1 + turn, s12);
    return roundPosition([lon2, lat2]);
  };
  return { ...shape, parts: shape.parts.map((part) => part.map((ring) => ring.map(moved))) };
}

/** Bearing in degrees from one position to another, clockwise from north. */
export function bearing(from: Position, to: Position): number {
  return ((WGS84.Inverse(from[1], from[0], to[1], to[0]).azi1 ?? 0) + 360) % 360;
}
