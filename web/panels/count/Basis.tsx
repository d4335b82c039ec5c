// 口径: the base of people, the time of day, which townships, which register. Every figure names them.
import { POPULATION_BASES, TIMES_OF_DAY } from '../../../server/domain/figure.ts';
import { hazardPoints } from '../../../server/domain/layers/hazardPoints.ts';
import { say, words } from '../../i18n/t.ts';
import { townships } from '../../state/places.ts';
import { changeView, view } from '../../state/view.ts';

const registers = hazardPoints.fields.find((field) => field.name === 'register')?.codes ?? {};

interface SegmentsProps<T extends string> {
  label: string;
  values: readonly T[];
  labels: Readonly<Record<T, string>>;
  value: T;
  onPick: (value: T) => void;
}

function Segments<T extends string>({ label, values, labels, value, onPick }: SegmentsProps<T>) {
  return (
    <div class="basis-row">
      <span>{label}</span>
      <div class="segments" role="group" aria-label={label}>
        {values.map((each) => (
          <button type="button" key={each} aria-pressed={each === value} onClick={() => onPick(each)}>
            {labels[each]}
          </button>
        ))}
      </div>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string | null;
  none: string;
  options: readonly { value: string; label: string }[];
  onPick: (value: string | null) => void;
}

function Choice({ label, value, none, options, onPick }: ChoiceProps) {
  return (
    <label class="basis-row">
      <span>{label}</span>
      <select value={value ?? ''} onChange={(event) => onPick(event.currentTarget.value || null)}>
        <option value="">{none}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </label>
  );
}

export function Basis() {
  const w = words();
  const { base, at, township, register } = view.value;
  const area = townships.value.map((place) => ({ value: place.code ?? place.id, label: place.name }));
  return (
    <section class="basis" aria-label={w.basis}>
      <h2>{w.basis}</h2>
      <Segments label={w.people} values={POPULATION_BASES} labels={w.bases} value={base} onPick={(next) => changeView({ base: next })} />
      <Segments label={w.time} values={TIMES_OF_DAY} labels={w.times} value={at} onPick={(next) => changeView({ at: next })} />
      <Choice
        label={w.area}
        value={township}
        none={w.wholeArea(area.length)}
        options={area}
        onPick={(next) => changeView({ township: next })}
      />
      <Choice
        label={w.register}
        value={register}
        none={w.allRegisters}
        options={Object.entries(registers).map(([value, label]) => ({ value, label: say(label) }))}
        onPick={(next) => changeView({ register: next })}
      />
    </section>
  );
}
