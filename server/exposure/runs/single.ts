// Positions that the kernels leave undecided, judged one by one by the rules themselves: footprints near an edge,
// positions within rounding of a limit, units of the tail.
import type { Geometry } from '../../domain/feature.ts';
import { preparedOf, type FlatShape } from '../flatShape.ts';
import { relate, type Relation } from '../relation.ts';
import type { Positions } from '../units/positions.ts';

/** The relation of the unit at a position to a shape, or null when it has nothing to do with it. */
export function judge(positions: Positions, shape: FlatShape, position: number): Relation | null {
  const point: Geometry = { type: 'Point', coordinates: [positions.lon[position] as number, positions.lat[position] as number] };
  const geometry = positions.footprints.get(position) ?? point;
  return relate(geometry, positions.accuracy?.[position] ?? 0, preparedOf(shape));
}
