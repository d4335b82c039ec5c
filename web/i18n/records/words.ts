import { wordsOf } from '../t.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** Words of the records: table, form, photos, history, what was removed. */
export const recordsWords = wordsOf(zhCN, en);
