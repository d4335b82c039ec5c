// What was found, kind by kind: what it means, how many, and the first rows of each. Rejections before notes.
import { signal } from '@preact/signals';
import type { ImportIssue, ImportReport } from '../../../server/domain/importReport.ts';
import { ISSUE_WORDS } from '../../../server/domain/importWords.ts';
import type { LayerName } from '../../../server/domain/layer.ts';
import { count } from '../../i18n/format.ts';
import { importWords } from '../../i18n/import/words.ts';
import { say } from '../../i18n/t.ts';
import { language } from '../../state/preferences.ts';
import { check, choose, stage } from '../../state/staff/importing.ts';
import { rowsOnMap, showRow } from '../../state/staff/importOverlay.ts';
import { shiftedIn } from '../../state/staff/importProblem.ts';
import { Icon } from '../shell/Icon.tsx';
import { fieldLabel } from './fieldLabel.ts';
import { inLanguage } from './sentence.ts';

interface Group {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'other';
  readonly issues: readonly ImportIssue[];
  /** Of all rows, listed or not. */
  readonly count: number;
}

const FIRST = 5;
const opened = signal<ReadonlySet<string>>(new Set());

/** Kinds in the service's order, rejections first. A kind of which no row is listed is named all the same. */
function groupsOf({ issues, issueCounts }: ImportReport): Group[] {
  const byCode = Map.groupBy(issues, (issue) => `${issue.severity} ${issue.code}`);
  const listed = new Set(issues.map(({ code }) => code));
  const groups: Group[] = [...byCode.values()].flatMap((rows) => {
    const [first] = rows;
    return first ? [{ code: first.code, severity: first.severity, issues: rows, count: issueCounts[first.code] ?? rows.length }] : [];
  });
  for (const [code, times] of Object.entries(issueCounts))
    if (!listed.has(code)) groups.push({ code, severity: 'other', issues: [], count: times });
  const order = ['error', 'warning', 'other'];
  return groups.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

/** What a kind means: as the report says, or by its code where no row of it is listed. */
function wordsFor({ code, issues: [first] }: Group): string {
  if (first?.zh && first.en) return say({ zh: first.zh, en: first.en });
  const known = ISSUE_WORDS[code];
  return known ? say(known) : code;
}

function Place({ issue }: { issue: ImportIssue }) {
  const w = importWords();
  const { row, line } = issue;
  if (row === null) return <>{w.wholeFile}</>;
  const told = line === undefined ? w.row(row) : w.line(line);
  if (!rowsOnMap.value.has(row)) return <>{told}</>;
  return (
    <button type="button" class="link" title={w.onMap} onClick={() => showRow(row)}>
      {told}
      <span class="sr-only">{w.onMap}</span>
    </button>
  );
}

function Rows({ group, layer }: { group: Group; layer: LayerName }) {
  const w = importWords();
  const all = opened.value.has(group.code);
  const shown = all ? group.issues : group.issues.slice(0, FIRST);
  const left = group.issues.length - shown.length;
  return (
    <>
      <table class="import-table issue-rows">
        <thead class="sr-only">
          <tr>
            <th scope="col">{w.rowColumn}</th>
            <th scope="col">{w.fieldColumn}</th>
            <th scope="col">{w.messageColumn}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((issue, i) => (
            <tr key={`${issue.row} ${issue.field} ${i}`}>
              <th scope="row">
                <Place issue={issue} />
              </th>
              <td>{fieldLabel(layer, issue.field)}</td>
              <td>{inLanguage(issue.message, language.value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <button type="button" class="link" onClick={() => (opened.value = new Set([...opened.peek(), group.code]))}>
          {w.moreRows(count(left))}
        </button>
      )}
      {all && group.count > group.issues.length && <p class="muted">{w.listedOf(count(group.issues.length), count(group.count))}</p>}
    </>
  );
}

/** The system that a file is suspected to be in is taken only when somebody says so. */
function Datum({ group }: { group: Group }) {
  const w = importWords();
  const datums = shiftedIn(group.issues[0]?.message ?? '');
  if (datums.length === 0 || stage.value.at !== 'checked') return null;
  return (
    <p class="datum">
      {datums.map((datum) => (
        <button
          key={datum}
          type="button"
          class="button small"
          data-testid="read-as"
          onClick={() => {
            choose({ crs: datum });
            void check();
          }}
        >
          {w.readAs(datum)}
        </button>
      ))}
      <span class="muted-2">{w.readAsNote}</span>
    </p>
  );
}

export function Issues({ report }: { report: ImportReport }) {
  const w = importWords();
  const groups = groupsOf(report);
  if (groups.length === 0) return <p class="muted-2">{w.noIssues}</p>;
  return (
    <section class="import-part" aria-label={w.issuesTitle} data-testid="import-issues">
      <h3>{w.issuesTitle}</h3>
      <ul class="issues">
        {groups.map((group) => {
          const [first] = group.issues;
          const wholeFile = first?.row === null;
          return (
            <li key={`${group.severity} ${group.code}`} data-code={group.code} data-severity={group.severity}>
              <h4>
                {group.severity === 'error' ? <Icon name="warn" size={16} /> : <span />}
                <span class={`severity ${group.severity}`}>{w.severities[group.severity]}</span>
                <span class="what">{wordsFor(group)}</span>
                {!wholeFile && <span class="figure muted-2">{w.times(count(group.count))}</span>}
              </h4>
              {group.issues.length > 0 ? <Rows group={group} layer={report.layer} /> : <p class="muted">{w.notListed}</p>}
              {group.code === 'datum_suspected' && <Datum group={group} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
