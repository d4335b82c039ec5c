import { code, metres, number, text } from '../field.ts';
import type { LayerDefinition } from '../layer.ts';

/** 河段: centrelines digitised downstream, with the widths of the threatened strip on each bank. */
export const riverSections: LayerDefinition = {
  name: 'river-sections',
  zh: '河段',
  en: 'River sections',
  geometry: ['LineString', 'MultiLineString'],
  fields: [
    text('river', '河流', 'River', { aliases: ['河流名称', '河道名称', '河名'], public: true }),
    text('name', '河段名', 'Section', { aliases: ['河段名称', '名称'], public: true }),
    text('river_code', '河流编码', 'River code', { aliases: ['河流代码', '河段编码'], public: true }),
    number('chainage_from_m', '起点桩号', 'Chainage from', { unit: 'm', public: true }),
    number('chainage_to_m', '终点桩号', 'Chainage to', { unit: 'm', public: true }),
    code(
      'chainage_origin',
      '桩号起算',
      'Chainage counted from',
      {
        upstream: { zh: '上游起', en: 'Upstream end', synonyms: ['上游'] },
        mouth: { zh: '河口起', en: 'Mouth', synonyms: ['河口'] },
      },
      { public: true },
    ),
    code(
      'bank',
      '岸别',
      'Bank',
      {
        left: { zh: '左岸', en: 'Left bank', synonyms: ['左'] },
        right: { zh: '右岸', en: 'Right bank', synonyms: ['右'] },
        both: { zh: '两岸', en: 'Both banks', synonyms: ['双岸', '左右岸'] },
      },
      { public: true },
    ),
    metres('width_left_m', '左岸宽度', 'Width, left', { aliases: ['左宽', '左侧宽度'], public: true }),
    metres('width_right_m', '右岸宽度', 'Width, right', { aliases: ['右宽', '右侧宽度'], public: true }),
    metres('management_left_m', '左岸管理范围', 'Management range, left'),
    metres('management_right_m', '右岸管理范围', 'Management range, right'),
    number('return_period_a', '重现期', 'Return period', { min: 0, unit: 'a', public: true }),
    number('warning_stage_m', '警戒水位', 'Warning stage', { unit: 'm', public: true }),
    number('guaranteed_stage_m', '保证水位', 'Guaranteed stage', { unit: 'm', public: true }),
    text('dike_class', '堤防等级', 'Dike class'),
    text('river_chief_county', '县级河长', 'River chief, county', { public: true }),
    text('river_chief_township', '乡级河长', 'River chief, township', { aliases: ['镇级河长'], public: true }),
    text('river_chief_village', '村级河长', 'River chief, village'),
    text('responsible_unit', '责任单位', 'Responsible unit', { public: true }),
    text('responsible_person', '责任人', 'Responsible person'),
    number('cleared_m3', '清障量', 'Cleared volume', { min: 0, unit: 'm³' }),
    metres('cleared_length_m', '清障长度', 'Cleared length'),
  ],
};
