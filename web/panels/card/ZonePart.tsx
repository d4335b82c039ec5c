// A zone's own figure (exactly its row in `byZone`), what could not be assessed of it, and how its area came about.
import type { ComponentChildren } from 'preact';
import { textOf } from '../../../server/domain/feature.ts';
import { count } from '../../i18n/format.ts';
import { problemWords } from '../../i18n/problem.ts';
import { say, words } from '../../i18n/t.ts';
import { openList } from '../../state/table.ts';
import type { Candidate } from '../../state/selection.ts';
import { zoneFigure, zoneRule } from './cardState.ts';
import { codeWord, nameOf } from './labels.ts';
import { RulePart } from './RulePart.tsx';

/** Of a danger zone only what is in force counts; of everything else there is a figure, or a reason why not. */
const hasFigure = ({ layer, codes }: Candidate): boolean =>
  layer !== 'danger-zones' || (codes['extent'] !== 'hazard_extent' && codes['status'] !== 'draft' && codes['status'] !== 'revoked');

/** Keeps the room of the figures, so that nothing below jumps when they are here. */
function Waiting() {
  return (
    <div aria-hidden="true">
      <div class="zone-figures">
        <div>
          <b>{'\u00A0'}</b>
          <span>{'\u00A0'}</span>
        </div>
      </div>
      <p class="waiting-note">{'\u00A0'}</p>
    </div>
  );
}

function Figures({ candidate }: { candidate: Candidate }) {
  const w = words();
  const { data, loading } = zoneFigure.state.value;
  const area = zoneRule.state.value.data;
  const figure = data?.byZone.find((row) => row.zone === candidate.zone) ?? null;
  const grade = figure?.grade ?? (area ? textOf(area, 'grade') : null);
  const zone = candidate.zone ?? '';
  const gaps = data?.notAssessedDetails.filter((gap) => gap.zone === zone) ?? [];
  if (!data && loading && hasFigure(candidate)) return <Waiting />;
  return (
    <>
      {data && !figure && <p class="muted">{area ? w.zoneFigureNone : w.zoneNotCounted}</p>}
      {figure && (
        <>
          <div class="zone-figures">
            <button
              type="button"
              class="number"
              title={w.allOfZone}
              onClick={() => openList('households', { zone, zoneLabel: nameOf(candidate) })}
            >
              <b data-testid="zone-households">{count(figure.households)}</b>
              <span>{w.household}</span>
            </button>
            <div>
              <b data-testid="zone-people">{count(figure.people)}</b>
              <span>{w.person}</span>
            </div>
            <div>
              <b data-testid="zone-vulnerable">{count(figure.vulnerable)}</b>
              <span>{w.vulnerableShort}</span>
            </div>
            <button type="button" class="number" onClick={() => openList('schools', { zone, zoneLabel: nameOf(candidate) })}>
              <b data-testid="zone-schools">{count(figure.schools)}</b>
              <span>{w.columns.schools}</span>
            </button>
          </div>
          <p class="muted">
            {w.zoneFigureNote}
            {w.product === '险图' ? '；' : '. '}
            {w.grade}{' '}
            <span class="ink" data-testid="zone-grade">
              {grade ? codeWord('threatened-areas', 'grade', grade) : w.gradeNone}
            </span>
          </p>
        </>
      )}
      {gaps.map((gap) => (
        <p key={gap.code} class="problem">
          <b>{w.notAssessed}</b> {say(gap)}
        </p>
      ))}
    </>
  );
}

/** @param children what stands between the figure and the rule: the steps of a zone's life */
export function ZonePart({ candidate, children }: { candidate: Candidate; children?: ComponentChildren }) {
  const { loading, error } = zoneFigure.state.value;
  const area = zoneRule.state.value.data;
  return (
    <section class="zone-part" aria-busy={loading}>
      {error && <p class="problem">{problemWords(error)}</p>}
      <Figures candidate={candidate} />
      {children}
      {area && <RulePart area={area} layer={candidate.layer} />}
    </section>
  );
}
