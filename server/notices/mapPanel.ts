// Below the map: what its signs mean, its scale, and where it comes from.
import type { Position } from '../domain/feature.ts';
import type { MapFrame } from './mapFrame.ts';
import { MM, SHEET } from './mapPaper.ts';
import { COLORS, drawCorner, drawHazard, drawPlace, drawScaleBar, drawSign, drawZone, outline, type Pen } from './mapSymbols.ts';
import type { NoticeContent } from './noticeModel.ts';

/** What is on the face: the legend explains that and nothing else. */
export interface Drawn {
  /** Corners with their number. */
  readonly numbered: number;
  readonly rivers: boolean;
  readonly townships: boolean;
  readonly zones: boolean;
  readonly schools: boolean;
  readonly shelters: boolean;
  readonly hazard: boolean;
  readonly signs: boolean;
}

interface Entry {
  readonly words: string;
  readonly shown: boolean;
  /** Draws the sign around this middle. */
  readonly draw: (at: Position) => void;
}

const COLUMNS = 2;
const COLUMN = 48 * MM;
const ROW = 14;

export function drawPanel(pen: Pen, content: NoticeContent, frame: MapFrame, drawn: Drawn): void {
  const { letters } = pen;
  const left = SHEET.face.left * MM;
  const right = left + SHEET.face.width * MM;
  const top = (SHEET.face.top + SHEET.face.height) * MM + 20;
  letters.draw('图例', left, top + 9, { size: 9.5, strong: true });
  for (const [i, { words, draw }] of entriesOf(pen, content, drawn)
    .filter(({ shown }) => shown)
    .entries()) {
    const x = left + (i % COLUMNS) * COLUMN;
    const y = top + 22 + Math.floor(i / COLUMNS) * ROW;
    draw([x + 10, y]);
    letters.draw(words, x + 26, y + 2.8, { size: 7.8 });
  }
  const bar = (frame.bar / frame.scale) * 1000 * MM;
  letters.draw(`1:${frame.scale}`, right - bar / 2, top + 10, { size: 13, strong: true, align: 'center' });
  drawScaleBar(pen, right - bar - 8, top + 27, bar, frame.bar);
  letters.draw(`坐标网间隔${frame.grid.interval}米`, right - bar / 2, top + 44, { size: 7.5, align: 'center' });
  const { zone, corners, map } = content;
  const lines = [
    `2000国家大地坐标系（CGCS2000），高斯－克吕格投影3°分带第${zone.zone}带，中央子午线东经${zone.meridian}°（EPSG:${zone.epsg}）。`,
    `资料来源：${map.source}。制图日期：${map.date}。`,
    `审图号：${map.reviewNumber}。隐患点位置按公开要求概略至约11米；乡镇界线为示意，不作划界依据。`,
    ...(drawn.numbered < corners ? [`图上注记${drawn.numbered}个拐点编号（共${corners}个，过密者从略），坐标见附件1。`] : []),
  ];
  for (const [i, line] of lines.entries()) letters.draw(line, left, top + 95 + i * 10.5, { size: 7.2, color: '#43504B' });
}

function entriesOf(pen: Pen, { kind, signs }: NoticeContent, drawn: Drawn): Entry[] {
  const revoked = kind === 'revocation';
  const color = revoked ? COLORS.revoked : COLORS.zone;
  const line =
    (stroke: string, width: number, dash: number[]) =>
    ([x, y]: Position) => {
      pen.context.beginPath();
      pen.context.moveTo(x - 10, y);
      pen.context.lineTo(x + 10, y);
      outline(pen.context, stroke, width, dash);
    };
  const cross = ([x, y]: Position) => {
    pen.context.beginPath();
    pen.context.moveTo(x - 5, y);
    pen.context.lineTo(x + 5, y);
    pen.context.moveTo(x, y - 5);
    pen.context.lineTo(x, y + 5);
    outline(pen.context, COLORS.grid, 0.5);
  };
  const swatch = ([x, y]: Position) => {
    const corners: Position[] = [
      [x - 10, y - 4.5],
      [x + 10, y - 4.5],
      [x + 10, y + 4.5],
      [x - 10, y + 4.5],
    ];
    drawZone(pen, [corners], revoked);
  };
  const proposed = signs.signs.some((sign) => sign.proposed);
  return [
    { words: revoked ? '撤销的危险区' : '危险区', shown: true, draw: swatch },
    { words: '拐点及编号（J）', shown: true, draw: (at) => drawCorner(pen, at, color) },
    { words: proposed ? '警示标志建议位置（B）' : '警示标志（B）', shown: drawn.signs, draw: (at) => drawSign(pen, at, proposed) },
    { words: '隐患点', shown: drawn.hazard, draw: (at) => drawHazard(pen, at) },
    { words: '其他已公告危险区', shown: drawn.zones, draw: line(COLORS.zone, 0.9, [3, 1.5]) },
    { words: '河段', shown: drawn.rivers, draw: line(COLORS.water, 1.8, []) },
    { words: '乡镇（街道）界', shown: drawn.townships, draw: line(COLORS.township, 0.9, [7, 2.5, 1.2, 2.5]) },
    { words: '学校', shown: drawn.schools, draw: (at) => drawPlace(pen, at, 'school') },
    { words: '避险点', shown: drawn.shelters, draw: (at) => drawPlace(pen, at, 'shelter') },
    { words: '坐标网交点', shown: true, draw: cross },
  ];
}
