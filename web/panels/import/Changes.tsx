// What an update would change, field by field.
import type { JsonValue } from '../../../server/domain/feature.ts';
import type { ChangeSummary } from '../../../server/domain/importReport.ts';
import { fieldsOf, type LayerName } from '../../../server/domain/layer.ts';
import { count } from '../../i18n/format.ts';
import { importWords } from '../../i18n/import/words.ts';
import { valueWords } from '../card/labels.ts';
import { fieldLabel } from './fieldLabel.ts';

function told(layer: LayerName, name: string, value: JsonValue): string {
  const field = fieldsOf(layer).find((one) => one.name === name);
  if (value === null || value === '') return importWords().empty;
  if (typeof value === 'object') return JSON.stringify(value);
  return (field && valueWords(field, value)) ?? String(value);
}

export function Changes({ changes, layer }: { changes: ChangeSummary; layer: LayerName }) {
  const w = importWords();
  const { created, changed, unchanged, examples } = changes;
  return (
    <section class="import-part" aria-labelledby="import-changes" data-testid="import-changes">
      <h3 id="import-changes">
        {w.changesTitle} <small class="muted-2">{w.changesSum(count(created), count(changed), count(unchanged))}</small>
      </h3>
      {examples.length > 0 && (
        <table class="import-table changes">
          <thead>
            <tr>
              <th scope="col">{w.feature}</th>
              <th scope="col">{w.fieldColumn}</th>
              <th scope="col">{w.was}</th>
              <th scope="col">{w.becomes}</th>
            </tr>
          </thead>
          <tbody>
            {examples.flatMap(({ id, fields }) =>
              fields.map(({ field, from, to }, i) => (
                <tr key={`${id} ${field}`} class={i > 0 ? 'same' : ''}>
                  <th scope="row">{i === 0 ? id : <span class="sr-only">{id}</span>}</th>
                  <td>{fieldLabel(layer, field)}</td>
                  <td>{told(layer, field, from)}</td>
                  <td>
                    <b>{told(layer, field, to)}</b>
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      )}
      {changed > examples.length && <p class="muted">{w.changesShown(count(examples.length), count(changed))}</p>}
    </section>
  );
}
