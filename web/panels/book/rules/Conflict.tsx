// Somebody else put other rules in force meanwhile: theirs are read, mine are kept, both are shown.
import type { TaggedRules } from '../../../api/rules.ts';
import { bookWords } from '../../../i18n/book/words.ts';
import { words } from '../../../i18n/t.ts';
import { ChangeList } from './ChangeList.tsx';
import { changesBetween } from './leaves.ts';
import { replaced, reread } from './rulesState.ts';

export function Conflict({ set }: { set: TaggedRules }) {
  const w = bookWords();
  const old = replaced.value;
  if (!old) return null;
  if (old.version === set.version) {
    return (
      <p class="problem" role="alert" data-testid="rules-conflict">
        {w.conflict(null)}{' '}
        <button type="button" class="link" onClick={reread}>
          {w.reread}
        </button>
      </p>
    );
  }
  return (
    <div class="problem" data-testid="rules-conflict">
      <p>
        {w.rereadDone(set.version)}
        {w.list === '、' ? '' : ' '}
        {w.theyChanged}
        {w.list === '、' ? '：' : ':'}
      </p>
      <ChangeList changes={changesBetween(old, set)} />
      <button type="button" class="link" onClick={() => (replaced.value = null)}>
        {words().close}
      </button>
    </div>
  );
}
