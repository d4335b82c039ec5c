import { code, text } from '../field.ts';
import type { LayerDefinition } from '../layer.ts';

/** 乡镇/街道: the units that every total is broken down by. */
export const townships: LayerDefinition = {
  name: 'townships',
  zh: '乡镇街道',
  en: 'Townships',
  geometry: ['Polygon', 'MultiPolygon'],
  fields: [
    text('code', '行政区划代码', 'Division code', { aliases: ['代码', '区划代码', '编码', 'adcode'], public: true }),
    text('name', '名称', 'Name', { aliases: ['乡镇名称', '街道名称'], public: true }),
    code(
      'level',
      '级别',
      'Level',
      {
        county: { zh: '县', en: 'County', synonyms: ['区县', 'district'] },
        township: { zh: '乡镇', en: 'Township', synonyms: ['街道', '镇', '乡'] },
        village: { zh: '村', en: 'Village', synonyms: ['社区'] },
        grid: { zh: '网格', en: 'Grid' },
      },
      { public: true },
    ),
    text('parent', '上级代码', 'Parent code', { public: true }),
    text('responsible_person', '责任人', 'Responsible person'),
  ],
};
