import { wordsOf } from '../t.ts';
import { en } from './en.ts';
import { zhCN } from './zh-CN.ts';

/** Words of the households without a position and of placing them by hand. */
export const placeWords = wordsOf(zhCN, en);
