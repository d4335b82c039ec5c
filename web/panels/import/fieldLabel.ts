// Names of the fields that a column may be taken for.
import { fieldsOf, writableFieldsOf, type LayerName } from '../../../server/domain/layer.ts';
import { importWords } from '../../i18n/import/words.ts';
import { say } from '../../i18n/t.ts';

/** Positions and ids are fields of every file, though of no layer. */
export const POSITION_FIELDS = ['id', 'lon', 'lat', 'x', 'y'] as const;

/** The name of a field in the reader's language; one unknown here as it is. */
export function fieldLabel(layer: LayerName, field: string | null): string {
  const w = importWords();
  if (field === null) return '';
  if (field === 'geometry') return w.geometry;
  const own: Readonly<Record<string, string>> = w.position;
  if (own[field]) return own[field];
  const found = fieldsOf(layer).find(({ name }) => name === field);
  return found ? say(found) : field;
}

/** Everything that a column may be taken for, in the layer's order. */
export const mappableFields = (layer: LayerName): readonly string[] => [
  ...POSITION_FIELDS,
  ...writableFieldsOf(layer)
    .map(({ name }) => name)
    .filter((name) => name !== 'extra' && !(POSITION_FIELDS as readonly string[]).includes(name)),
];
