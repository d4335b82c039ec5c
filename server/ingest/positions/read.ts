// The position of a row by its table's plan. What stands the wrong way round in a row alone is put right, and said.
import type { Position } from '../../domain/feature.ts';
import type { Bounds } from '../../domain/service.ts';
import { crsOfEpsg, epsgOfPrefixedEasting, type Crs } from '../../geo/crs.ts';
import type { SourceRow } from '../source.ts';
import { isBlank } from '../values.ts';
import { bareDegrees, readAngle, withoutUnit, type Angle } from './angle.ts';
import type { PositionPlan } from './plan.ts';
import { isNorthing, isSwapped } from './systems.ts';

/** How a position came to be: kept with the feature. */
export type PositionMethod = 'decimal' | 'dms' | 'packed' | 'dotted' | 'grid' | 'grid_prefixed';

export interface FoundPosition {
  /** In the CRS below; null when both cells are empty. */
  readonly position: Position | null;
  readonly crs: Crs;
  readonly method: PositionMethod;
  /** The cells as the file has them. */
  readonly cells: string;
  readonly repair?: { readonly code: 'position_swapped'; readonly message: string };
}

export interface PositionFault {
  readonly fault: string;
  readonly message: string;
  readonly field: string;
}

/** @param county box of the county and 5 km around it; null with no townships loaded */
export function readPosition(row: SourceRow, plan: PositionPlan, county: Bounds | null): FoundPosition | PositionFault {
  const cells = [plan.east, plan.north].map((column) => ({ column, cell: row.values.get(column) })) as [Placed, Placed];
  const blank = cells.filter(({ cell }) => isBlank(cell));
  const written = cells.map(({ cell }) => String(cell ?? '').trim()).join(' | ');
  if (blank.length === 2) return { position: null, crs: plan.crs, method: plan.notation ?? 'grid', cells: '' };
  if (blank[0])
    return {
      fault: 'position_half',
      message: `${blank[0].column} 为空，另一坐标不空 ${blank[0].column} is empty while the other coordinate is not`,
      field: blank[0].column,
    };
  const angles: Angle[] = [];
  for (const { column, cell } of cells) {
    const angle = readAngle(withoutUnit(cell));
    if (!angle) return { fault: 'not_a_coordinate', message: `“${String(cell).slice(0, 60)}” 不是坐标 is not a coordinate`, field: column };
    angles.push(angle);
  }
  const pair = angles as [Angle, Angle];
  return plan.notation === null ? gridPosition(pair, plan, written, cells) : degreePosition(pair, plan, written, county, cells);
}

interface Placed {
  readonly column: string;
  readonly cell: unknown;
}

function degreePosition(
  pair: [Angle, Angle],
  plan: PositionPlan,
  cells: string,
  county: Bounds | null,
  columns: readonly Placed[],
): FoundPosition | PositionFault {
  const notation = plan.notation ?? 'decimal';
  const degrees: number[] = [];
  for (const [i, angle] of pair.entries()) {
    const value = angle.kind === 'stated' ? angle.degrees : bareDegrees(angle.value, notation);
    if (value === null)
      return {
        fault: 'not_a_coordinate',
        message: `“${String(columns[i]?.cell).slice(0, 60)}” 分或秒达到 60 minutes or seconds of 60 or more`,
        field: columns[i]?.column ?? '',
      };
    degrees.push(value);
  }
  const place: Position = [degrees[0] as number, degrees[1] as number];
  const [first, second] = pair;
  const method: PositionMethod = first.kind === 'stated' ? first.notation : notation;
  const axes = [first, second].map((angle) => (angle.kind === 'stated' ? angle.axis : null));
  // the cell's own hemisphere knows better than its column
  const byHemisphere = axes[0] === 'lat' || axes[1] === 'lon';
  const found = { crs: plan.crs, method, cells };
  if (byHemisphere || (axes[0] === null && axes[1] === null && isSwapped(place, county))) {
    const message = `经纬度写反，已对调：${cells} longitude and latitude stood the wrong way round and were exchanged`;
    return { ...found, position: [place[1], place[0]], repair: { code: 'position_swapped', message } };
  }
  return { ...found, position: place };
}

function gridPosition(pair: [Angle, Angle], plan: PositionPlan, cells: string, columns: readonly Placed[]): FoundPosition | PositionFault {
  const [a, b] = pair.map((angle) => (angle.kind === 'bare' ? angle.value : angle.degrees)) as [number, number];
  const swapped = isNorthing(a) && !isNorthing(b);
  const position: Position = swapped ? [b, a] : [a, b];
  const repair = swapped
    ? {
        repair: {
          code: 'position_swapped',
          message: `纵横坐标写反，已对调：${cells} northing and easting stood the wrong way round and were exchanged`,
        } as const,
      }
    : {};
  if (!plan.prefixed) return { position, crs: plan.crs, method: 'grid', cells, ...repair };
  const crs = crsOfEpsg(epsgOfPrefixedEasting(position[0]) ?? 0);
  if (!crs) {
    return {
      fault: 'zone_missing',
      message: `${position[0]} 缺带号，同文件其他行有 carries no zone number, unlike the file's other eastings`,
      field: columns[0]?.column ?? '',
    };
  }
  return { position, crs, method: 'grid_prefixed', cells, ...repair };
}
