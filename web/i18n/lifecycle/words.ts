import { wordsOf } from '../t.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** Words of a zone's and a point's life. */
export const lifeWords = wordsOf(zhCN, en);
