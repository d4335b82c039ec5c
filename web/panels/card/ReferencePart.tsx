// A reference area: what it is, how it came about, and that it counts nobody.
import { textOf, type Properties } from '../../../server/domain/feature.ts';
import { cardWords } from '../../i18n/card/words.ts';
import { RulePart } from './RulePart.tsx';

export function ReferencePart({ properties }: { properties: Properties }) {
  const w = cardWords();
  return (
    <>
      <p data-testid="not-counted">
        <b>{w.notCounted}</b> <span class="muted">{w.referenceNote}</span>
      </p>
      <RulePart area={properties} layer={textOf(properties, 'layer') ?? ''} />
    </>
  );
}
