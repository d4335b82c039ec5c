// Is a file in another datum than it says? Places that the service knows already, by name or id, tell: if they all lie off by
// what a web map's shift would be there, or by the same vector, the file is suspected. It is said, and nothing is moved.
import type { Position } from '../../domain/feature.ts';
import { vectorBetween } from '../../geo/ellipsoid.ts';
import { SHIFTED, toShifted } from '../../geo/shiftedDatum.ts';

/** A place as the file has it beside where it is known to lie. */
export interface Pair {
  readonly inFile: Position;
  readonly known: Position;
}

export interface Suspicion {
  /** What to give as `crs` if it is true; null where only the holder of parameters can convert. */
  readonly crs: string | null;
  readonly message: string;
}

/** Fewer pairs prove nothing. */
const LEAST_PAIRS = 5;
/** Metres: nearer than this a place is where it should be. */
const IN_PLACE = 30;
/** Metres off by a constant vector: an older datum under another's name. */
const OLD_DATUM = { least: 40, most: 250, spread: 20 } as const;

/** Null where nothing is to be suspected, or too few places are known. */
export function suspect(pairs: readonly Pair[]): Suspicion | null {
  if (pairs.length < LEAST_PAIRS) return null;
  const off = pairs.map(({ inFile, known }) => vectorBetween(known, inFile));
  const residual = median(off.map(({ x, y }) => Math.hypot(x, y)));
  if (residual <= IN_PLACE) return null;
  for (const datum of SHIFTED) {
    const left = median(pairs.map(({ inFile, known }) => lengthOf(toShifted(datum, known), inFile)));
    if (left > IN_PLACE) continue;
    return {
      crs: datum,
      message: `疑为 ${datum} 坐标：${pairs.length} 处已知地点偏移中位数 ${Math.round(residual)} 米，按 ${datum} 换算后余 ${Math.round(left)} 米。确认后以 crs=${datum} 重新导入；未自动换算。The file looks like ${datum}: ${pairs.length} known places lie off by a median of ${Math.round(residual)} m, ${Math.round(left)} m after conversion. If so, import it with crs=${datum}; nothing was moved.`,
    };
  }
  const [dx, dy] = [median(off.map(({ x }) => x)), median(off.map(({ y }) => y))];
  const spread = median(off.map(({ x, y }) => Math.hypot(x - dx, y - dy)));
  if (residual < OLD_DATUM.least || residual > OLD_DATUM.most || spread > OLD_DATUM.spread) return null;
  return {
    crs: null,
    message: `疑为 1980 西安或 1954 北京坐标标成了 CGCS2000：${pairs.length} 处已知地点一致偏移 ${Math.round(residual)} 米。请由持有转换参数的单位转换后再导入。The file looks like Xi'an 80 or Beijing 54 under the name of CGCS2000: ${pairs.length} known places lie off by the same ${Math.round(residual)} m. Have it converted by whoever holds the parameters.`,
  };
}

function lengthOf(from: Position, to: Position): number {
  const { x, y } = vectorBetween(from, to);
  return Math.hypot(x, y);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
