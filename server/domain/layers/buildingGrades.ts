import type { Code } from '../field.ts';

/** 房屋鉴定等级: C is to be reinforced, D to be rebuilt. */
export const BUILDING_GRADES: Readonly<Record<string, Code>> = {
  A: { zh: 'A级', en: 'A' },
  B: { zh: 'B级', en: 'B' },
  C: { zh: 'C级', en: 'C' },
  D: { zh: 'D级', en: 'D' },
};
