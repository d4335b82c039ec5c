// Point in polygon and touching by whole numbers alone: doubles are taken for the exact fractions that they are, so
// nothing is rounded. Slow, and shares no code with the service.
import type { Position } from '../../../server/domain/feature.ts';

export type Rings = readonly (readonly Position[])[];
type Exact = readonly [x: bigint, y: bigint];

const SHIFT = 200;
const view = new DataView(new ArrayBuffer(8));

/** The double times 2^200, exactly. */
export function exact(value: number): bigint {
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const mantissa = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  const shift = (exponent === 0 ? 1 : exponent) - 1075 + SHIFT;
  const size = shift >= 0 ? mantissa << BigInt(shift) : mantissa >> BigInt(-shift);
  return bits >> 63n ? -size : size;
}

const at = ([x, y]: Position): Exact => [exact(x), exact(y)];

const turn = (a: Exact, b: Exact, p: Exact): bigint => (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);

const between = (a: bigint, b: bigint, p: bigint): boolean => (a <= p && p <= b) || (b <= p && p <= a);

const onSegment = (a: Exact, b: Exact, p: Exact): boolean => turn(a, b, p) === 0n && between(a[0], b[0], p[0]) && between(a[1], b[1], p[1]);

const known = new WeakMap<Rings[number], readonly Exact[]>();

function* edges(rings: Rings): Generator<[Exact, Exact]> {
  for (const ring of rings) {
    let vertices = known.get(ring);
    if (!vertices) known.set(ring, (vertices = ring.map(at)));
    for (let i = 0; i < vertices.length; i++) yield [vertices[i] as Exact, vertices[(i + 1) % vertices.length] as Exact];
  }
}

/** By the even-odd rule over all rings; unclosed rings are closed. */
export function place(rings: Rings, position: Position): 'inside' | 'edge' | 'outside' {
  const p = at(position);
  let inside = false;
  for (const [a, b] of edges(rings)) {
    if (onSegment(a, b, p)) return 'edge';
    if (a[1] > p[1] === b[1] > p[1]) continue;
    // the edge crosses the latitude; is that to the east?
    if (turn(a, b, p) > 0n === b[1] > a[1]) inside = !inside;
  }
  return inside ? 'inside' : 'outside';
}

function segmentsMeet(a: Exact, b: Exact, c: Exact, d: Exact): boolean {
  const [s1, s2, s3, s4] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (s1 > 0n !== s2 > 0n && s3 > 0n !== s4 > 0n && s1 !== 0n && s2 !== 0n && s3 !== 0n && s4 !== 0n) return true;
  return onSegment(a, b, c) || onSegment(a, b, d) || onSegment(c, d, a) || onSegment(c, d, b);
}

/** Do an area and a footprint share a point? */
export function touch(area: Rings, footprint: Rings): boolean {
  if (footprint.some((ring) => ring.some((p) => place(area, p) !== 'outside'))) return true;
  if (area.some((ring) => ring.some((p) => place(footprint, p) !== 'outside'))) return true;
  for (const [a, b] of edges(area)) for (const [c, d] of edges(footprint)) if (segmentsMeet(a, b, c, d)) return true;
  return false;
}
