// What a check could not say, folded: the count stands there always.
import type { Words } from '../../../../server/domain/field.ts';
import { bookWords } from '../../../i18n/book/words.ts';
import { count } from '../../../i18n/format.ts';
import { say } from '../../../i18n/t.ts';

export function Gaps({ gaps }: { gaps: readonly Words[] }) {
  const w = bookWords();
  if (gaps.length === 0) return null;
  return (
    <details class="gaps-list">
      <summary>{w.gaps(count(gaps.length))}</summary>
      <ul>
        {gaps.map((gap) => (
          <li key={gap.zh}>{say(gap)}</li>
        ))}
      </ul>
    </details>
  );
}
