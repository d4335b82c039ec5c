// What a field is called as a column of an export. The importer knows each of these names again.
import { COMMON_FIELDS, fieldsOf, type LayerName } from '../domain/layer.ts';
import { text, type Field } from '../domain/field.ts';
import { encodeGbk } from './gbk.ts';

/** The column of the feature's id, in every format; spreadsheets put the Chinese word before it. */
export const ID = 'id';
export const ID_TITLE = '编号 id';
/** The column of geometry as well-known text; GDAL and QGIS know it by this name. */
export const WKT = 'WKT';
/** The table of features without a position, beside a shapefile. */
export const UNLOCATED = '无位置.csv';

/** Bytes of a column name in a .dbf at most. */
const MOST_BYTES = 10;

/** Chinese words of more than five characters, as a shapefile has them; by `layer.field` where one layer differs. */
const SHORT: Readonly<Record<string, string>> = {
  township: '乡镇代码',
  removal_evidence_no: '核销依据号',
  removal_opinion: '核销意见',
  removal_approved_by: '核销单位',
  removal_approval_no: '核销批文号',
  responsible_phone: '责任人电话',
  reported_population_base: '人口口径',
  management_left_m: '左岸管理',
  management_right_m: '右岸管理',
  loose_angle_deg: '松散移动角',
  tan_beta: '影响角正切',
  displacement_factor: '移动系数',
  technical_unit: '技术单位',
  revoked_media: '撤销方式',
  building_finding: '排查结论',
  is_shelter: '是否避难',
  effective_area_m2: '避难面积',
  inside_hazard: '在危险区内',
  'townships.code': '区划代码',
  'threatened-areas.zone': '范围编号',
};

/** What a list of those under threat says beside a feature's own fields. */
export const STANDING_FIELDS: readonly Field[] = [
  text('certainty', '判定', 'Certain or possible', { computed: true }),
  text('zones', '所在范围', 'Areas that it lies in', { computed: true }),
];

const bytesOf = (name: string) => encodeGbk(name).length;
const made = new Map<LayerName, ReadonlyMap<string, string>>();

/** Field → name of its column in a shapefile's table: Chinese, at most 10 bytes as GBK, each once. */
export function dbfNames(layer: LayerName): ReadonlyMap<string, string> {
  const known = made.get(layer);
  if (known) return known;
  const names = new Map<string, string>();
  const taken = new Set([ID.toUpperCase()]);
  for (const field of [...fieldsOf(layer), ...STANDING_FIELDS]) {
    const wanted = SHORT[`${layer}.${field.name}`] ?? SHORT[field.name] ?? field.zh;
    let name = fitting(wanted, MOST_BYTES);
    for (let n = 2; taken.has(name.toUpperCase()); n++) name = fitting(wanted, MOST_BYTES - String(n).length) + String(n);
    taken.add(name.toUpperCase());
    names.set(field.name, name);
  }
  made.set(layer, names);
  return names;
}

/** As much of a name as fits, in whole characters. */
function fitting(name: string, most: number): string {
  let short = '';
  for (const character of name) {
    if (bytesOf(short + character) > most) break;
    short += character;
  }
  return short;
}

/** The head of a column in a spreadsheet without its unit: the Chinese word, then the field. */
const titleWords = (field: Field) => `${field.zh} ${field.name}`;

/** The head of a column in a spreadsheet: `财产 property_wan（万元）`. */
export function sheetTitle(field: Field): string {
  return field.unit === undefined ? titleWords(field) : `${titleWords(field)}（${field.unit}）`;
}

/** Every name but its own under which an export brings a field. */
export function exportedNames(layer: LayerName, field: Field): readonly string[] {
  const short = dbfNames(layer).get(field.name);
  return [titleWords(field), field.zh, ...(short === undefined ? [] : [short])];
}

/** Fields that tell a file of ours: the service keeps them of every feature, and no ledger has all four. */
export const MARKS: readonly Field[] = COMMON_FIELDS.filter(({ name }) =>
  ['revision', 'updated_at', 'updated_by', 'source_crs'].includes(name),
);

/**
 * Heads of the columns of a point's position. They say which is which, and of metres in which system: in Chinese ledgers X坐标 is
 * the northing.
 */
export function positionTitles(format: 'csv' | 'xlsx', epsg: number, geographic: boolean): readonly [east: string, north: string] {
  if (geographic) return format === 'csv' ? ['lon', 'lat'] : ['经度（lon）', '纬度（lat）'];
  if (format === 'csv') return [`easting (EPSG:${epsg})`, `northing (EPSG:${epsg})`];
  return [`Y坐标（东 easting，EPSG:${epsg}）`, `X坐标（北 northing，EPSG:${epsg}）`];
}

/** Head of the column of well-known text; of metres it says the system. */
export function wktTitle(epsg: number, geographic: boolean): string {
  return geographic ? WKT : `${WKT} (EPSG:${epsg})`;
}
