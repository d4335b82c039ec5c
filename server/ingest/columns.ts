// Which column of a file is which field. Chinese and English names of the data model, their everyday variants, and
// what the user says in `mapping`.
import { fieldsOf, writableFieldsOf, type LayerName } from '../domain/layer.ts';
import { exportedNames, ID_TITLE, MARKS, STANDING_FIELDS } from '../exchange/names.ts';
import { unusable } from './issues.ts';

/** Our field → their column. `id`, `lon`, `lat`, `x` and `y` are fields here too. */
export type ColumnMap = ReadonlyMap<string, string>;

const POSITION_NAMES: Readonly<Record<'lon' | 'lat' | 'x' | 'y', readonly string[]>> = {
  lon: ['lon', 'lng', 'long', 'longitude', '经度', '东经'],
  lat: ['lat', 'latitude', '纬度', '北纬'],
  // in China X is the northing; which is which is decided by the numbers (see position.ts)
  x: ['x', 'x坐标', 'x_coord', '横坐标x', '坐标x', 'easting', 'northing_x'],
  y: ['y', 'y坐标', 'y_coord', '坐标y', 'northing', 'easting_y'],
};

const ID_NAMES: Readonly<Partial<Record<LayerName, readonly string[]>>> & { readonly default: readonly string[] } = {
  default: ['id', ID_TITLE, '编号', '标识'],
  households: ['id', ID_TITLE, '户号', '编号', '户编号'],
};

/** Every name, normalised, under which a column of this layer may come: fields, ids and positions. */
export function fieldNames(layer: LayerName): ReadonlySet<string> {
  const fields = writableFieldsOf(layer).flatMap((field) => [field.name, ...exportedNames(layer, field), ...(field.aliases ?? [])]);
  const others = [...(ID_NAMES[layer] ?? ID_NAMES.default), ...Object.values(POSITION_NAMES).flat()];
  return new Set([...fields, ...others].map(normalised));
}

/** A header without width variants, bracketed units, spaces and case. */
export function normalised(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[([【].*?[)\]】]/g, '')
    .replace(/[\s:]/g, '')
    .toLowerCase();
}

/**
 * Matches columns to fields; what the user mapped comes first, and a field mapped to '' takes no column. A column serves one field, except that a hazard
 * point's 编号 is both its id and its code.
 * @throws Problem when `mapping` names a field or a column that does not exist
 */
export function matchColumns(layer: LayerName, columns: readonly string[], mapping: Readonly<Record<string, string>>): ColumnMap {
  const fields = writableFieldsOf(layer);
  const map = new Map<string, string>();
  const taken = new Set<string>();
  const none = new Set<string>();
  const own = isOwnExport(layer, columns);
  const allowed = new Set([...(own ? fieldsOf(layer) : fields).map((field) => field.name), 'id', 'lon', 'lat', 'x', 'y']);
  for (const [field, column] of Object.entries(mapping)) {
    if (!allowed.has(field)) throw unusable('mapping_field', `mapping names ${field}, which ${layer} does not have.`);
    if (column === '') {
      none.add(field);
      continue;
    }
    if (!columns.includes(column)) {
      throw unusable(
        'mapping_column',
        `mapping names the column ${column}, which the file does not have. It has: ${columns.join(', ').slice(0, 500)}.`,
      );
    }
    map.set(field, column);
    taken.add(column);
  }
  const free = new Map<string, string>();
  for (const column of columns) {
    const key = normalised(column);
    if (!taken.has(column) && !free.has(key)) free.set(key, column);
  }
  const take = (field: string, names: readonly string[], keep = false) => {
    if (map.has(field) || none.has(field)) return;
    for (const name of names) {
      const column = free.get(normalised(name));
      if (column === undefined) continue;
      map.set(field, column);
      if (!keep) free.delete(normalised(name));
      return;
    }
  };
  take('id', ID_NAMES[layer] ?? ID_NAMES.default, layer === 'hazard-points');
  for (const name of ['lon', 'lat', 'x', 'y'] as const) take(name, POSITION_NAMES[name]);
  // every field's own names first, so that one field's alias never takes another's name
  for (const field of fields) take(field.name, [field.name, ...exportedNames(layer, field)]);
  for (const field of fields) take(field.name, field.aliases ?? []);
  if (own) {
    // what the service keeps itself is old news in a file of its own: taken here, so that it is no further column
    for (const field of [...fieldsOf(layer), ...STANDING_FIELDS])
      if (field.computed) take(field.name, [field.name, ...exportedNames(layer, field)]);
    take('fid', ['fid']);
  }
  return map;
}

/** Is it a file that this service wrote, by any of the names that its formats have? */
function isOwnExport(layer: LayerName, columns: readonly string[]): boolean {
  const present = new Set(columns.map(normalised));
  return MARKS.every((field) => [field.name, ...exportedNames(layer, field)].some((name) => present.has(normalised(name))));
}
