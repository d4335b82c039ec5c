// Formulae come from the service with English terms between the symbols. A reader of Chinese reads them in Chinese.
import { language } from '../../state/preferences.ts';

/** Longer terms before those that they contain. */
const TERMS: readonly (readonly [string, string])[] = [
  ['left of the line (facing downstream) up to width_left_m, right up to width_right_m', '面向下游，河道线左侧至左岸宽度、右侧至右岸宽度'],
  ['left of the line up to management_left_m, right up to management_right_m', '河道线左侧至左岸管理范围宽度、右侧至右岸管理范围宽度'],
  ['hanging wall (on the side of the dip) and foot wall off the trace, over its length', '沿裂缝全长，上盘（倾向一侧）与下盘各取其宽'],
  ['L ends where the bed slope falls to the limit, if the channel has heights', '沟道有高程时，L 止于沟床坡度降至限值处'],
  ['at least four, at most this far apart along the boundary', '至少四处，沿边界间距不大于此值'],
  ['distance from the management line, landward ≤ limit', '自管理范围线向陆一侧的距离 ≤ 限值'],
  ['distance from the management line ≤ limit, clipped to the county', '自管理范围线的距离 ≤ 限值，限县域内'],
  ['inside the management range', '在管理范围内'],
  ['publication end − publication start ≥ days', '公示止 − 公示起 ≥ 天数'],
  ['general text, then that of the type', '一般规定，再加该灾种的规定'],
  ['where no angle is known', '（角量未知时）'],
  ['up to and including the limit', '含限值'],
  ['higher of people ≥ limit, property ≥ limit', '人数 ≥ 限值、财产 ≥ 限值两者取高'],
  ['higher of deaths ≥ limit, loss ≥ limit', '死亡 ≥ 限值、损失 ≥ 限值两者取高'],
  ['below all: small', '均低于：小型'],
  ['worst of ε, K, i', 'ε、K、i 取最重'],
  ['polygon as surveyed', '按实测边界'],
  ['polygon as drawn', '按所划边界'],
  ['drawn polygon', '所划边界'],
  ['x where i = limit', 'x（i = 限值处）'],
  ['bed slope', '沟床坡度'],
  ['length factor', '长度倍数'],
  ['height factor', '坡高倍数'],
  ['depth factor', '坑深倍数'],
  ['toe factor', '坡脚倍数'],
  ['behind the crest', '坡顶后'],
  ['beyond the toe', '坡脚外'],
  ['facing downstream', '面向下游'],
  ['round outer joins', '外弯处圆接'],
  ['hanging wall', '上盘'],
  ['foot wall', '下盘'],
  ['half width', '半宽'],
  ['m long', 'm 长'],
  ['as drawn', '按实测'],
  ['run-out', '滑距'],
  ['polygon', '多边形'],
  ['setback', '后缘距离'],
  ['margin', '外扩'],
  ['flanks', '两侧'],
  ['spread', '扩展'],
  ['height', '坡高'],
  ['length', '长'],
  ['radius_m', '半径'],
  ['radius', '半径'],
  ['reach', '到达距离'],
  ['width', '宽'],
  ['depth', '坑深'],
  ['slope', '坡度'],
  ['share', '占比'],
  ['least', '最小值'],
  ['crest', '坡顶后'],
  ['trace', '裂缝长'],
  ['check', '校核'],
  ['grade', '等级'],
  ['right', '右'],
  ['area', '范围'],
  ['belt', '围护带'],
  ['face', '坡面'],
  ['left', '左'],
  ['body', '滑体'],
  ['toe', '坡脚外'],
  ['rim', '坑缘'],
  ['fan', '扇'],
  ['cap', '上限'],
];

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const PATTERN = new RegExp(`(?<![A-Za-z_])(?:${TERMS.map(([term]) => escaped(term)).join('|')})(?![A-Za-z_])`, 'g');
const CHINESE = new Map(TERMS);

/** A formula as it is read in the language that is on: symbols and figures stay as they are. */
export function formulaWords(formula: string): string {
  // The middle dot of a Chinese face is as wide as a character; the operator is not.
  const written = formula.replaceAll('·', '\u22c5');
  if (language.value === 'en') return written;
  return written
    .replaceAll(/union of (\d+) zones/g, '$1 处沉陷区合并')
    .replaceAll(PATTERN, (term) => CHINESE.get(term) ?? term)
    .replaceAll(/(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])/g, '')
    .replaceAll('; ', '；')
    .replaceAll(/, (?=[\u4e00-\u9fff])/g, '，');
}
