import { code, date, json, text } from '../field.ts';
import type { LayerDefinition } from '../layer.ts';

/** 危险区: drawn and, in law, delimited, announced and revoked by the county government. */
export const dangerZones: LayerDefinition = {
  name: 'danger-zones',
  zh: '危险区',
  en: 'Danger zones',
  geometry: ['Polygon', 'MultiPolygon'],
  fields: [
    text('name', '名称', 'Name', { aliases: ['危险区名称'], public: true }),
    text('hazard_id', '隐患点', 'Hazard point', { aliases: ['隐患点编号', '关联隐患点'], public: true }),
    code(
      'extent',
      '范围类别',
      'Extent',
      {
        hazard_extent: { zh: '危险范围', en: 'Hazard extent' },
        risk_extent: { zh: '风险范围', en: 'Risk extent' },
      },
      { public: true },
    ),
    code(
      'status',
      '状态',
      'Status',
      {
        draft: { zh: '拟划定', en: 'Draft', synonyms: ['草案', '草拟', '拟定'] },
        confirmed: { zh: '已确认', en: 'Confirmed', synonyms: ['确认'] },
        announced: { zh: '已公告', en: 'Announced', synonyms: ['公告'] },
        revoked: { zh: '已撤销', en: 'Revoked', synonyms: ['撤销'] },
      },
      { public: true },
    ),
    code('basis', '划定依据', 'Basis', {
      default_rule: { zh: '默认规则', en: 'Default rule' },
      survey: { zh: '调查', en: 'Survey' },
      emergency_survey: { zh: '应急调查', en: 'Emergency survey' },
      expert: { zh: '专家', en: 'Expert' },
    }),
    text('method', '划定方法', 'Method'),
    json('parameters', '参数', 'Parameters'),
    text('technical_unit', '技术支撑单位', 'Technical unit'),
    text('confirmed_by', '确认人', 'Confirmed by'),
    text('document_no', '公告文号', 'Document number', { aliases: ['文号'], public: true }),
    date('announced_on', '公告日期', 'Announced on', { public: true }),
    text('announced_media', '公告方式', 'Announced through', { aliases: ['公告媒体'], public: true }),
    json('signs', '警示标志', 'Warning signs'),
    date('revoked_on', '撤销日期', 'Revoked on'),
    text('revocation_no', '撤销文号', 'Revocation number'),
    text('revoked_media', '撤销公告方式', 'Revocation announced through'),
    text('restrictions', '限制措施', 'Restrictions', { aliases: ['禁止事项'], public: true }),
    text('reason', '变更理由', 'Reason for the latest change'),
  ],
};
