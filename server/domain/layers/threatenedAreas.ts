import { code, json, metres, text, integer } from '../field.ts';
import type { LayerDefinition } from '../layer.ts';
import { hazardPoints } from './hazardPoints.ts';

/** 受威胁范围: what the rules make of a hazard. Derived and read-only. */
export const threatenedAreas: LayerDefinition = {
  name: 'threatened-areas',
  zh: '受威胁范围',
  en: 'Threatened areas',
  geometry: ['Polygon', 'MultiPolygon'],
  derived: true,
  fields: [
    text('zone', '来源', 'Zone'),
    text('layer', '来源图层', 'Source layer'),
    text('source_id', '来源编号', 'Source id'),
    text('hazard_id', '隐患点', 'Hazard point'),
    text('name', '名称', 'Name'),
    code('hazard_type', '灾害类型', 'Hazard type', hazardPoints.fields.find((f) => f.name === 'hazard_type')?.codes ?? {}),
    code('register', '登记类别', 'Register', hazardPoints.fields.find((f) => f.name === 'register')?.codes ?? {}),
    text('state', '状态', 'State'),
    text('kind', '类别', 'Kind'),
    text('rule', '规则', 'Rule'),
    integer('rule_version', '规则版本', 'Rule version'),
    text('formula', '算式', 'Formula'),
    json('inputs', '输入', 'Inputs'),
    json('caps_hit', '触及上限', 'Caps hit'),
    code('fallback', '退路', 'Fallback', {
      all_round: { zh: '各向同等（缺坡向或宽度）', en: 'The same in every direction' },
      provisional: { zh: '暂定范围（缺关键尺寸）', en: 'Provisional disc' },
      uniform: { zh: '各向取最宽', en: 'The widest margin everywhere' },
    }),
    json('missing', '缺少字段', 'Missing fields'),
    json('gaps', '未评估', 'Not assessed'),
    metres('radius_m', '半径', 'Radius'),
    metres('left_m', '左宽', 'Left width'),
    metres('right_m', '右宽', 'Right width'),
    metres('margin_m', '外扩', 'Margin'),
    code('grade', '险情等级', 'Danger grade', {
      very_large: { zh: '特大型', en: 'Very large' },
      large: { zh: '大型', en: 'Large' },
      medium: { zh: '中型', en: 'Medium' },
      small: { zh: '小型', en: 'Small' },
    }),
  ],
};
