// The accuracy of a position, from what the service says of its distance to an edge.
import type { WhyReason } from '../../api/exposure.ts';

/** What the margin lacks to the distance, in metres. A position without an accuracy is taken as exact: 0. */
export function accuracyOf({ distance, margin }: Pick<WhyReason, 'distance' | 'margin'>): number | null {
  if (distance === null || margin === null) return null;
  const accuracy = Math.abs(distance) - margin;
  return accuracy < 0.005 ? 0 : accuracy;
}
