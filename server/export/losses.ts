// What a format could not hold as it is, counted by field and kind while a layer is written. Nothing is lost without a word.
import type { Words } from '../domain/field.ts';

/** Kinds of loss, and what was done instead. */
export const LOSS_WORDS = {
  text_cut: { zh: '过长，已截短', en: 'too long, shortened' },
  value_left_out: { zh: '过长，未写入', en: 'too long, left out' },
  character_replaced: { zh: '含无法写入的字符，已替换', en: 'characters that cannot be written, replaced' },
  trailing_space: { zh: '末尾空格不保留', en: 'spaces at the end are not kept' },
  empty_text: { zh: '空文字，读回为空值', en: 'empty text, read back as no value' },
  formula_guarded: { zh: '形似公式，前加单引号', en: 'looks like a formula, an apostrophe put before it' },
  geometry_left_out: { zh: '图形过长，未写入', en: 'geometry too long, left out' },
  single_part: { zh: '只有一个部件的多部件图形，读回为单部件', en: 'multi-part geometry of one part, read back as single-part' },
} as const satisfies Readonly<Record<string, Words>>;

export type LossCode = keyof typeof LOSS_WORDS;

export interface Loss {
  readonly field: string;
  readonly code: LossCode;
  readonly count: number;
}

export class Losses {
  private readonly counts = new Map<string, Map<LossCode, number>>();

  /** @param field name of the field, `id` or `geometry` */
  add(field: string, code: LossCode): void {
    const codes = this.counts.get(field) ?? new Map<LossCode, number>();
    codes.set(code, (codes.get(code) ?? 0) + 1);
    this.counts.set(field, codes);
  }

  /** Field by field. */
  get list(): Loss[] {
    return [...this.counts].flatMap(([field, codes]) => [...codes].map(([code, count]) => ({ field, code, count })));
  }

  /**
   * For the header X-Xiantu-Losses: how many values are not in the file as they are in the store, then how many of each kind
   * (RFC 9651: an integer with parameters), `3;text_cut=1;empty_text=2`.
   */
  get header(): string {
    const byCode = new Map<LossCode, number>();
    for (const { code, count } of this.list) byCode.set(code, (byCode.get(code) ?? 0) + count);
    const total = [...byCode.values()].reduce((sum, count) => sum + count, 0);
    return [String(total), ...[...byCode].map(([code, count]) => `${code}=${count}`)].join(';');
  }
}
