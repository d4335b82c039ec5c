// The revocation of a danger zone (撤销公告): why, which notice it ends, that bans are lifted and signs come down.
import { titleOf, type Draft, type Written } from './draft.ts';
import { say, type Section } from './noticeModel.ts';
import { extentBlocks, hazardSection, signTable } from './zoneSections.ts';

export function revocation(draft: Draft): Written {
  const { elements, geological, shortName, what } = draft;
  if (!geological) elements.lacks('撤销的法律依据', '该隐患点不属地质灾害登记类别，请在正文补写');
  const basis = geological ? '根据《地质灾害防治条例》（国务院令第394号）第二十条规定，' : '';
  return {
    opening: say`${basis}现撤销${shortName}${what}，有关事项公告如下：`,
    sections: [
      hazardSection(draft),
      reasonSection(draft),
      originalSection(draft),
      { heading: '撤销的范围', blocks: extentBlocks(draft, true) },
      liftingSection(draft),
      signSection(draft),
      {
        heading: '公告方式',
        blocks: [{ kind: 'paragraph', text: say`公告方式：${elements.field('danger-zones', draft.properties, 'revoked_media')}。` }],
      },
    ],
  };
}

function reasonSection({ elements, properties }: Draft): Section {
  const reason = elements.field('danger-zones', properties, 'reason', '撤销理由');
  return { heading: '撤销理由', blocks: [{ kind: 'paragraph', text: say`${reason}${/[。！？]$/.test(reason.text) ? '' : '。'}` }] };
}

function originalSection(draft: Draft): Section {
  const { elements, properties } = draft;
  const of = (name: string) => elements.field('danger-zones', properties, name, `原${NAMES[name] ?? name}`);
  return {
    heading: '原公告',
    blocks: [
      {
        kind: 'facts',
        rows: [
          ['标题', say`${titleOf(draft, 'announcement')}`],
          ['文号', [of('document_no')]],
          ['公告日期', [of('announced_on')]],
          ['公告方式', [of('announced_media')]],
        ],
      },
    ],
  };
}

const NAMES: Readonly<Record<string, string>> = { document_no: '公告文号', announced_on: '公告日期', announced_media: '公告方式' };

function liftingSection({ what }: Draft): Section {
  return {
    heading: '限制的解除',
    blocks: [
      {
        kind: 'paragraph',
        text: say`自本公告之日起，原公告在该${what}范围内规定的禁止和限制事项解除。其他法律、法规和规划的规定仍须遵守。`,
      },
    ],
  };
}

/** Only registered signs stand somewhere; proposed places would send people looking for signs that never were. */
function signSection(draft: Draft): Section {
  const { signs, elements } = draft;
  const standing = signs.spacing === null;
  return {
    heading: '警示标志的拆除',
    blocks: [
      {
        kind: 'paragraph',
        text: standing
          ? say`原设置的${signs.signs.length}处警示标志应予拆除，位置如下：`
          : say`原在边界设置的警示标志应予拆除。标志位置${elements.lacks('警示标志位置', '危险区字段 signs 没有可用的标志点')}，请沿附件1所列边界查找。`,
      },
      ...(standing ? [signTable(draft)] : []),
    ],
  };
}
