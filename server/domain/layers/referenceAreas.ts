import { code, integer, json, text } from '../field.ts';
import type { LayerDefinition } from '../layer.ts';

/** 参考范围: what the rules draw beside the threatened areas. It counts nobody. Derived and read-only. */
export const referenceAreas: LayerDefinition = {
  name: 'reference-areas',
  zh: '参考范围',
  en: 'Reference areas',
  geometry: ['Polygon', 'MultiPolygon'],
  derived: true,
  fields: [
    code('kind', '类别', 'Kind', {
      management_range: { zh: '河道管理范围', en: 'River management range' },
      influence_line: { zh: '沉陷影响范围', en: 'Subsidence influence line' },
      mine_danger_area: { zh: '矿山沉陷危险范围', en: 'Danger area of a mine’s seams' },
    }),
    text('layer', '来源图层', 'Source layer'),
    text('source_id', '来源编号', 'Source id'),
    text('name', '名称', 'Name'),
    text('rule', '规则', 'Rule'),
    integer('rule_version', '规则版本', 'Rule version'),
    text('formula', '算式', 'Formula'),
    json('inputs', '输入', 'Inputs'),
  ],
};
