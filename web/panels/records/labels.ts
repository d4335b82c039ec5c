// What a record and its values are called where records are read and changed.
import type { Geometry } from 'geojson';
import { textOf, type JsonValue, type PropertyValue } from '../../../server/domain/feature.ts';
import type { Field } from '../../../server/domain/field.ts';
import type { LayerName } from '../../../server/domain/layer.ts';
import type { Fault } from '../../../server/domain/problem.ts';
import type { Item } from '../../api/features.ts';
import { count } from '../../i18n/format.ts';
import { recordsWords } from '../../i18n/records/words.ts';
import { say } from '../../i18n/t.ts';
import { positionsOf } from '../../map/geometry.ts';
import { townships } from '../../state/places.ts';
import { fieldNamed } from '../../state/staff/recordsFields.ts';
import { unitWords, valueWords } from '../card/labels.ts';
import { faultWords } from '../lifecycle/move.ts';

const NAMES = ['name', 'river', 'head_name', 'address'] as const;

/** What somebody would call it; its id where it has no name. */
export function recordName(item: Pick<Item, 'id' | 'properties'>): string {
  for (const name of NAMES) {
    const found = textOf(item.properties, name);
    if (found !== null) return found;
  }
  return item.id;
}

export function fieldLabel(layer: LayerName, name: string): string {
  const field = fieldNamed(layer, name);
  if (name === 'geometry') return recordsWords().geometry;
  return field ? say(field) : name;
}

/** The unit of a field as it stands behind its label or its input. */
export const unitOf = ({ unit }: Field): string => (unit === undefined ? '' : unitWords(unit).trim());

/** Where something lies, in a few words. */
export function geometryWords(geometry: Geometry | null): string {
  const w = recordsWords();
  if (!geometry) return w.noPosition;
  if (geometry.type === 'Point') {
    const [lon = 0, lat = 0] = geometry.coordinates;
    return w.lonLat(lon.toFixed(6), lat.toFixed(6));
  }
  return [w.geometryKinds[geometry.type], w.vertices(count(positionsOf(geometry).length))].join(w.list);
}

/** A value as it is read; null where there is none. */
export function shownValue(field: Field, value: PropertyValue | undefined): string | null {
  if (field.name === 'township' && typeof value === 'string') return townships.value.find(({ code }) => code === value)?.name ?? value;
  if (field.type === 'json' && value !== null && value !== undefined) return JSON.stringify(value);
  if (field.type === 'date' && typeof value === 'string') return value.slice(0, 10);
  return valueWords(field, value);
}

/** The same for a change, where nothing is a value too. `geometry` is a field here. */
export function changeValue(layer: LayerName, name: string, value: JsonValue | undefined): string {
  if (name === 'geometry') return geometryWords((value ?? null) as Geometry | null);
  const field = fieldNamed(layer, name);
  const shown = field ? shownValue(field, value) : value === null || value === undefined ? null : JSON.stringify(value);
  return shown ?? recordsWords().empty;
}

/** A fault in the reader's words: the page's own, else the service's. */
export function faultSentence(layer: LayerName, name: string, fault: Fault): string {
  const w = recordsWords().faults;
  const field = fieldNamed(layer, name);
  if (name === 'geometry' && fault.code === 'required') return w.geometry;
  if (fault.code === 'required') return w.required(fieldLabel(layer, name));
  if (fault.code === 'too_little' && field?.min !== undefined) return w.too_little(count(field.min));
  if (fault.code === 'too_much' && field?.max !== undefined) return w.too_much(count(field.max));
  const own = (w as Readonly<Record<string, unknown>>)[fault.code];
  return typeof own === 'string' ? own : faultWords(layer, name, fault);
}
