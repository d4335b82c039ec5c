// The attributes of the feature in the hand. A change is a step that undo takes back like a vertex.
import { useSignal } from '@preact/signals';
import { useEffect, useId } from 'preact/hooks';
import { textOf } from '../../../server/domain/feature.ts';
import { writableFieldsOf, type LayerName } from '../../../server/domain/layer.ts';
import type { Field } from '../../../server/domain/field.ts';
import { fetchItem, type Item } from '../../api/features.ts';
import { changeField, draft, state } from '../../draw/draft.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { say } from '../../i18n/t.ts';
import { places } from '../../state/places.ts';
import { readValue, textOfValue, type ValueFault } from '../../state/staff/fieldValues.ts';
import { unitWords } from '../card/labels.ts';
import { faultSentence } from '../records/labels.ts';
import { ValueInput } from '../records/ValueInput.tsx';

/** What a planner fills in while drawing; the rest is below, folded. */
const FIRST: Partial<Record<LayerName, readonly string[]>> = {
  'danger-zones': ['name', 'extent', 'hazard_id', 'basis', 'technical_unit'],
  'hazard-areas': ['name', 'kind', 'basis'],
  'river-sections': ['river', 'name', 'width_left_m', 'width_right_m'],
  'subsidence-zones': ['name', 'kind', 'mining_depth_m'],
  townships: ['name', 'code', 'level'],
};

/** Steps of a zone's life have forms of their own, with their conditions; the reason stands beside the button that saves. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'status',
  'reason',
  'confirmed_by',
  'document_no',
  'announced_on',
  'announced_media',
  'revoked_on',
  'revocation_no',
  'revoked_media',
  'extra',
]);

function OneField({ layer, field }: { layer: LayerName; field: Field }) {
  const id = useId();
  const value = state.value?.properties[field.name];
  const typed = useSignal(textOfValue(field, value));
  const fault = useSignal<ValueFault | null>(null);
  const stored = textOfValue(field, value);
  // undone, restored or taken from somebody else: the input follows
  useEffect(() => {
    // as it is by now: somebody who types is faster than an effect
    const current = textOfValue(field, state.peek()?.properties[field.name]);
    const read = readValue(field, typed.peek());
    if ('fault' in read || textOfValue(field, read.value) !== current) {
      typed.value = current;
      fault.value = null;
    }
  }, [stored]);
  const onText = (text: string): void => {
    typed.value = text;
    const read = readValue(field, text);
    fault.value = 'fault' in read ? read.fault : null;
    if ('value' in read) changeField(field.name, read.value);
  };
  const shared = { id, 'aria-invalid': fault.value !== null, 'data-testid': `draw-${field.name}` };
  return (
    <div class="draw-field">
      <label for={id}>
        {say(field)}
        {field.unit && <span class="muted">{unitWords(field.unit)}</span>}
      </label>
      {field.name === 'hazard_id' ? (
        <HazardPoint id={id} text={typed.value} onText={onText} />
      ) : (
        <ValueInput field={field} text={typed.value} onText={onText} attributes={shared} />
      )}
      {fault.value && <span class="fault">{faultSentence(layer, field.name, { pointer: '', code: fault.value, detail: '' })}</span>}
    </div>
  );
}

/** The hazard point that the zone is drawn for: by its code or name, from the points that are known. */
function HazardPoint({ id, text, onText }: { id: string; text: string; onText: (text: string) => void }) {
  const point = useSignal<Item | null>(null);
  useEffect(() => {
    let gone = false;
    point.value = null;
    if (text === '') return;
    const timer = setTimeout(() => {
      void fetchItem('hazard-points', text)
        .catch(() => null)
        .then((found) => {
          if (!gone) point.value = found;
        });
    }, 300);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [text]);
  const known = places.value.filter(({ layer }) => layer === 'hazard-points');
  const name = known.find((one) => one.id === text)?.name ?? (point.value ? textOf(point.value.properties, 'name') : null);
  return (
    <>
      <input
        id={id}
        list={`${id}-points`}
        autocomplete="off"
        value={text}
        data-testid="draw-hazard_id"
        onInput={(event) => onText(event.currentTarget.value)}
      />
      <datalist id={`${id}-points`}>
        {known.slice(0, 500).map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </datalist>
      {name && <span class="muted field-note">{name}</span>}
    </>
  );
}

export function Fields() {
  const w = drawWords();
  const layer = draft.value?.layer;
  if (!layer) return null;
  const all = writableFieldsOf(layer).filter(({ name, type }) => type !== 'json' && !(layer === 'danger-zones' && ELSEWHERE.has(name)));
  const first = FIRST[layer] ?? [];
  const shown = first.flatMap((name) => all.find((field) => field.name === name) ?? []);
  const rest = all.filter((field) => !first.includes(field.name));
  return (
    <section class="inspector-part" aria-label={w.fields}>
      {shown.map((field) => (
        <OneField key={field.name} layer={layer} field={field} />
      ))}
      {rest.length > 0 && (
        <details>
          <summary>{w.moreFields}</summary>
          {rest.map((field) => (
            <OneField key={field.name} layer={layer} field={field} />
          ))}
        </details>
      )}
    </section>
  );
}
