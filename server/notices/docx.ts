// A notice as a Word file that an office can still edit; the map is a picture at 220 dots an inch.
import { createCanvas } from '@napi-rs/canvas';
import {
  AlignmentType,
  Document,
  Footer,
  Header,
  ImageRun,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  SectionType,
  TextRun,
  type ISectionOptions,
  type Table,
} from 'docx';
import { TextWatermark } from 'docx/watermarks';
import { blockOf, bodyParagraph, framed } from './docxBlocks.ts';
import { cornerTable, withCorners } from './docxCorners.ts';
import { A4, CORNER_STYLE, DRAFT_COLOR, FACES, MAP_MARGINS, MARGINS, POINT, SIZES } from './docxStyles.ts';
import type { Printable } from './fonts.ts';
import { Lettering } from './lettering.ts';
import type { MapSurroundings } from './mapContext.ts';
import type { MapFrame } from './mapFrame.ts';
import { MM, SHEET } from './mapPaper.ts';
import { drawMapSheet } from './mapSheet.ts';
import { drawWatermark } from './mapSymbols.ts';
import { sectionNumber, type NoticeContent } from './noticeModel.ts';

const MAP_DPI = 220;
/** Characters of 二号 in a line. */
const TITLE_LINE = 20;
/** Pixels of the docx library: 96 to the inch. */
const PIXEL = 96 / 25.4;

type MarginOptions = Readonly<Record<string, number>>;

/** Bytes of the Word file. */
export async function noticeDocx(
  content: NoticeContent,
  frame: MapFrame,
  surroundings: MapSurroundings,
  printable: Printable,
): Promise<Uint8Array> {
  const around = headersAndFooters(content);
  const section = (children: ISectionOptions['children'], margin: MarginOptions): ISectionOptions => ({
    ...around,
    properties: { type: SectionType.NEXT_PAGE, page: { size: A4, margin } },
    children,
  });
  const document = new Document({
    title: content.title,
    creator: 'Xiantu',
    evenAndOddHeaderAndFooters: true,
    styles: {
      paragraphStyles: [
        {
          id: CORNER_STYLE,
          name: 'Corner cell',
          run: { size: SIZES.corner, font: FACES.title },
          paragraph: { alignment: AlignmentType.CENTER },
        },
      ],
    },
    sections: [
      section([...body(content), ...closing(content)], MARGINS),
      section([...corners(content), ...notesBelow(content, printable)], MARGINS),
      section([attachmentLabel('附件2'), map(content, frame, surroundings, printable)], MAP_MARGINS),
    ],
  });
  return withCorners(new Uint8Array(await Packer.toBuffer(document)), content.rings);
}

function body(content: NoticeContent): (Paragraph | Table)[] {
  const { banners, title, titleParts, english, documentNo, opening, sections } = content;
  const centred = { alignment: AlignmentType.CENTER, indent: { firstLine: 0 } };
  return [
    ...(banners.length > 0 ? [framed(banners[0] ?? '', banners.slice(1), AlignmentType.CENTER)] : []),
    ...(title.length > TITLE_LINE ? titleParts : [title]).map((line, i) =>
      bodyParagraph(
        [{ text: line }],
        { ...centred, spacing: { before: i === 0 ? 12 * POINT : 0, line: 36 * POINT, lineRule: LineRuleType.EXACT } },
        { font: FACES.title, size: SIZES.title, bold: true },
      ),
    ),
    bodyParagraph([{ text: english }], { ...centred, spacing: { after: 6 * POINT } }, { font: FACES.text, size: SIZES.note }),
    bodyParagraph(documentNo, { ...centred, spacing: { after: 10 * POINT } }),
    bodyParagraph(opening),
    ...sections.flatMap(({ heading, blocks }, i) => [
      bodyParagraph([{ text: `${sectionNumber(i)}${heading}` }], { keepNext: true }, { font: FACES.heading }),
      ...blocks.flatMap(blockOf),
    ]),
  ];
}

function closing({ signature, missing }: NoticeContent): (Paragraph | Table)[] {
  // the date ends four characters from the edge; the seal goes over both lines, which stay together
  const right = { alignment: AlignmentType.RIGHT, indent: { firstLine: 0, right: 64 * POINT } };
  return [
    bodyParagraph([{ text: '附件：1．危险区拐点坐标表' }], { spacing: { before: 14 * POINT } }),
    bodyParagraph([{ text: '2．危险区范围图' }], { indent: { firstLine: 80 * POINT } }),
    bodyParagraph([], {}),
    bodyParagraph(signature.authority, { ...right, keepNext: true }),
    bodyParagraph(signature.date, right),
    bodyParagraph([], {}),
    ...(missing.length > 0
      ? [
          framed(
            `要素缺失（${missing.length}项，补齐前不宜公告）`,
            missing.map((line, i) => `${i + 1}．${line}`),
          ),
        ]
      : []),
  ];
}

function attachmentLabel(text: string): Paragraph {
  return bodyParagraph([{ text }], { indent: { firstLine: 0 } }, { font: FACES.heading });
}

function corners({ zone, extents, corners: count }: NoticeContent): (Paragraph | Table)[] {
  const system = `CGCS2000（EPSG:4490）经纬度；高斯－克吕格3°分带第${zone.zone}带平面坐标（EPSG:${zone.epsg}，中央子午线${zone.meridian}°E），Y含带号。`;
  return [
    attachmentLabel('附件1'),
    bodyParagraph([{ text: '危险区拐点坐标表' }], { alignment: AlignmentType.CENTER, indent: { firstLine: 0 } }, { font: FACES.heading }),
    new Paragraph({
      spacing: { after: 6 * POINT },
      children: [
        new TextRun({ text: `${system}面积${extents.all.area.toFixed(1)}平方米，拐点${count}个。`, size: SIZES.note, font: FACES.title }),
      ],
    }),
    cornerTable(),
  ];
}

/** Small print behind the corners, which most of it is about. */
function notesBelow({ notes }: NoticeContent, { replaced }: Printable): Paragraph[] {
  const note = (text: string, bold: boolean) =>
    new Paragraph({ children: [new TextRun({ text, bold, size: SIZES.note, font: FACES.title })] });
  const lacking = replaced.length > 0 ? [`范围图字库缺字，以〓代替：${replaced.join('、')}，张贴前请手工补正。`] : [];
  return [note('', false), note('附注', true), ...[...notes, ...lacking].map((line, i) => note(`${i + 1}．${line}`, false))];
}

function map(content: NoticeContent, frame: MapFrame, surroundings: MapSurroundings, printable: Printable): Paragraph {
  const scale = MAP_DPI / 72;
  const canvas = createCanvas(Math.round(SHEET.width * MM * scale), Math.round(SHEET.height * MM * scale));
  const context = canvas.getContext('2d');
  context.fillStyle = '#FFFFFF';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  const pen = { context, letters: new Lettering(context, printable) };
  drawMapSheet(pen, content, frame, surroundings);
  // the picture hides what the header puts behind it
  if (content.watermark !== null) drawWatermark(pen, content.watermark, { width: SHEET.width * MM, height: SHEET.height * MM });
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [
      new ImageRun({
        type: 'png',
        data: canvas.toBuffer('image/png'),
        transformation: { width: Math.round(SHEET.width * PIXEL), height: Math.round(SHEET.height * PIXEL) },
        altText: { name: '范围图', title: content.map.title, description: `${content.map.title}，比例尺1:${frame.scale}` },
      }),
    ],
  });
}

/** Page numbers on the outer side, and across every page what the notice is not yet or no longer. */
function headersAndFooters({ watermark }: NoticeContent): Pick<ISectionOptions, 'headers' | 'footers'> {
  const footer = (alignment: IAlignment) =>
    new Footer({
      children: [
        new Paragraph({ alignment, children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], size: 28, font: FACES.title })] }),
      ],
    });
  const header = (text: string) =>
    new Header({
      children: [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          children: [
            new TextRun({ text, bold: true, size: SIZES.table, font: FACES.heading, color: DRAFT_COLOR }),
            new TextWatermark({ text, font: '黑体', color: DRAFT_COLOR, opacity: 0.2 }),
          ],
        }),
      ],
    });
  return {
    footers: { default: footer(AlignmentType.RIGHT), even: footer(AlignmentType.LEFT) },
    ...(watermark === null ? {} : { headers: { default: header(watermark), even: header(watermark) } }),
  };
}

type IAlignment = (typeof AlignmentType)[keyof typeof AlignmentType];
