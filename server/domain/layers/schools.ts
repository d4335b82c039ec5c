import { boolean, code, count, json, metres, text } from '../field.ts';
import type { LayerDefinition } from '../layer.ts';
import { BUILDING_GRADES } from './buildingGrades.ts';

/** 学校: kindergartens to vocational schools, as a point or a campus polygon. */
export const schools: LayerDefinition = {
  name: 'schools',
  zh: '学校',
  en: 'Schools',
  geometry: ['Point', 'Polygon', 'MultiPolygon'],
  fields: [
    text('school_code', '学校标识码', 'School code', { aliases: ['标识码', '学校代码'], public: true }),
    text('name', '名称', 'Name', { aliases: ['学校名称', '校名'], public: true }),
    code(
      'kind',
      '办学类型',
      'Kind',
      {
        kindergarten: { zh: '幼儿园', en: 'Kindergarten' },
        primary: { zh: '小学', en: 'Primary' },
        junior: { zh: '初中', en: 'Junior secondary' },
        nine_year: { zh: '九年一贯', en: 'Nine-year', synonyms: ['九年一贯制'] },
        senior: { zh: '高中', en: 'Senior secondary' },
        complete: { zh: '完中', en: 'Complete secondary', synonyms: ['完全中学'] },
        twelve_year: { zh: '十二年制', en: 'Twelve-year', synonyms: ['十二年一贯制'] },
        vocational: { zh: '中职', en: 'Vocational', synonyms: ['职业学校', '职高'] },
        special: { zh: '特殊教育', en: 'Special', synonyms: ['特教'] },
      },
      { public: true, aliases: ['学校类型', '类型'] },
    ),
    code(
      'ownership',
      '举办者',
      'Ownership',
      {
        public: { zh: '公办', en: 'Public' },
        private: { zh: '民办', en: 'Private' },
      },
      { public: true, aliases: ['办学性质'] },
    ),
    count('students', '在校生', 'Students', { aliases: ['学生数', '在校生数'] }),
    count('boarders', '寄宿生', 'Boarders', { aliases: ['寄宿生数'] }),
    count('staff', '教职工', 'Staff', { aliases: ['教职工数'] }),
    count('classes', '班数', 'Classes', { aliases: ['班级数'] }),
    json('calendar', '校历', 'Calendar (terms)'),
    code(
      'building_finding',
      '校舍排查结论',
      'Building finding',
      {
        safe: { zh: '安全', en: 'Safe' },
        ordinary_hazard: { zh: '一般安全隐患', en: 'Ordinary hazard', synonyms: ['存在一般安全隐患'] },
        major_hazard: { zh: '重大安全隐患', en: 'Major hazard', synonyms: ['存在重大安全隐患'] },
      },
      { aliases: ['排查结论'] },
    ),
    code('building_grade', '鉴定等级', 'Building grade', BUILDING_GRADES),
    json('site_classes', '选址类别', 'Site classes', { computed: true }),
    text('flood_officer', '防汛责任人', 'Flood officer'),
    text('safety_officer', '安全员', 'Safety officer'),
    text('evacuation_point', '避险地点', 'Evacuation point', { public: true }),
    boolean('is_shelter', '是否避难场所', 'Serves as a shelter', { public: true }),
    metres('position_accuracy_m', '定位精度', 'Position accuracy', { aliases: ['定位误差'] }),
  ],
};
