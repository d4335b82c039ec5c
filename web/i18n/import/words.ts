import { wordsOf } from '../t.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** Words of the import doctor. */
export const importWords = wordsOf(zhCN, en);
