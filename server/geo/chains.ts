// Chains of positions against one another: do they meet, how far are they apart.
import type { Position } from '../domain/feature.ts';
import { boundsOfPositions } from './bounds.ts';
import { segmentsMeet } from './covers.ts';
import { isWithin } from './ellipsoid.ts';
import { distanceToChains, footOn, footWithin } from './segment.ts';

/** Do two chains share a point? Exact. */
export function chainsCross(a: readonly Position[], b: readonly Position[]): boolean {
  const box = boundsOfPositions(b);
  for (let i = 1; i < a.length; i++) {
    const p = a[i - 1] as Position;
    const q = a[i] as Position;
    if (Math.max(p[0], q[0]) < box[0] || Math.min(p[0], q[0]) > box[2]) continue;
    if (Math.max(p[1], q[1]) < box[1] || Math.min(p[1], q[1]) > box[3]) continue;
    for (let j = 1; j < b.length; j++) {
      if (segmentsMeet(p, q, b[j - 1] as Position, b[j] as Position)) return true;
    }
  }
  return false;
}

/** Least distance in metres between two sets of chains; 0 where they meet. */
export function chainsDistance(a: readonly (readonly Position[])[], b: readonly (readonly Position[])[]): number {
  if (a.some((one) => b.some((other) => chainsCross(one, other)))) return 0;
  let best = Infinity;
  for (const p of b.flat()) best = Math.min(best, distanceToChains(a, p));
  for (const p of a.flat()) best = Math.min(best, distanceToChains(b, p));
  return best;
}

/** Does a position lie within a limit in metres of the chains? */
export function chainsWithin(chains: readonly (readonly Position[])[], p: Position, limit: number): boolean {
  for (const chain of chains) {
    const [only] = chain;
    if (chain.length === 1 && only && isWithin(only, p, limit)) return true;
    for (let i = 1; i < chain.length; i++) {
      if (footWithin(footOn(chain[i - 1] as Position, chain[i] as Position, p), p, limit)) return true;
    }
  }
  return false;
}
