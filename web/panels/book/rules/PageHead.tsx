// The head of a page behind the rules: the way back, and what this is. It takes the focus, which the page before had.
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from '../../shell/Icon.tsx';
import { page } from './rulesState.ts';

function back(): void {
  page.value = 'rules';
  // The button that was pressed is gone by then.
  setTimeout(() => document.getElementById('book-tab-rules')?.focus());
}

export function PageHead({ title, label }: { title: string; label: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <div class="book-intro">
      <button type="button" class="button small" onClick={back}>
        <Icon name="back" size={16} /> {label}
      </button>
      <h3 ref={heading} tabindex={-1}>
        {title}
      </h3>
    </div>
  );
}
