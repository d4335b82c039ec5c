import { wordsOf } from '../t.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** Words of the staff's cards. */
export const cardWords = wordsOf(zhCN, en);
