// A notice as PDF: text that can be selected, the font's used characters embedded, the map as lines and not as a picture.
import type { Printable } from './fonts.ts';
import type { MapFrame } from './mapFrame.ts';
import { MM, SHEET } from './mapPaper.ts';
import { drawMapSheet } from './mapSheet.ts';
import type { MapSurroundings } from './mapContext.ts';
import { sectionNumber, type Block, type Column, type NoticeContent, type Section, type Text } from './noticeModel.ts';
import { cornerList } from './pdfCorners.ts';
import { box, broken, paragraph, table, tableHeight, type ParagraphStyle, type TableStyle } from './pdfFlow.ts';
import { AREA, PAGE, Pages } from './pdfPages.ts';

const BODY: ParagraphStyle = { size: 16, leading: 28, indent: 2 };
const HEADING: ParagraphStyle = { size: 16, leading: 30, indent: 2, strong: true };
const SMALL: ParagraphStyle = { size: 10.5, leading: 16 };
const DRAFT = '#8E1B84';
/** Attachments, a blank line, authority and date: what a signature takes. */
const FOOT = 5 * BODY.leading + 8;
/** A table up to this height is not torn by the end of a page. */
const LONGEST_WHOLE = 130;

/** Bytes of the PDF. */
export function noticePdf(content: NoticeContent, frame: MapFrame, surroundings: MapSurroundings, printable: Printable): Uint8Array {
  const pages = new Pages(content.title, printable, content.watermark);
  head(pages, content);
  paragraph(pages, content.opening, BODY);
  for (const [i, section] of content.sections.entries()) {
    const isLast = i === content.sections.length - 1;
    // the last section goes on to the page of the signature: no page is signed that says nothing
    const needed = isLast ? sectionHeight(pages, section) + FOOT : HEADING.leading + blockHeight(pages, section.blocks[0]);
    pages.ensure(Math.min(needed, AREA.bottom - AREA.top));
    paragraph(pages, [{ text: `${sectionNumber(i)}${section.heading}` }], HEADING);
    for (const block of section.blocks) drawBlock(pages, block);
  }
  foot(pages, content);
  pages.next();
  attachmentHead(pages, '附件1', '危险区拐点坐标表');
  cornerList(pages, content);
  notesBelow(pages, content);
  mapPage(pages, content, frame, surroundings);
  return pages.close();
}

function head(pages: Pages, { banners, title, titleParts, english, documentNo }: NoticeContent): void {
  if (banners.length > 0) box(pages, banners[0] ?? '', banners.slice(1), { size: 12, leading: 19, color: DRAFT, align: 'center' });
  pages.ensure(1);
  pages.y += 8;
  const fits = pages.width(title, 22, true) <= AREA.width;
  for (const line of fits ? [title] : titleParts)
    paragraph(pages, [{ text: line }], { size: 22, leading: 34, strong: true, align: 'center' });
  paragraph(pages, [{ text: english }], { size: 10, leading: 16, align: 'center', color: '#43504B' });
  pages.y += 4;
  paragraph(pages, documentNo, { size: 16, leading: 30, align: 'center' });
  pages.y += 10;
}

function sectionHeight(pages: Pages, { blocks }: Section): number {
  return blocks.reduce((sum, block) => sum + blockHeight(pages, block), HEADING.leading);
}

/** Points that a block takes, or as much of a long one as must stay together. */
function blockHeight(pages: Pages, block: Block | undefined): number {
  if (!block) return 0;
  if (block.kind === 'paragraph') return broken(pages, block.text, BODY).length * BODY.leading;
  const { columns, rows, style } = tableOf(block);
  return Math.min(LONGEST_WHOLE, tableHeight(pages, columns, rows, style));
}

function drawBlock(pages: Pages, block: Block): void {
  if (block.kind === 'paragraph') return paragraph(pages, block.text, BODY);
  const { columns, rows, style } = tableOf(block);
  const height = tableHeight(pages, columns, rows, style);
  if (height <= LONGEST_WHOLE) pages.ensure(height);
  pages.y += 3;
  table(pages, columns, rows, style);
}

function tableOf(block: Exclude<Block, { kind: 'paragraph' }>): {
  columns: readonly Column[];
  rows: readonly (readonly Text[])[];
  style: TableStyle;
} {
  if (block.kind === 'table') return { ...block, style: { size: 10.5, leading: 15 } };
  return {
    columns: [
      { title: '', share: 34, align: 'center' },
      { title: '', share: 100, align: 'left' },
    ],
    rows: block.rows.map(([label, value]) => [[{ text: label }], value]),
    style: { size: 13, leading: 20, labels: true },
  };
}

function foot(pages: Pages, { signature, missing }: NoticeContent): void {
  pages.y += 8;
  pages.ensure(FOOT);
  paragraph(pages, [{ text: '附件：1．危险区拐点坐标表' }], BODY);
  paragraph(pages, [{ text: '2．危险区范围图' }], { ...BODY, indent: 5 });
  pages.y += BODY.leading;
  // the seal goes over name and date; the date ends four characters from the edge
  const right = { ...BODY, indent: 0, align: 'right', width: AREA.width - 4 * BODY.size } as const;
  paragraph(pages, signature.authority, right);
  paragraph(pages, signature.date, right);
  pages.y += 14;
  if (missing.length > 0)
    box(
      pages,
      `要素缺失（${missing.length}项，补齐前不宜公告）`,
      missing.map((line, i) => `${i + 1}．${line}`),
      { ...SMALL, color: DRAFT },
    );
}

/** Small print behind the corners, which most of it is about. */
function notesBelow(pages: Pages, { notes }: NoticeContent): void {
  pages.y += SMALL.leading;
  pages.ensure(SMALL.leading * 3);
  paragraph(pages, [{ text: '附注' }], { ...SMALL, strong: true });
  for (const [i, line] of [...notes, ...unprintable(pages)].entries()) paragraph(pages, [{ text: `${i + 1}．${line}` }], SMALL);
}

function unprintable(pages: Pages): string[] {
  const { replaced } = pages;
  return replaced.length === 0 ? [] : [`字库缺字，以〓代替：${replaced.join('、')}，张贴前请手工补正。`];
}

function attachmentHead(pages: Pages, label: string, title: string): void {
  paragraph(pages, [{ text: label }], { size: 16, leading: 24, strong: true });
  paragraph(pages, [{ text: title }], { size: 16, leading: 28, strong: true, align: 'center' });
}

function mapPage(pages: Pages, content: NoticeContent, frame: MapFrame, surroundings: MapSurroundings): void {
  const pen = pages.next();
  const left = (PAGE.width - SHEET.width * MM) / 2;
  pen.letters.draw('附件2', left + SHEET.face.left * MM, 44, { size: 16, strong: true });
  pen.context.save();
  pen.context.translate(left, 50);
  drawMapSheet(pen, content, frame, surroundings);
  pen.context.restore();
}
