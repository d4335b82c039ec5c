// The faces and sizes of a notice in Word, after GB/T 9704: names of fonts that Chinese offices have, nothing embedded.
import type { IRunOptions } from 'docx';

/** Twips per point, and per millimetre. */
export const POINT = 20;
export const MILLIMETRE = 1440 / 25.4;

const face = (eastAsia: string) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia });

/** 仿宋 for text, 黑体 for headings, 宋体 for the title (小标宋 is not on every machine) and tables. */
export const FACES = { text: face('仿宋'), heading: face('黑体'), title: face('宋体') } as const;

/** Half-points: 三号, 二号, 五号, 小五. */
export const SIZES = { text: 32, title: 44, table: 21, note: 20, corner: 17 } as const;

/** The mark of a missing element. */
export const MISSING_RUN: IRunOptions = { bold: true, color: '8E1B84', shading: { type: 'clear', color: 'auto', fill: 'F3E3F2' } };

export const DRAFT_COLOR = '8E1B84';

/** Paragraph style of the corner list: its rows name it and carry no formatting of their own. */
export const CORNER_STYLE = 'CornerCell';

/** Width of the text area in twips: 28 characters of 三号. */
export const TEXT_WIDTH = 448 * POINT;

export const MARGINS = {
  top: Math.round(37 * MILLIMETRE),
  bottom: Math.round(35 * MILLIMETRE),
  left: Math.round(73.6 * POINT),
  right: Math.round(73.6 * POINT),
} as const;

const narrow = Math.round(12 * MILLIMETRE);
const edge = Math.round(6 * MILLIMETRE);

/** Of the map's page: the sheet is printed at its own size, or its scale would not hold. */
export const MAP_MARGINS = { top: narrow, bottom: narrow, left: narrow, right: narrow, header: edge, footer: edge } as const;

/** A4 in twips. */
export const A4 = { width: 11906, height: 16838 } as const;
