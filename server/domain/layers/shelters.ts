import { boolean, code, count, number, text } from '../field.ts';
import type { LayerDefinition } from '../layer.ts';

/** 避险点 and 应急避难场所; one inside a threatened area takes nobody. */
export const shelters: LayerDefinition = {
  name: 'shelters',
  zh: '避险点',
  en: 'Shelters',
  geometry: ['Point', 'Polygon', 'MultiPolygon'],
  fields: [
    text('name', '名称', 'Name', { aliases: ['避险点名称', '场所名称'], public: true }),
    code(
      'class',
      '类别',
      'Class',
      {
        evacuation_point: { zh: '避险点', en: 'Evacuation point' },
        emergency: { zh: '紧急避难场所', en: 'Emergency shelter', synonyms: ['紧急'] },
        short: { zh: '短期避难场所', en: 'Short-term shelter', synonyms: ['短期'] },
        medium: { zh: '中期避难场所', en: 'Medium-term shelter', synonyms: ['中期'] },
        long: { zh: '长期避难场所', en: 'Long-term shelter', synonyms: ['长期'] },
        central: { zh: '中心避难场所', en: 'Central shelter', synonyms: ['中心'] },
      },
      { public: true, aliases: ['场所类别'] },
    ),
    count('capacity', '容纳人数', 'Capacity', { public: true, aliases: ['可容纳人数'] }),
    number('effective_area_m2', '有效避难面积', 'Effective area', { min: 0, unit: 'm²', public: true }),
    text('manager', '负责人', 'Manager', { aliases: ['管理人'] }),
    text('phone', '电话', 'Phone', { aliases: ['联系电话'] }),
    boolean('indoor', '室内', 'Indoor', { public: true }),
    boolean('inside_hazard', '位于危险区内', 'Inside a threatened area', { computed: true, public: true }),
  ],
};
