// The announcement of a danger zone (划定公告): why, where, what is forbidden, where signs stand, whom to ask.
import { ruleOf } from '../domain/rules.ts';
import { textOf } from '../domain/feature.ts';
import { legible, wordOf } from './elements.ts';
import type { Draft, Written } from './draft.ts';
import { say, type Block, type Section, type Text } from './noticeModel.ts';
import { extentBlocks, hazardSection, signTable } from './zoneSections.ts';

export function announcement(draft: Draft): Written {
  const { elements, geological, shortName, what, hazard } = draft;
  if (!geological) {
    elements.lacks(
      '划定的法律依据',
      `隐患点登记类别为${wordOf('hazard-points', hazard.properties ?? {}, 'register') ?? '其他'}，不适用《地质灾害防治条例》，请在正文补写`,
    );
  }
  const basis = geological ? '根据《地质灾害防治条例》（国务院令第394号）第十九条规定，' : '';
  return {
    opening: say`${basis}现将${shortName}${what}的范围、禁止事项及有关要求公告如下：`,
    sections: [
      hazardSection(draft),
      basisSection(draft),
      { heading: '危险区范围', blocks: extentBlocks(draft, false) },
      restrictionSection(draft),
      signSection(draft),
      dutySection(draft),
      closing(draft),
    ],
  };
}

function basisSection({ elements, properties }: Draft): Section {
  const of = (name: string): Text => [elements.field('danger-zones', properties, name)];
  return {
    heading: '划定依据',
    blocks: [
      {
        kind: 'facts',
        rows: [
          ['划定依据', of('basis')],
          ['划定方法', of('method')],
          ['技术支撑单位', of('technical_unit')],
          ['确认人', of('confirmed_by')],
        ],
      },
    ],
  };
}

/** The general ban, that of the type, and the zone's own words. */
export function restrictionsOf({ input, properties, hazard, geological }: Draft): string[] {
  const { texts } = ruleOf(input.rules, 'restrictions');
  const type = hazard.properties ? textOf(hazard.properties, 'hazard_type') : null;
  const own = textOf(properties, 'restrictions');
  const lines = [
    ...(geological ? [texts?.['general']?.zh, type === null || type === 'general' ? undefined : texts?.[type]?.zh] : []),
    ...(own ?? '').split(/\r?\n/).map(legible),
  ];
  return lines.filter((line): line is string => line !== undefined && line !== '');
}

function restrictionSection(draft: Draft): Section {
  const lines = restrictionsOf(draft);
  const { elements, what } = draft;
  const items = lines.map((line, at): Block => ({ kind: 'paragraph', text: say`${at + 1}．${line.replace(/[。；;，]+$/, '')}。` }));
  return {
    heading: '禁止和限制事项',
    blocks:
      items.length > 0
        ? [{ kind: 'paragraph', text: say`自公告之日起至公告撤销之日止，在${what}范围内：` }, ...items]
        : [{ kind: 'paragraph', text: [elements.field('danger-zones', draft.properties, 'restrictions')] }],
  };
}

function signSection(draft: Draft): Section {
  const { signs, elements } = draft;
  const count = signs.signs.length;
  const sentence =
    signs.spacing === null
      ? say`危险区边界设置警示标志${count}处：`
      : say`警示标志点位${elements.lacks('警示标志', '危险区字段 signs 没有可用的标志点，下表为建议位置，设置后请登记')}。以下${count}处为建议位置（沿外边界间距不大于${Math.ceil(signs.spacing)}米，标“建议”），以实际设置为准：`;
  return { heading: '警示标志', blocks: [{ kind: 'paragraph', text: sentence }, signTable(draft)] };
}

function dutySection({ elements, hazard }: Draft): Section {
  const of = (name: string, label: string): Text => {
    if (!hazard.properties) return [elements.lacks('隐患点', '危险区未关联隐患点，防灾责任人无从列出，请填写字段 hazard_id')];
    if (name === 'responsible_phone' && hazard.phoneWithheld)
      return [elements.lacks(label, '登记的不是办公电话，手机号码不予公布；请在隐患点字段 responsible_phone 填写办公固定电话')];
    return [elements.field('hazard-points', hazard.properties, name, label)];
  };
  return {
    heading: '防灾责任人',
    blocks: [
      {
        kind: 'facts',
        rows: [
          ['防灾责任人', of('responsible_person', '防灾责任人')],
          ['办公电话', of('responsible_phone', '防灾责任人办公电话')],
        ],
      },
    ],
  };
}

function closing({ elements, properties, geological, what }: Draft): Section {
  const media = elements.field('danger-zones', properties, 'announced_media');
  const from = wordOf('danger-zones', properties, 'valid_from');
  const to = wordOf('danger-zones', properties, 'valid_to');
  const validity = from !== null || to !== null ? `登记的有效期：${from ?? '公告之日'}起${to === null ? '' : `至${to}止`}。` : '';
  return {
    heading: '公告方式及其他',
    blocks: [
      { kind: 'paragraph', text: say`公告方式：${media}。${validity}` },
      {
        kind: 'paragraph',
        text: say`险情消除或者得到有效控制的，${geological ? '依照《地质灾害防治条例》第二十条' : ''}撤销本${what}并另行公告。`,
      },
    ],
  };
}
