import { wordsOf } from '../t.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** Words of the rules and checks. */
export const bookWords = wordsOf(zhCN, en);
