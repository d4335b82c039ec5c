// Angles as people write them: decimal degrees, degrees with minutes and seconds in every spelling that county ledgers
// have, full-width signs, hemispheres in Chinese and Latin. Pure.

/** An angle that says itself how it is to be read, or a bare number that only its column can explain. */
export type Angle =
  | { readonly kind: 'stated'; readonly degrees: number; readonly axis: 'lon' | 'lat' | null; readonly notation: 'decimal' | 'dms' }
  | { readonly kind: 'bare'; readonly value: number };

/** How the bare numbers of a column are written. `packed`: 1133332.6 is 113°33′32.6″; `dotted`: 113.33326 is the same. */
export type BareNotation = 'decimal' | 'packed' | 'dotted';

const HEMISPHERES: Readonly<Record<string, { axis: 'lon' | 'lat'; sign: 1 | -1 }>> = {
  e: { axis: 'lon', sign: 1 },
  w: { axis: 'lon', sign: -1 },
  n: { axis: 'lat', sign: 1 },
  s: { axis: 'lat', sign: -1 },
  东经: { axis: 'lon', sign: 1 },
  西经: { axis: 'lon', sign: -1 },
  北纬: { axis: 'lat', sign: 1 },
  南纬: { axis: 'lat', sign: -1 },
  东: { axis: 'lon', sign: 1 },
  西: { axis: 'lon', sign: -1 },
  北: { axis: 'lat', sign: 1 },
  南: { axis: 'lat', sign: -1 },
};

/** Signs in one spelling: ° ′ ″. */
function plainSigns(text: string): string {
  return text
    .replace(/[º˚⁰∘度]/g, '°') // before normalising, which makes letters of some of them
    .normalize('NFKC')
    .replace(/[″”“„"]|[′'’‘`´ˊˋ]{2}|秒/g, '"')
    .replace(/[′’‘`´ˊˋ分]/g, "'")
    .replace(/[−–—]/g, '-')
    .trim();
}

const NUMBER = String.raw`\d+(?:\.\d*)?|\.\d+`;
const SIGNED = new RegExp(String.raw`^([-+]?)(?:(${NUMBER})\s*°)\s*(?:(${NUMBER})\s*'\s*(?:(${NUMBER})\s*"?)?)?$`);
/** A lone "degrees d minutes m" without seconds' sign is covered above; here: three numbers apart. */
const SPACED = new RegExp(String.raw`^([-+]?)(\d{1,3})(?:\s+|\s*[:：-]\s*)(\d{1,2})(?:\s+|\s*[:：-]\s*)(${NUMBER})$`);

/**
 * Reads a cell. Null for what is no angle; minutes and seconds of 60 or more are none.
 * @param cell text or number
 */
export function readAngle(cell: unknown): Angle | null {
  if (typeof cell === 'number') return Number.isFinite(cell) ? { kind: 'bare', value: cell } : null;
  if (typeof cell === 'bigint') return { kind: 'bare', value: Number(cell) };
  if (typeof cell !== 'string') return null;
  const { text, axis, sign } = withoutHemisphere(plainSigns(cell));
  if (/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) {
    const value = Number(text) * sign;
    return axis === null ? { kind: 'bare', value } : { kind: 'stated', degrees: value, axis, notation: 'decimal' };
  }
  const match = SIGNED.exec(text) ?? SPACED.exec(text);
  if (!match) return null;
  const [, minus, whole = '', minutes, seconds] = match;
  const degrees = sexagesimal(Number(whole), Number(minutes ?? 0), Number(seconds ?? 0));
  if (degrees === null || (minutes !== undefined && !Number.isInteger(Number(whole)))) return null;
  const notation = minutes === undefined ? 'decimal' : 'dms';
  return { kind: 'stated', degrees: degrees * (minus === '-' ? -1 : 1) * sign, axis, notation };
}

/** Metres may carry their unit and separators of thousands; any other cell stays as it is. */
export function withoutUnit(cell: unknown): unknown {
  if (typeof cell !== 'string') return cell;
  const metres = /^([-+]?[\d,]+(?:\.\d*)?)\s*(?:m|米)?$/i.exec(cell.normalize('NFKC').trim())?.[1];
  return metres === undefined ? cell : metres.replace(/(?<=\d),(?=\d{3})/g, '');
}

function withoutHemisphere(text: string): { text: string; axis: 'lon' | 'lat' | null; sign: 1 | -1 } {
  const lower = text.toLowerCase();
  for (const [word, { axis, sign }] of Object.entries(HEMISPHERES)) {
    if (lower.startsWith(word)) return { text: text.slice(word.length).replace(/^[:\s]+/, ''), axis, sign };
    if (lower.endsWith(word)) return { text: text.slice(0, -word.length).trim(), axis, sign };
  }
  return { text, axis: null, sign: 1 };
}

function sexagesimal(degrees: number, minutes: number, seconds: number): number | null {
  if (!(minutes < 60) || !(seconds < 60)) return null;
  return degrees + minutes / 60 + seconds / 3600;
}

/** A bare number by its column's notation, in degrees; null where it cannot be written so. */
export function bareDegrees(value: number, notation: BareNotation): number | null {
  const sign = value < 0 ? -1 : 1;
  const size = Math.abs(value);
  switch (notation) {
    case 'decimal':
      return value;
    case 'packed': {
      // 1133332.6: the last two whole digits are seconds, the two before them minutes
      if (size < 10_000) return null;
      const degrees = sexagesimal(Math.floor(size / 10_000), Math.floor(size / 100) % 100, secondsOf(size % 100));
      return degrees === null ? null : degrees * sign;
    }
    case 'dotted': {
      // 113.33326: two digits of minutes behind the point, then seconds with their own fraction
      const [whole = '0', fraction = ''] = size.toFixed(9).split('.');
      const degrees = sexagesimal(Number(whole), Number(fraction.slice(0, 2)), Number(`${fraction.slice(2, 4)}.${fraction.slice(4)}`));
      return degrees === null ? null : degrees * sign;
    }
  }
}

/** A remainder of a double without the dust that the division left: 32.600000000093 is 32.6. */
function secondsOf(value: number): number {
  return Math.round(value * 1e7) / 1e7;
}
