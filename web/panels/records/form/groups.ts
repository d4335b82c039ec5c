// The fields of a form, put together as somebody fills them in. Pure.
import type { Field } from '../../../../server/domain/field.ts';
import { fieldsOf, type LayerName } from '../../../../server/domain/layer.ts';
import { LIFE_FIELD } from '../../../state/staff/recordsFields.ts';
import { POINT_LIFE, ZONE_LIFE } from '../../lifecycle/steps.ts';

export type GroupName = 'identity' | 'place' | 'people' | 'measures' | 'life' | 'validity' | 'kept';
export const GROUPS: readonly GroupName[] = ['identity', 'place', 'people', 'measures', 'life', 'validity', 'kept'];

const PLACE = new Set(['address', 'village', 'group', 'house_no', 'location_text', 'township', 'evacuation_point', 'position_accuracy_m']);
const VALIDITY = new Set(['valid_from', 'valid_to', 'extra', 'calendar', 'parameters', 'signs', 'restrictions', 'reason']);
const PERSON = /person|phone|officer|manager|^owner$|head_name|river_chief|responsible|monitor/;
const COUNTED = /^(people|elderly|children|disabled|bedridden|vulnerable|students|boarders|staff|classes|capacity|reported_|property_wan)/;

export const LIFE = { 'danger-zones': ZONE_LIFE, 'hazard-points': POINT_LIFE } as const;

/** Fields that the steps of a life ask for, and the state itself. */
export function lifeFields(layer: LayerName): ReadonlySet<string> {
  const life = layer === 'danger-zones' || layer === 'hazard-points' ? LIFE[layer] : null;
  return new Set(life ? [life.field, ...life.steps.flatMap(({ fields }) => fields)] : []);
}

export function groupOf(layer: LayerName, field: Field): GroupName {
  const { name, type } = field;
  if (field.computed) return 'kept';
  if (lifeFields(layer).has(name)) return 'life';
  if (VALIDITY.has(name)) return 'validity';
  if (PLACE.has(name)) return 'place';
  if (PERSON.test(name) || COUNTED.test(name)) return 'people';
  if (type === 'number' || type === 'integer' || field.unit !== undefined) return 'measures';
  return 'identity';
}

/** Fields of a layer by group, in the layer's order; groups without fields are left out. */
export function groupsOf(layer: LayerName): readonly { readonly name: GroupName; readonly fields: readonly Field[] }[] {
  return GROUPS.map((name) => ({ name, fields: fieldsOf(layer).filter((field) => groupOf(layer, field) === name) })).filter(
    ({ fields }) => fields.length > 0,
  );
}

/** Fields that the present state of a feature rests on: they may be corrected and not taken away. */
export function requiredNow(layer: LayerName, state: unknown): ReadonlySet<string> {
  if (layer !== 'danger-zones' && layer !== 'hazard-points') return new Set();
  const life = LIFE[layer];
  const at = life.steps.findIndex((step) => step.state === (state ?? life.initial));
  return new Set(life.steps.slice(0, at + 1).flatMap(({ required }) => required));
}

/** The field that is walked through by steps, or null. */
export const stateField = (layer: LayerName): string | null => LIFE_FIELD[layer] ?? null;
