// A reach whose direction is not known: the same in every direction, so that whichever way is down is covered.
import type { Geometry, JsonValue, Position } from '../../domain/feature.ts';
import type { Choice } from './choice.ts';
import type { Block, Reach } from './directedArea.ts';

/** Metres: a farthest corner in another direction must not fall outside by rounding. */
const ROUNDING = 1e-6;

/** The disc that holds the block with its reach for every bearing. */
export function allRoundBlock({ along, across }: Pick<Block, 'along' | 'across'>, { ahead, back, aside }: Reach): number {
  return Math.hypot(along / 2 + Math.max(ahead, back), across / 2 + aside) + ROUNDING;
}

/** The margin around a drawn body that holds its directed area for every bearing. */
export function allRoundBody({ ahead, back, aside }: Reach): number {
  return Math.hypot(Math.max(ahead, back), aside) + ROUNDING;
}

/** A choice whose area is the same in every direction. */
export function undirected(
  rule: string,
  where: { readonly at: Position; readonly body: Geometry | null; readonly size: Pick<Block, 'along' | 'across'>; readonly reach: Reach },
  said: {
    readonly formula: string;
    readonly inputs: Record<string, JsonValue>;
    readonly capsHit: readonly string[];
    readonly missing: readonly string[];
  },
): Choice {
  const stated = { rule, ...said, fallback: 'all_round' } as const;
  if (where.body) return { ...stated, shape: { kind: 'margin', geometry: where.body, margin: allRoundBody(where.reach) } };
  const radius = allRoundBlock(where.size, where.reach);
  return { ...stated, shape: { kind: 'disc', center: where.at, radius }, radius };
}
