// Filled = certain, ring = possible; the word always stands beside it.
import type { Certainty } from '../../../server/domain/figure.ts';

export function CertaintyMark({ certainty }: { certainty: Certainty }) {
  return <span class={`mark ${certainty}`} aria-hidden="true" />;
}
