// A zone's own figure (exactly its row in `byZone`), its grade and its rule in words.
import { textOf } from '../../../server/domain/feature.ts';
import { count } from '../../i18n/format.ts';
import { problemWords } from '../../i18n/problem.ts';
import { words } from '../../i18n/t.ts';
import { openList } from '../../state/table.ts';
import type { Candidate } from '../../state/selection.ts';
import { zoneFigure, zoneRule } from './cardState.ts';
import { codeWord, nameOf } from './labels.ts';
import { isProvisional, ruleWords } from './ruleWords.ts';

export function ZonePart({ candidate }: { candidate: Candidate }) {
  const w = words();
  const { data, loading, error } = zoneFigure.state.value;
  const figure = data?.byZone.find((row) => row.zone === candidate.zone) ?? null;
  const area = zoneRule.state.value.data;
  const grade = figure?.grade ?? (area ? textOf(area, 'grade') : null);
  const zone = candidate.zone ?? '';
  return (
    <section class="zone-part" aria-busy={loading}>
      {error && <p class="problem">{problemWords(error)}</p>}
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
          <p class="muted">{w.zoneFigureNote}</p>
        </>
      )}
      {area && (
        <dl class="facts">
          <div>
            <dt>{w.grade}</dt>
            <dd data-testid="zone-grade">{grade ? codeWord('threatened-areas', 'grade', grade) : w.gradeNone}</dd>
          </div>
          <div>
            <dt>{w.rule}</dt>
            <dd>
              <span data-testid="zone-rule">{ruleWords(area, w)}</span>
              {isProvisional(area) && <span class="muted"> {w.provisional}</span>}
            </dd>
          </div>
        </dl>
      )}
    </section>
  );
}
