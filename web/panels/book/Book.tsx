// Beside the map instead of the figures: the rules, or what they find. Escape closes it and the focus goes back.
import { effect, untracked } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import '../../styles/book.css';
import { announce } from '../../a11y/announce.ts';
import { bookWords } from '../../i18n/book/words.ts';
import type { Book as Page } from '../../state/permalink.ts';
import { user } from '../../state/service.ts';
import { closeBook, openBook, view } from '../../state/view.ts';
import { Icon } from '../shell/Icon.tsx';
import { useEscape } from '../shell/useEscape.ts';
import { ChecksTab, forgetChecks } from './checks/ChecksTab.tsx';
import { RulesTab } from './rules/RulesTab.tsx';
import { draft, followRules, forgetRules } from './rules/rulesState.ts';

followRules();
effect(() => {
  void user.value;
  untracked(() => {
    forgetRules();
    forgetChecks();
  });
});

const PAGES: readonly Page[] = ['rules', 'checks'];

function leave(): void {
  closeBook();
  const kept = draft.peek().size;
  if (kept > 0) announce(bookWords().draftKept(kept));
  document.getElementById('book-switch')?.focus();
}

function onTabKey(event: KeyboardEvent, page: Page): void {
  if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
  event.preventDefault();
  const other = PAGES.find((one) => one !== page) ?? page;
  openBook(other);
  document.getElementById(`book-tab-${other}`)?.focus();
}

export function Book() {
  const w = bookWords();
  const heading = useRef<HTMLHeadingElement>(null);
  const page = view.value.book ?? 'rules';
  useEscape(leave);
  useEffect(() => {
    // Opened at a rule: the rule takes the focus itself.
    if (view.peek().rule === undefined) heading.current?.focus();
  }, []);
  return (
    <aside class="book" data-testid="book" aria-label={w.title}>
      <header class="book-head">
        <h2 ref={heading} tabindex={-1} class="sr-only">
          {w.title}
        </h2>
        <div role="tablist" aria-label={w.title}>
          {PAGES.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`book-tab-${one}`}
              aria-selected={page === one}
              aria-controls="book-page"
              tabindex={page === one ? 0 : -1}
              data-testid={`book-${one}`}
              onKeyDown={(event) => onTabKey(event, one)}
              onClick={() => openBook(one)}
            >
              {w.tabs[one]}
            </button>
          ))}
        </div>
        <button type="button" class="quiet" aria-label={w.close} title={`${w.close} Esc`} onClick={leave}>
          <Icon name="close" size={18} />
        </button>
      </header>
      <div class="book-page" id="book-page" role="tabpanel" aria-labelledby={`book-tab-${page}`}>
        {page === 'rules' ? <RulesTab /> : <ChecksTab />}
      </div>
    </aside>
  );
}
