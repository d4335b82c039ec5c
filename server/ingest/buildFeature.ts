// One row of a file as a feature of a layer, or the reasons why not.
import { randomUUID } from 'node:crypto';
import type { Feature, Geometry, JsonValue, Position, PropertyValue } from '../domain/feature.ts';
import type { ImportIssue } from '../domain/importReport.ts';
import { layerOf, writableFieldsOf, type LayerName } from '../domain/layer.ts';
import { POINT_DEFAULTS } from '../domain/layers/hazardPoints.ts';
import type { Crs } from '../geo/crs.ts';
import { mapPositions } from '../geo/localFrame.ts';
import type { ColumnMap } from './columns.ts';
import { checkGeometry } from './geometry/check.ts';
import { rowError, rowWarning } from './issues.ts';
import type { GeometryKernel } from '../zones/kernel/geos.ts';
import { mendArea, mendForm, type Mend } from './geometry/mend.ts';
import type { PositionPlan } from './positions/plan.ts';
import { readPosition } from './positions/read.ts';
import { doubtsAbout } from './plausibility.ts';
import type { SourceRow } from './source.ts';
import type { TownshipIndex } from './townships.ts';
import { convert, isBlank, toText } from './values.ts';

export interface BuildContext {
  readonly layer: LayerName;
  readonly map: ColumnMap;
  readonly defaults: Readonly<Record<string, PropertyValue>>;
  /** CRS of the file's own geometry. */
  readonly crs: Crs;
  /** For tables; null when the file has geometry or no position columns. */
  readonly position: PositionPlan | null;
  readonly kernel: GeometryKernel;
  /** The file is GeoJSON, which has a rule for the direction of rings. */
  readonly sayRewound: boolean;
  readonly fileName: string;
  readonly townships: TownshipIndex;
  /** Field → factor of the unit in its column's header. */
  readonly headerFactors: ReadonlyMap<string, number>;
  /** Rows change features that are there: what they leave open stays as it is. */
  readonly upsert: boolean;
}

export interface Built {
  readonly feature: Feature | null;
  readonly issues: ImportIssue[];
  /** Codes of what was put right in the row; its issues say how. */
  readonly mended: readonly string[];
  /** The geometry as the file has it, in lon/lat, where something was put right and it can be shown. */
  readonly before: unknown;
}

/** Fields that name a feature when the file has no id column. */
const NATURAL_ID: Readonly<Partial<Record<LayerName, string>>> = {
  'hazard-points': 'code',
  townships: 'code',
  schools: 'school_code',
};

const MAX_ID = 200;

export function buildFeature(row: SourceRow, context: BuildContext): Built {
  const issues: ImportIssue[] = [];
  if (row.fault) return refused(issues, rowError(row.row, null, row.fault.code, row.fault.message));
  const { properties, fault } = readProperties(row, context, issues);
  if (fault) return refused(issues, fault);
  // the township whose name stands over the rows, where the row has none of its own
  if (row.section !== undefined && isBlank(properties['township']) && context.townships.resolve(row.section) !== null)
    properties['township'] = row.section;
  const id = idOf(row, context, properties);
  const located = readGeometry(row, context, issues);
  if ('issue' in located) return refused(issues, { ...located.issue, id });
  note(row, context, properties, issues);
  for (const issue of issues) issue.id = id;
  const source = {
    source: `${context.fileName}#${row.row}`,
    source_crs: located.crs.code,
    source_position: located.cells,
    position_method: located.method,
  };
  return {
    feature: { id, geometry: located.geometry, properties: { ...properties, ...source } },
    issues,
    mended: located.mended,
    before: located.mended.length > 0 ? located.before : null,
  };
}

function refused(issues: ImportIssue[], issue: ImportIssue): Built {
  return { feature: null, issues: [...issues, issue], mended: [], before: null };
}

type Draft = Record<string, PropertyValue>;

function readProperties(row: SourceRow, context: BuildContext, issues: ImportIssue[]): { properties: Draft; fault: ImportIssue | null } {
  const properties: Draft = { ...context.defaults };
  const extra: Record<string, JsonValue> = {};
  const used = usedColumns(context);
  for (const field of writableFieldsOf(context.layer)) {
    const column = context.map.get(field.name);
    if (column === undefined || field.name === 'extra') continue;
    const cell = row.values.get(column);
    if (isBlank(cell)) continue;
    const converted = convert(field, cell, context.headerFactors.get(field.name) ?? 1);
    if ('fault' in converted) {
      return { properties, fault: rowError(row.row, field.name, converted.fault, `${field.zh}: ${converted.message}`) };
    }
    properties[field.name] = converted.value;
    if ('unknown' in converted) {
      extra[column] = converted.unknown;
      issues.push(
        rowWarning(
          row.row,
          field.name,
          'unknown_code',
          `“${converted.unknown}”不在代码表内，原文保留${converted.value === null ? '' : '，按其他计'} The value is not in the list and kept in extra${converted.value === null ? '' : `, taken as ${JSON.stringify(converted.value)}`}`,
        ),
      );
    }
  }
  for (const [column, cell] of row.values) {
    if (!used.has(column) && !isBlank(cell)) extra[column] = toJsonValue(cell);
  }
  const column = context.map.get('extra') ?? 'extra';
  const given = row.values.get(column);
  const kept = objectOf(given);
  // a county's own column of that name is one more column
  if (kept === null && !isBlank(given)) extra[column] = toJsonValue(given);
  const all = { ...kept, ...extra };
  if (kept !== null) delete all[column];
  if (Object.keys(all).length > 0) properties['extra'] = all;
  return { properties, fault: null };
}

/** `extra` as an export carries it: an object, or its JSON in a cell; null for anything else. */
function objectOf(cell: unknown): Record<string, JsonValue> | null {
  const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject(cell)) return cell as Record<string, JsonValue>;
  if (typeof cell !== 'string' || !cell.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(cell);
    return isObject(value) ? (value as Record<string, JsonValue>) : null;
  } catch {
    return null;
  }
}

/** Columns that a field or the position is taken from; any other column is kept in `extra`. */
function usedColumns(context: BuildContext): Set<string> {
  const used = new Set(context.position ? [context.position.east, context.position.north] : []);
  for (const [field, column] of context.map) if (!POSITION_FIELDS.has(field)) used.add(column);
  return used;
}

const POSITION_FIELDS: ReadonlySet<string> = new Set(['lon', 'lat', 'x', 'y']);

function toJsonValue(cell: unknown): JsonValue {
  if (typeof cell === 'bigint') return String(cell);
  if (typeof cell === 'string') {
    const text = toText(cell);
    return 'value' in text ? text.value : cell.slice(0, 4000);
  }
  if (cell instanceof Date) return cell.toISOString();
  return cell as JsonValue;
}

function idOf(row: SourceRow, context: BuildContext, properties: Draft): string {
  const column = context.map.get('id');
  const natural = NATURAL_ID[context.layer];
  const candidates = [column === undefined ? null : row.values.get(column), row.id, natural ? properties[natural] : null];
  for (const candidate of candidates) {
    if (isBlank(candidate) || typeof candidate === 'object') continue;
    const text = toText(candidate);
    if ('value' in text && typeof text.value === 'string' && text.value !== '') return text.value.toWellFormed().slice(0, MAX_ID);
  }
  return randomUUID();
}

interface Place {
  readonly geometry: Geometry | null;
  readonly crs: Crs;
  /** How the position came to be, and the cells that it came from. */
  readonly method: string | null;
  readonly cells: string | null;
  readonly mended: readonly string[];
  readonly before: unknown;
}

type Located = Place | { issue: ImportIssue };

function readGeometry(row: SourceRow, context: BuildContext, issues: ImportIssue[]): Located {
  const optional = layerOf(context.layer).geometryOptional === true;
  const { position } = context;
  let raw = row.geometry;
  let { crs } = context;
  let method: string | null = raw === undefined || raw === null ? null : 'geometry';
  let cells: string | null = null;
  const mends: (Mend | { code: string; message: string })[] = [];
  if (raw === undefined && position) {
    const found = readPosition(row, position, context.townships.county);
    if ('fault' in found) return { issue: rowError(row.row, found.field, found.fault, found.message) };
    crs = found.crs;
    cells = found.cells === '' ? null : found.cells;
    method = found.position === null ? null : found.method;
    raw = found.position === null ? null : { type: 'Point', coordinates: found.position };
    if (found.repair) mends.push(found.repair);
  }
  const asWritten = mends.length > 0 && isPoint(raw) ? { type: 'Point', coordinates: raw.coordinates.toReversed() } : raw;
  const formal: Mend[] = [];
  const checked = checkGeometry(context.layer, mendForm(raw, layerOf(context.layer).geometry, formal), crs);
  if ('fault' in checked) return { issue: rowError(row.row, 'geometry', checked.fault, checked.message) };
  mends.push(...formal);
  const geometry = checked.geometry && mendArea(checked.geometry, context.kernel, mends as Mend[], context.sayRewound);
  if (checked.geometry !== null && geometry === null) {
    return { issue: rowError(row.row, 'geometry', 'no_area', '边界不围成面 the boundary holds no ground: redraw it') };
  }
  if (geometry === null) {
    if (!optional) return { issue: rowError(row.row, 'geometry', 'geometry_missing', '本行没有位置 The row has no position') };
    if (raw !== undefined)
      issues.push(rowWarning(row.row, 'geometry', 'unlocated', '没有位置，按未定位保留 The row has no position and is kept as unlocated'));
  } else if (context.layer !== 'townships' && context.townships.isOutside(geometry)) {
    return {
      issue: rowError(
        row.row,
        'geometry',
        'outside_county',
        '位置在县界 5 公里以外，坐标系对吗？ The position lies more than 5 km outside the county: is the coordinate system right?',
      ),
    };
  }
  for (const { code, message } of mends) issues.push(rowWarning(row.row, 'geometry', code, message));
  const mended = mends.map(({ code }) => code);
  return { geometry, crs, method, cells, mended, before: mended.length > 0 ? inLonLat(asWritten, crs) : null };
}

function isPoint(raw: unknown): raw is { type: 'Point'; coordinates: Position } {
  return typeof raw === 'object' && raw !== null && (raw as { type?: unknown }).type === 'Point';
}

/** A file's geometry in lon/lat to be shown as it was; null where it cannot be placed. */
function inLonLat(raw: unknown, crs: Crs): unknown {
  const { type, coordinates } = (raw ?? {}) as { type?: string; coordinates?: unknown };
  if (type === undefined || !Array.isArray(coordinates)) return null;
  try {
    const placed = mapPositions({ type, coordinates }, (position) => crs.toLonLat(position));
    return /null|NaN/.test(JSON.stringify(placed)) ? null : placed;
  } catch {
    return null;
  }
}

function assumed(layer: LayerName, name: string, value: string): string {
  const field = writableFieldsOf(layer).find((one) => one.name === name);
  return `未填${field?.zh ?? name}，按“${field?.codes?.[value]?.zh ?? value}”计 The row gives no ${name}: taken as ${value}`;
}

/** Says what will be assumed, and turns the township's name into its code; the writer settles what is left open. */
function note(row: SourceRow, context: BuildContext, properties: Draft, issues: ImportIssue[]): void {
  if (context.layer === 'hazard-points' && !context.upsert) {
    for (const [field, value] of Object.entries(POINT_DEFAULTS)) {
      if (properties[field] === undefined || properties[field] === null) {
        issues.push(rowWarning(row.row, field, `${field}_assumed`, assumed(context.layer, field, value)));
      }
    }
  }
  for (const { field, code, message } of doubtsAbout(context.layer, properties)) issues.push(rowWarning(row.row, field, code, message));
  const written = properties['township'];
  if (context.layer === 'townships' || typeof written !== 'string' || written === '') return;
  const code = context.townships.resolve(written);
  if (code !== null) {
    properties['township'] = code;
    const retired = context.townships.retiredOne(written);
    if (retired)
      issues.push(
        rowWarning(
          row.row,
          'township',
          'township_retired',
          `${retired.name}（${retired.code}）已于 ${retired.endedOn} 停用，归入现在该处的 ${code} ended on ${retired.endedOn}; ${code} lies there now`,
        ),
      );
    else if (context.townships.list.length > 0 && !context.townships.list.some((one) => one.code === code))
      issues.push(
        rowWarning(
          row.row,
          'township',
          'township_not_loaded',
          `代码 ${code} 不在已导入的乡镇中，可能已停用 the code ${code} is none of the loaded townships: perhaps a retired one`,
        ),
      );
    return;
  }
  const extra = properties['extra'];
  properties['extra'] = { ...(typeof extra === 'object' && extra !== null && !Array.isArray(extra) ? extra : {}), township: written };
  delete properties['township'];
  const message = `本县没有“${written.slice(0, 60)}”，原文保留，按位置归属 The name is no township here: kept in extra, found by position`;
  issues.push(rowWarning(row.row, 'township', 'unknown_township', message));
}
