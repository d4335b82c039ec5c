// The fields of a feature that this role may see and that have a value.
import { fieldsOf, type LayerName } from '../../../server/domain/layer.ts';
import type { Properties } from '../../../server/domain/feature.ts';
import { say } from '../../i18n/t.ts';
import { valueWords } from './labels.ts';

/** Said elsewhere on the card, or of use to machines only. */
const LEFT_OUT = new Set([
  'name',
  'river',
  'revision',
  'updated_by',
  'source_crs',
  'extra',
  'township',
  'inside_hazard',
  'rule_version',
  'inputs',
  'caps_hit',
  'head_name',
  'phone',
  'reason',
]);

interface FactsProps {
  layer: LayerName;
  properties: Properties;
  /** Fields that the card names already, as inputs of the rule. */
  told?: readonly string[];
  most?: number;
}

export function Facts({ layer, properties, told = [], most = 12 }: FactsProps) {
  const rows = fieldsOf(layer)
    .filter((field) => !LEFT_OUT.has(field.name) && !told.includes(field.name))
    .map((field) => ({ field, value: valueWords(field, properties[field.name]) }))
    .filter((row) => row.value !== null)
    .slice(0, most);
  if (rows.length === 0) return null;
  return (
    <dl class="facts">
      {rows.map(({ field, value }) => (
        <div key={field.name}>
          <dt>{say(field)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
