// Whether a rule was checked against an official text. Never by colour: a word, an icon, a solid or a dashed edge.
import { cardWords } from '../../i18n/card/words.ts';
import { Icon } from '../shell/Icon.tsx';

export function RuleBadge({ verified }: { verified: boolean }) {
  const w = cardWords();
  return (
    <span class={`badge ${verified ? 'verified' : 'unverified'}`}>
      {verified && <Icon name="check" size={14} />}
      {verified ? w.verified : w.notVerified}
    </span>
  );
}
