// What differs between two sets of rules, value by value.
import { bookWords } from '../../../i18n/book/words.ts';
import { changesBetween } from './leaves.ts';
import { leafLabel, leafWords, shortName } from './ruleLabels.ts';

export function ChangeList({ changes }: { changes: ReturnType<typeof changesBetween> }) {
  const w = bookWords();
  if (changes.length === 0) return <p class="muted">{w.historySame}</p>;
  return (
    <ul class="change-list">
      {changes.map(({ rule, path, from, to }) => (
        <li key={`${rule.id}/${path}`}>
          <span>
            {shortName(rule)} <span class="muted-2">{leafLabel(rule, path)}</span>
          </span>
          <span class="change">{w.change(leafWords(rule, path, from), leafWords(rule, path, to))}</span>
        </li>
      ))}
    </ul>
  );
}
