// What the rules in hand would change, and only after that the button that puts them in force.
import { signal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { Figure } from '../../../../server/domain/figure.ts';
import type { RulesPreview } from '../../../../server/domain/rulesPreview.ts';
import type { TaggedRules } from '../../../api/rules.ts';
import { bookWords } from '../../../i18n/book/words.ts';
import { ABSENT, count } from '../../../i18n/format.ts';
import { ChangeList } from './ChangeList.tsx';
import { Conflict } from './Conflict.tsx';
import { setOfDraft } from './draft.ts';
import { changesBetween } from './leaves.ts';
import { PageHead } from './PageHead.tsx';
import { PreviewZones } from './PreviewZones.tsx';
import { apply, busy, draft, page, preview, replaced, trouble } from './rulesState.ts';

const FIGURES = ['households', 'people', 'vulnerable', 'schools', 'students'] as const;

export function signed(before: number | null, after: number | null): string {
  if (before === null || after === null) return ABSENT;
  const difference = after - before;
  return difference > 0 ? `+${count(difference)}` : difference < 0 ? `−${count(-difference)}` : '0';
}

function Totals({ before, after }: { before: Figure; after: Figure }) {
  const w = bookWords();
  return (
    <table class="preview-totals" data-testid="preview-totals">
      <caption>
        {w.effect} <small class="muted">{w.basis}</small>
      </caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{w.before}</th>
          <th scope="col">{w.after}</th>
          <th scope="col">{w.difference}</th>
        </tr>
      </thead>
      <tbody>
        {FIGURES.map((name) => (
          <tr key={name} data-figure={name}>
            <th scope="row">{w.figures[name]}</th>
            <td class="figure">{count(before[name])}</td>
            <td class="figure strong">{count(after[name])}</td>
            <td class={`figure difference ${before[name] === after[name] ? 'same' : ''}`}>{signed(before[name], after[name])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const reason = signal('');
const missing = signal(false);

function submit(event: SubmitEvent): void {
  event.preventDefault();
  missing.value = reason.peek().trim() === '';
  if (missing.peek()) return;
  void apply(reason.peek().trim()).then(() => {
    if (page.peek() !== 'preview') reason.value = '';
  });
}

function ApplyForm() {
  const w = bookWords();
  const id = useId();
  return (
    <form class="book-bar apply" onSubmit={submit} noValidate>
      <div class="reason">
        <label for={id}>{w.reason}</label>
        <input
          id={id}
          data-testid="rules-reason"
          autocomplete="off"
          placeholder={w.reasonHint}
          value={reason.value}
          aria-invalid={missing.value}
          aria-describedby={missing.value ? `${id}-fault` : undefined}
          onInput={(event) => {
            reason.value = event.currentTarget.value;
            missing.value = false;
          }}
        />
        {missing.value && (
          <span class="fault" id={`${id}-fault`} role="alert">
            {w.reasonMissing}
          </span>
        )}
      </div>
      <button type="submit" class="button primary" data-testid="apply-rules" disabled={busy.value !== null}>
        {busy.value === 'apply' ? w.applying : w.apply}
      </button>
    </form>
  );
}

function Effect({ answer, set }: { answer: RulesPreview; set: TaggedRules }) {
  const w = bookWords();
  const { areas, comesIn, dropsOut } = answer;
  const made = setOfDraft(set, draft.value);
  return (
    <>
      {'set' in made && <ChangeList changes={changesBetween(set, made.set)} />}
      <Totals before={answer.before} after={answer.after} />
      <ul class="in-out">
        <li>
          <span class="mark-in" aria-hidden="true" /> {w.comesIn(count(comesIn.households), count(comesIn.schools))}
        </li>
        <li>
          <span class="mark-out" aria-hidden="true" /> {w.dropsOut(count(dropsOut.households), count(dropsOut.schools))}
        </li>
      </ul>
      <p class="muted-2" data-testid="preview-areas">
        {w.areas(count(areas.changed), count(areas.added), count(areas.removed), count(areas.unchanged))}
      </p>
      <PreviewZones zones={answer.zones} all={areas.changed + areas.added + areas.removed} />
    </>
  );
}

export function Preview({ set }: { set: TaggedRules }) {
  const w = bookWords();
  const answer = preview.value;
  return (
    <>
      <div class="book-scroll" data-testid="preview">
        <PageHead title={w.previewTitle(answer?.version ?? set.version + 1)} label={w.backToEdit} />
        {replaced.value && <Conflict set={set} />}
        {trouble.value && (
          <p class="problem" role="alert">
            {trouble.value}
          </p>
        )}
        {answer && <Effect answer={answer} set={set} />}
      </div>
      {answer && !replaced.value && <ApplyForm />}
    </>
  );
}
