// All rules by group, read or changed in place; from here to what a change would do, and to the versions before.
import { useEffect, useRef } from 'preact/hooks';
import { atLeast } from '../../../../server/domain/role.ts';
import type { TaggedRules } from '../../../api/rules.ts';
import { bookWords } from '../../../i18n/book/words.ts';
import { moment } from '../../../i18n/format.ts';
import { problemWords } from '../../../i18n/problem.ts';
import { say, words } from '../../../i18n/t.ts';
import { rules, useRules } from '../../../state/staff/rules.ts';
import { role } from '../../../state/service.ts';
import { view } from '../../../state/view.ts';
import { Icon } from '../../shell/Icon.tsx';
import { Conflict } from './Conflict.tsx';
import { DraftBar } from './DraftBar.tsx';
import { History } from './History.tsx';
import { Preview } from './Preview.tsx';
import { anchorOfRule, RuleArticle } from './RuleArticle.tsx';
import { editing, notice, page, trouble } from './rulesState.ts';

function Head({ set }: { set: TaggedRules }) {
  const w = bookWords();
  const admin = atLeast(role.value, 'admin');
  return (
    <div class="book-intro">
      <p>
        <b data-testid="rules-version">{w.version(set.version, moment(set.at), set.by)}</b>
        {set.reason && <span class="muted-2"> {w.reasonWas(set.reason)}</span>}
        {set.provisional && <span class="badge unverified"> {w.someUnverified}</span>}
      </p>
      <div class="book-actions">
        {admin && (
          <button
            type="button"
            class="button small"
            aria-pressed={editing.value}
            data-testid="edit-rules"
            onClick={() => (editing.value = !editing.value)}
          >
            {editing.value ? w.stopEditing : w.edit}
          </button>
        )}
        <button type="button" class="button small" data-testid="rules-history" onClick={() => (page.value = 'history')}>
          {w.history}
        </button>
      </div>
    </div>
  );
}

/** What was done on the page before, which had the focus. */
function Notice({ text }: { text: string }) {
  const line = useRef<HTMLParagraphElement>(null);
  useEffect(() => line.current?.focus(), []);
  return (
    <p ref={line} tabindex={-1} class="book-notice" data-testid="rules-notice">
      <Icon name="check" size={16} /> {text}
    </p>
  );
}

const anchorOfGroup = (id: string): string => `rules-${id}`;

function goTo(id: string): void {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'start' });
  element?.focus({ preventScroll: true });
}

function Groups({ set }: { set: TaggedRules }) {
  const w = bookWords();
  const wanted = view.value.rule;
  useEffect(() => {
    if (wanted) goTo(anchorOfRule(wanted));
  }, [wanted]);
  return (
    <>
      <nav class="book-jump" aria-label={w.jump}>
        {set.groups.map((group) => (
          <button key={group.id} type="button" class="link" onClick={() => goTo(anchorOfGroup(group.id))}>
            {say(group.title)}
          </button>
        ))}
      </nav>
      {set.groups.map((group) => (
        <section key={group.id} class="rule-group" id={anchorOfGroup(group.id)} tabindex={-1} aria-label={say(group.title)}>
          <h3>
            {say(group.title)} <small class="muted">{w.groupEdition(group.version)}</small>
          </h3>
          {set.rules
            .filter((rule) => rule.group === group.id)
            .map((rule) => (
              <RuleArticle key={rule.id} rule={rule} />
            ))}
        </section>
      ))}
    </>
  );
}

export function RulesTab() {
  const set = useRules();
  const { error, loading } = rules.state.value;
  const now = page.value;
  if (!set) {
    if (!error) return loading ? <p class="muted late pad">{words().loading}</p> : null;
    return (
      <p class="problem pad" role="alert">
        {problemWords(error)}{' '}
        <button type="button" class="link" onClick={rules.retry}>
          {words().retry}
        </button>
      </p>
    );
  }
  if (now === 'history') return <History set={set} />;
  if (now === 'preview') return <Preview set={set} />;
  return (
    <>
      <div class="book-scroll">
        {notice.value && <Notice key={notice.value} text={notice.value} />}
        <Head set={set} />
        <Conflict set={set} />
        {trouble.value && (
          <p class="problem" role="alert">
            {trouble.value}
          </p>
        )}
        <Groups set={set} />
      </div>
      <DraftBar set={set} />
    </>
  );
}
