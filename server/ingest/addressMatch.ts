// Households of a file that have no position, placed where a household of the same address is already: same village, group and
// house number. A number is the same only when all of it is: 5 is not 56, and 56 is not 156.
import { textOf, type Geometry, type Properties } from '../domain/feature.ts';
import type { Reads } from '../store/store.ts';

/** An address in parts; null where it does not say. */
export interface Address {
  readonly village: string | null;
  readonly group: string | null;
  readonly houseNo: string | null;
  /** All of it as one text. */
  readonly whole: string;
}

const DIGITS = '零一二三四五六七八九';

/** 十二 → 12, 九 → 9, 二十 → 20: groups and houses are written both ways. */
function arabic(text: string): string {
  return text.replace(/[零一二三四五六七八九十]+/g, (numeral) => {
    const [tens, ones] = numeral.includes('十') ? numeral.split('十') : [null, numeral];
    if (tens === null) return [...(ones ?? '')].map((digit) => DIGITS.indexOf(digit)).join('');
    return String(
      (tens === '' || tens === undefined ? 1 : DIGITS.indexOf(tens)) * 10 + (ones === '' || ones === undefined ? 0 : DIGITS.indexOf(ones)),
    );
  });
}

function plain(text: string): string {
  return arabic(text.normalize('NFKC').replace(/[\s,，。·]/g, '')).toLowerCase();
}

const bare = (text: string, ending: RegExp) => plain(text).replace(ending, '');

export function addressOf(properties: Properties): Address {
  const part = (name: string, ending: RegExp) => {
    const text = textOf(properties, name);
    return text === null ? null : bare(text, ending) || null;
  };
  const whole = plain(textOf(properties, 'address') ?? '');
  const stated = part('house_no', /^(第|no\.?)|(号|门牌)$/g);
  // the number before 号 that stands last: a street's own number comes before the house's
  const written = /(\d+(?:[-之]\d+)?)号(?!.*\d号)/.exec(whole)?.[1] ?? null;
  return { village: part('village', /(社区|居委会|村委会|村|居)$/), group: part('group', /$^/), houseNo: stated ?? written, whole };
}

/** Do two addresses name the same house? What one of them states the other's fields or text must hold, unless it is silent. */
export function sameHouse(a: Address, b: Address): boolean {
  if (a.houseNo === null || a.houseNo !== b.houseNo) return false;
  const sameText = a.whole !== '' && a.whole === b.whole;
  // a number alone is no address: a group has to agree, or the whole text
  if (!sameText && !((a.group !== null && holds(b, a.group, b.group)) || (b.group !== null && holds(a, b.group, a.group)))) return false;
  return (a.village === null || speaksOf(b, a.village)) && (b.village === null || speaksOf(a, b.village));
}

const holds = (address: Address, part: string, own: string | null) => (own === null ? address.whole.includes(part) : own === part);

/** Does an address name this village, or none at all? */
function speaksOf(address: Address, village: string): boolean {
  if (address.village !== null) return address.village === village;
  return address.whole.includes(village) || !/社区|村/.test(address.whole);
}

export interface Unplaced {
  readonly row: number;
  readonly properties: Properties;
}

export type Match =
  | { readonly row: number; readonly geometry: Geometry; readonly like: string }
  | { readonly row: number; readonly ambiguous: readonly string[] };

/** Matches rows to the placed households of a store, which is read once. */
export async function matchAddresses(rows: Iterable<Unplaced>, store: Reads): Promise<Match[]> {
  const byNumber = new Map<string, { row: number; address: Address }[]>();
  for (const { row, properties } of rows) {
    const address = addressOf(properties);
    if (address.houseNo === null) continue;
    byNumber.set(address.houseNo, [...(byNumber.get(address.houseNo) ?? []), { row, address }]);
  }
  if (byNumber.size === 0) return [];
  const found = new Map<number, { geometry: Geometry; ids: string[]; places: Set<string> }>();
  for await (const { id, geometry, properties } of store.select('households')) {
    if (!geometry) continue;
    const address = addressOf(properties);
    for (const wanted of byNumber.get(address.houseNo ?? '') ?? []) {
      if (!sameHouse(wanted.address, address)) continue;
      const match = found.get(wanted.row) ?? { geometry, ids: [], places: new Set<string>() };
      match.ids.push(id);
      match.places.add(JSON.stringify(geometry.coordinates));
      found.set(wanted.row, match);
    }
  }
  return [...found].map(([row, { geometry, ids, places }]) =>
    places.size === 1 ? { row, geometry, like: ids[0] as string } : { row, ambiguous: ids.slice(0, 5) },
  );
}
