// The figures of the shape in the hand beside those of the saved one, and what the townships' distinct totals would be.
import { textOf } from '../../../server/domain/feature.ts';
import { counterState, indexIsOld, retryCounter } from '../../counting/counter.ts';
import { counted, effectIsUnknown, hasEffect, isCounted, recounting } from '../../draw/counting.ts';
import { draft, savedShape, state } from '../../draw/draft.ts';
import { listPeople } from '../../draw/people.ts';
import { ABSENT, count } from '../../i18n/format.ts';
import { drawWords } from '../../i18n/draw/words.ts';
import { words } from '../../i18n/t.ts';
import { townships } from '../../state/places.ts';
import { view } from '../../state/view.ts';

const signed = (value: number): string => (value > 0 ? `+${count(value)}` : value < 0 ? `−${count(-value)}` : '0');

function Change({ now, saved }: { now: number | null; saved: number | null | undefined }) {
  if (now === null || saved === null || saved === undefined) return <td class="figure muted">{ABSENT}</td>;
  return <td class={`figure ${now === saved ? 'muted' : 'changed'}`}>{signed(now - saved)}</td>;
}

interface RowProps {
  label: string;
  now: number | null;
  saved: number | null | undefined;
  large?: boolean;
  name: string;
}

function Row({ label, now, saved, large = false, name }: RowProps) {
  return (
    <tr class={large ? 'large' : ''}>
      <th scope="row">{label}</th>
      <td class="figure now" data-testid={`draft-${name}`}>
        {count(now)}
      </td>
      {savedShape.value && <td class="figure">{count(saved ?? null)}</td>}
      {savedShape.value && <Change now={now} saved={saved} />}
    </tr>
  );
}

const LARGE = ['households', 'people', 'vulnerable', 'schools'] as const;

/** Distinct totals as they would be; of many townships the first three. */
function Townships() {
  const w = drawWords();
  const effects = counted.value?.count.townships ?? [];
  if (effectIsUnknown.value) return <p class="muted">{w.effectUnknown}</p>;
  if (!hasEffect.value || effects.length === 0) return null;
  const nameOf = (code: string): string => townships.value.find((one) => one.code === code)?.name ?? code;
  return (
    <div class="effects" data-testid="effects">
      <h3>{w.townshipTitle}</h3>
      <ul>
        {effects.slice(0, 3).map(({ code, before, after }) => (
          <li key={code}>
            <span>{nameOf(code)}</span>
            <span class={`figure ${before.households === after.households ? 'muted' : 'changed'}`}>
              {w.townshipRow(count(before.households), count(after.households))}
              <br />
              {w.townshipPeople(count(before.people), count(after.people))}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function CountPart() {
  const w = drawWords();
  const now = counted.value;
  const { base, at } = view.value;
  const layer = draft.value?.layer;
  const extent = textOf(state.value?.properties ?? {}, 'extent');
  const figure = now?.count ?? null;
  const saved = figure?.saved;
  if (!isCounted.value) return <p class="inspector-part muted">{w.notCounted}</p>;
  return (
    <section class={`inspector-part count-part${recounting.value ? ' recounting' : ''}`} aria-busy={counterState.value === 'loading'}>
      <table>
        <thead>
          <tr>
            <th scope="col">{layer === 'danger-zones' && extent !== 'hazard_extent' ? w.insideTitle : w.insideOutline}</th>
            <th scope="col">{w.now}</th>
            {savedShape.value && <th scope="col">{w.saved}</th>}
            {savedShape.value && <th scope="col">{w.difference}</th>}
          </tr>
        </thead>
        <tbody>
          {LARGE.map((name) => (
            <Row key={name} name={name} large label={w.rows[name]} now={figure ? figure[name] : null} saved={saved?.[name]} />
          ))}
          <Row name="certain" label={w.certain} now={figure?.certain.households ?? null} saved={saved?.certain.households} />
          <Row name="possible" label={w.possible} now={figure?.possible.households ?? null} saved={saved?.possible.households} />
        </tbody>
      </table>
      <div class="who-buttons">
        {savedShape.value ? (
          <>
            <button
              type="button"
              class="button small"
              disabled={!figure?.comesIn.households}
              data-testid="list-in"
              onClick={() => void listPeople('in')}
            >
              {w.listIn(count(figure?.comesIn.households))}
            </button>
            <button
              type="button"
              class="button small"
              disabled={!figure?.dropsOut.households}
              data-testid="list-out"
              onClick={() => void listPeople('out')}
            >
              {w.listOut(count(figure?.dropsOut.households))}
            </button>
          </>
        ) : null}
        <button
          type="button"
          class="button small"
          disabled={!figure?.households}
          data-testid="list-inside"
          onClick={() => void listPeople('inside')}
        >
          {w.listInside(count(figure?.households))}
        </button>
      </div>
      {indexIsOld.value && (
        <p class="stale-note">
          {w.indexOld}{' '}
          <button type="button" class="link" onClick={retryCounter}>
            {words().retry}
          </button>
        </p>
      )}
      {extent === 'hazard_extent' && layer === 'danger-zones' && <p class="muted">{w.notInForce}</p>}
      {layer !== 'danger-zones' && layer !== 'hazard-areas' && <p class="muted">{w.outlineOnly}</p>}
      <Townships />
      <p class="muted note">{w.basis(words().bases[base], words().times[at])}</p>
    </section>
  );
}
