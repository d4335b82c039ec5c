// How a file's rows are to be read: columns, constants, coordinate system, units. Found out before the first row is.
import type { PropertyValue } from '../domain/feature.ts';
import { layerOf, writableFieldsOf, type LayerName } from '../domain/layer.ts';
import type { Crs } from '../geo/crs.ts';
import { loadKernel } from '../zones/kernel/geos.ts';
import type { BuildContext } from './buildFeature.ts';
import { matchColumns } from './columns.ts';
import type { ImportRequest } from './importFile.ts';
import type { IssueCollector } from './issueCollector.ts';
import { fileWarning, unusable } from './issues.ts';
import { positionPlan, requireCrs, unstatedCrs } from './positions/plan.ts';
import { headerKey, rememberedMapping } from './rememberedMappings.ts';
import type { Source, SourceRow } from './source.ts';
import type { TownshipIndex } from './townships.ts';
import { unitFactor, unitInHeader } from './units.ts';
import { convert, isBlank } from './values.ts';

/** Fields that counting needs: a file without them is told so. */
const EXPECTED: Readonly<Partial<Record<LayerName, readonly string[]>>> = {
  'hazard-points': ['name', 'hazard_type', 'register', 'state'],
  'danger-zones': ['extent', 'status'],
  'river-sections': ['river', 'width_left_m', 'width_right_m'],
  'subsidence-zones': ['depth_m'],
  'hazard-areas': ['kind'],
  households: ['people', 'position_accuracy_m'],
  schools: ['name', 'students'],
  townships: ['code', 'name'],
  shelters: ['name', 'capacity'],
  facilities: ['name', 'kind'],
};

/** Rows looked at to find out how positions are written. */
const SAMPLE = 50;

/** @throws Problem for a file that cannot be read so: no known column, no position, a system that must be stated */
export async function contextOf(
  request: ImportRequest,
  source: Source,
  townships: TownshipIndex,
  collector: IssueCollector,
): Promise<BuildContext> {
  const { layer } = request;
  const { columns } = source;
  const remembered = Object.keys(request.mapping).length === 0 ? rememberedMapping(request.mappingsPath, headerKey(layer, columns)) : null;
  if (remembered) {
    const pairs = Object.entries(remembered).map(([field, column]) => `${field} ← ${column === '' ? '（不取 none）' : column}`);
    collector.add(
      fileWarning(
        null,
        'mapping_remembered',
        `沿用同一表头上次的列对应：${pairs.join('，')} The mapping given for this header last time was used`,
      ),
    );
  }
  const map = matchColumns(layer, columns, remembered ?? request.mapping);
  const defaults = checkDefaults(layer, request.defaults);
  if (!source.hasGeometry && map.size === 0) {
    throw unusable(
      'no_known_columns',
      `No column of the file is known: ${columns.join(', ').slice(0, 300)}. Is the first row the header, and the delimiter one for all? Otherwise give \`mapping\`.`,
    );
  }
  const crs = source.hasGeometry
    ? await geometryCrs(request, source, townships, collector)
    : requireCrs(request.crs ?? source.statedCrs ?? 'EPSG:4490', request.transform);
  const position = source.hasGeometry
    ? null
    : positionPlan(map, request.crs === null && source.statedCrs === null ? null : crs, await sampleOf(source), townships.county);
  for (const { code, message } of position?.assumed ?? []) collector.add(fileWarning('geometry', code, message));
  if (!source.hasGeometry && source.hasWkt !== true && position === null) {
    if (layerOf(layer).geometryOptional !== true) {
      throw unusable(
        'no_position_columns',
        `The file has no position columns, and ${layer} needs them. Name them 经度 and 纬度 (or lon and lat), X坐标 and Y坐标, or give \`mapping\`. It has: ${columns.join(', ').slice(0, 300)}.`,
      );
    }
    collector.add(
      fileWarning(
        'geometry',
        'no_position_columns',
        '文件没有坐标列，全部按未定位保留 The file has no position columns: all rows are kept as unlocated',
      ),
    );
  }
  for (const field of EXPECTED[layer] ?? []) {
    if (!map.has(field) && !(field in defaults)) {
      const words = writableFieldsOf(layer).find((one) => one.name === field);
      collector.add(
        fileWarning(field, 'field_missing', `文件没有“${words?.zh ?? field}”一列 The file has no column for ${words?.en ?? ''} (${field})`),
      );
    }
  }
  return {
    layer,
    map,
    defaults,
    crs,
    position,
    fileName: request.fileName,
    townships,
    kernel: await loadKernel(),
    sayRewound: /json[l]?$/i.test(request.fileName),
    headerFactors: headerFactors(layer, map, collector),
    upsert: request.mode === 'upsert',
  };
}

/** The CRS of a file's own geometry: as the user says, as the file says, or by where its numbers lie. */
async function geometryCrs(request: ImportRequest, source: Source, townships: TownshipIndex, collector: IssueCollector): Promise<Crs> {
  const stated = request.crs ?? source.statedCrs ?? (/json[l]?$/i.test(request.fileName) ? 'EPSG:4326' : null);
  if (stated !== null) return requireCrs(stated, request.transform);
  const found = unstatedCrs(
    (await sampleOf(source)).map(({ geometry }) => geometry),
    townships.county,
  );
  collector.add(
    fileWarning(
      'geometry',
      'crs_proposed',
      `文件未注明坐标系（无 .prj），按坐标值取 ${found.code}，请核对。The file states no system (no .prj): ${found.code} by its numbers; check it.`,
    ),
  );
  return found;
}

/** Factors of the units that headers state: `财产（元）` is a ten-thousandth of 万元. */
function headerFactors(layer: LayerName, map: ReadonlyMap<string, string>, collector: IssueCollector): Map<string, number> {
  const factors = new Map<string, number>();
  for (const field of writableFieldsOf(layer)) {
    const column = map.get(field.name);
    if (column === undefined || (field.type !== 'number' && field.type !== 'integer')) continue;
    const unit = unitInHeader(column);
    const factor = unitFactor(field, unit);
    if (factor === null) {
      collector.add(
        fileWarning(
          field.name,
          'unit_unknown',
          `“${column}”的单位不认识，数值按${field.unit ?? '个数'}取 The unit “${unit}” is not known: its numbers were taken as ${field.unit ?? 'plain numbers'}`,
        ),
      );
    } else if (factor !== 1) factors.set(field.name, factor);
  }
  return factors;
}

async function sampleOf(source: Source): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of source.rows()) if (row.skip === undefined && rows.push(row) >= SAMPLE) break;
  return rows;
}

function checkDefaults(layer: LayerName, defaults: Readonly<Record<string, unknown>>): Record<string, PropertyValue> {
  const checked: Record<string, PropertyValue> = {};
  for (const [name, value] of Object.entries(defaults)) {
    const field = writableFieldsOf(layer).find((one) => one.name === name);
    if (!field) throw unusable('defaults_field', `defaults names ${name}, which ${layer} does not have.`, 400);
    if (isBlank(value)) continue;
    const converted = convert(field, value);
    if ('fault' in converted || 'unknown' in converted) {
      throw unusable('defaults_value', `defaults gives ${name} the value ${String(value).slice(0, 60)}, which does not fit.`, 400);
    }
    checked[name] = converted.value;
  }
  return checked;
}
