// Somebody else changed the feature while a form was open: it was read again, and this is what they changed.
import { fieldsOf, type LayerName } from '../../../server/domain/layer.ts';
import type { Item } from '../../api/features.ts';
import { lifeWords } from '../../i18n/lifecycle/words.ts';
import { say } from '../../i18n/t.ts';
import { valueWords } from '../card/labels.ts';
import type { Move } from './move.ts';

const BOOKKEEPING = new Set(['revision', 'updated_at', 'updated_by']);

export function Overtaken({ move, feature, layer }: { move: Move; feature: Item; layer: LayerName }) {
  const w = lifeWords();
  const old = move.overtaken.value;
  if (!old) return null;
  const changed = fieldsOf(layer).filter(
    ({ name }) =>
      !BOOKKEEPING.has(name) && JSON.stringify(old.properties[name] ?? null) !== JSON.stringify(feature.properties[name] ?? null),
  );
  return (
    <div class="problem" role="alert" data-testid="overtaken">
      <p>{old.etag === feature.etag ? w.conflictReading : w.conflict}</p>
      <ul>
        {changed.map((field) => (
          <li key={field.name}>
            {w.theyChanged(
              say(field),
              valueWords(field, old.properties[field.name]) ?? w.empty,
              valueWords(field, feature.properties[field.name]) ?? w.empty,
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
