// Every set of rules that was ever in force: who changed which value when and why, and the way back to its values.
import { useEffect } from 'preact/hooks';
import { atLeast } from '../../../../server/domain/role.ts';
import { fetchRuleHistory, type RulesAnswer, type TaggedRules } from '../../../api/rules.ts';
import { bookWords } from '../../../i18n/book/words.ts';
import { moment } from '../../../i18n/format.ts';
import { problemWords } from '../../../i18n/problem.ts';
import { words } from '../../../i18n/t.ts';
import { createResource } from '../../../state/resource.ts';
import { role } from '../../../state/service.ts';
import { ChangeList } from './ChangeList.tsx';
import { changesBetween } from './leaves.ts';
import { PageHead } from './PageHead.tsx';
import { notice, restore } from './rulesState.ts';

const history = createResource<RulesAnswer[]>((_key, signal) => fetchRuleHistory(signal));

function bringBack(set: RulesAnswer): void {
  const w = bookWords();
  const values = restore(set);
  notice.value = values > 0 ? w.restored(set.version, values) : w.restoreSame(set.version);
}

function Version({ set, before, inForce }: { set: RulesAnswer; before: RulesAnswer | undefined; inForce: boolean }) {
  const w = bookWords();
  return (
    <li data-testid="rules-version-row">
      <h4>
        {w.historyRow(set.version)} {inForce && <span class="badge">{w.inForce}</span>}
        <span class="muted"> {w.changedBy(moment(set.at), set.by)}</span>
      </h4>
      {before && set.reason && <p>{w.reasonWas(set.reason)}</p>}
      {before ? <ChangeList changes={changesBetween(before, set)} /> : <p class="muted">{w.first}</p>}
      {!inForce && atLeast(role.value, 'admin') && (
        <button type="button" class="link" onClick={() => bringBack(set)}>
          {w.restore}
        </button>
      )}
    </li>
  );
}

export function History({ set }: { set: TaggedRules }) {
  const w = bookWords();
  useEffect(() => history.load(String(set.version)), [set.version]);
  const { data, loading, error } = history.state.value;
  const sets = [...(data ?? [])].sort((a, b) => b.version - a.version);
  return (
    <div class="book-scroll">
      <PageHead title={w.historyTitle} label={w.back} />
      {error && (
        <p class="problem" role="alert">
          {problemWords(error)}{' '}
          <button type="button" class="link" onClick={history.retry}>
            {words().retry}
          </button>
        </p>
      )}
      {!data && loading && <p class="muted late">{words().loading}</p>}
      <ol class="versions">
        {sets.map((one, index) => (
          <Version key={one.version} set={one} before={sets[index + 1]} inForce={one.version === set.version} />
        ))}
      </ol>
    </div>
  );
}
