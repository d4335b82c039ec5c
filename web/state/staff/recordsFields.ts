// Which fields of a layer are shown in the table, may be changed by hand, and are looked through by the filter. Pure.
import type { Field } from '../../../server/domain/field.ts';
import { fieldsOf, LAYERS, type LayerName } from '../../../server/domain/layer.ts';

/** Layers that are kept by hand; what the rules derive is not among them. */
export const RECORD_LAYERS: readonly LayerName[] = LAYERS.filter((layer) => layer.derived !== true).map(({ name }) => name);

/** The state that a feature walks through by steps of its own, with what each step asks for: not typed over in a table. */
export const LIFE_FIELD: Readonly<Partial<Record<LayerName, string>>> = { 'danger-zones': 'status', 'hazard-points': 'state' };

/** Layers of which a single position is a whole feature. */
export const POINT_LAYERS: ReadonlySet<LayerName> = new Set(['hazard-points', 'households', 'schools', 'shelters', 'facilities']);

const MAIN: Readonly<Partial<Record<LayerName, readonly string[]>>> = {
  'hazard-points': ['name', 'code', 'hazard_type', 'register', 'village', 'state', 'reported_people'],
  'river-sections': ['river', 'name', 'bank', 'width_left_m', 'width_right_m', 'chainage_from_m', 'chainage_to_m'],
  'subsidence-zones': ['name', 'kind', 'mine', 'depth_m', 'thickness_m', 'activity'],
  'hazard-areas': ['name', 'kind', 'return_period_a', 'season_from', 'season_to', 'basis'],
  'danger-zones': ['name', 'status', 'extent', 'basis', 'document_no', 'announced_on'],
  households: ['head_name', 'address', 'people', 'vulnerable', 'phone', 'structure'],
  schools: ['name', 'kind', 'students', 'boarders', 'flood_officer', 'building_grade'],
  shelters: ['name', 'class', 'capacity', 'manager', 'phone', 'indoor'],
  townships: ['name', 'code', 'level', 'parent', 'responsible_person'],
  facilities: ['name', 'kind', 'people', 'owner', 'status'],
};

/** Columns that a table opens with. */
export const mainColumns = (layer: LayerName): readonly string[] => MAIN[layer] ?? [];

/** Fields that can be a column: everything that fits into a cell. */
export const columnFields = (layer: LayerName): readonly Field[] => fieldsOf(layer).filter(({ type }) => type !== 'json');

export const fieldNamed = (layer: LayerName, name: string): Field | null => fieldsOf(layer).find((field) => field.name === name) ?? null;

/** May somebody type a value here? What the service computes or keeps, and the steps of a life, are only read. */
export const isEditable = (layer: LayerName, field: Field): boolean => !field.computed && LIFE_FIELD[layer] !== field.name;

/** Names and addresses, in which the filter looks beside the id. */
const LOOKED_THROUGH = [
  'name',
  'code',
  'river',
  'school_code',
  'address',
  'head_name',
  'phone',
  'village',
  'location_text',
  'mine',
  'owner',
];

/** Wildcards that a pattern may have beside its own two. */
const MOST_WILDCARDS = 3;

/** A text as a CQL2 pattern that finds it anywhere, every sign for itself. */
function pattern(text: string): string {
  let wildcards = 0;
  const plain = text.replace(/[%_\\]/g, (sign) => (sign === '\\' || ++wildcards <= MOST_WILDCARDS ? `\\${sign}` : ''));
  return `'%${plain.replaceAll("'", "''")}%'`;
}

/** The CQL2 filter of the features that have the text in their id, a name or an address; null for no text. */
export function textFilter(layer: LayerName, text: string): string | null {
  const wanted = text.trim();
  if (wanted === '') return null;
  const fields = fieldsOf(layer).filter(({ name, type }) => type === 'text' && LOOKED_THROUGH.includes(name));
  return ['id', ...fields.map(({ name }) => name)].map((name) => `${name} LIKE ${pattern(wanted)}`).join(' OR ');
}
