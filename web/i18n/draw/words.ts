import { wordsOf } from '../t.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** Words of drawing danger zones. */
export const drawWords = wordsOf(zhCN, en);
