// The parts of a notice's page that are arithmetic: scale, grid, hatching, places of labels, line breaks.
import { describe, expect, test } from 'vitest';
import type { Position } from '../../../server/domain/feature.ts';
import { localZoneOf } from '../../../server/notices/corners.ts';
import { hatch } from '../../../server/notices/hatch.ts';
import { linesOf } from '../../../server/notices/lineBreaks.ts';
import { mapFrame, roundLength, roundScale } from '../../../server/notices/mapFrame.ts';
import { coarseToFine, LabelPlaces } from '../../../server/notices/mapLabels.ts';
import { plain } from '../../../server/notices/noticeModel.ts';
import { square } from '../../support/square.ts';
import { ringOf } from './cases.ts';

describe('the frame', () => {
  test('has a round scale that the zone fits', () => {
    expect([1, 500, 501, 1000, 1001, 7600, 11_000].map(roundScale)).toEqual([500, 500, 750, 1000, 1500, 10_000, 15_000]);
    expect([0.7, 36, 72, 180, 500].map(roundLength)).toEqual([1, 50, 100, 200, 500]);
    const geometry = square(113.5, 37.8, 0.003);
    const zone = localZoneOf(geometry);
    const corners = ringOf(113.5, 37.8, 0.003);
    const frame = mapFrame(corners, zone, { width: 160, height: 184 });
    expect(frame.scale).toBe(2500);
    for (const corner of corners) {
      const [x, y] = frame.toPaper(corner);
      expect(x).toBeGreaterThan(8);
      expect(x).toBeLessThan(152);
      expect(y).toBeGreaterThan(8);
      expect(y).toBeLessThan(176);
    }
    const [a, b] = [frame.toPaper(corners[0] as Position), frame.toPaper(corners[1] as Position)];
    // 0.003° of longitude at 37.8° is 264.2 m
    expect((Math.hypot(a[0] - b[0], a[1] - b[1]) * frame.scale) / 1000).toBeCloseTo(264.2, 0);
    expect(frame.grid.interval).toBe(100);
    expect(frame.grid.eastings.every((easting) => easting % 100 === 0 && Math.floor(easting / 1e6) === 38)).toBe(true);
  });
});

test('hatching covers the area by the even-odd rule and no more', () => {
  const box = (from: number, to: number): Position[] => [
    [from, from],
    [to, from],
    [to, to],
    [from, to],
  ];
  const strokes = hatch([box(0, 700), box(210, 490)], 7);
  const length = strokes.reduce((sum, [a, b]) => sum + Math.hypot(b[0] - a[0], b[1] - a[1]), 0);
  const area = 700 * 700 - 280 * 280;
  expect((length * 7) / Math.SQRT2 / area).toBeCloseTo(1, 2);
  for (const [a, b] of strokes) {
    const [x, y] = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    expect(x > 210 && x < 490 && y > 210 && y < 490).toBe(false);
  }
});

test('labels never overlap, and whatever number finds room is spread evenly', () => {
  const places = new LabelPlaces(100, 100);
  expect(places.take(10, 10, 20, 10)).toBe(true);
  expect(places.take(25, 15, 20, 10)).toBe(false);
  expect(places.take(31, 10, 20, 10)).toBe(true);
  expect(places.take(90, 90, 20, 5)).toBe(false);
  expect([...coarseToFine(9)].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect([...coarseToFine(9)].slice(0, 4)).toEqual([0, 8, 4, 2]);
});

describe('line breaks', () => {
  const measure = (text: string) => [...text].reduce((sum, character) => sum + (character < '\u2000' ? 0.5 : 1), 0);
  const broken = (text: string, width: number, indent = 0) => linesOf([{ text }], width, indent, measure).map((line) => plain(line.runs));

  test('closing marks never begin a line, opening marks never end one', () => {
    expect(broken('危险区范围如下，见附件', 7)).toEqual(['危险区范围如', '下，见附件']);
    expect(broken('依据该《条例》规定', 4)).toEqual(['依据该', '《条例》', '规定']);
  });

  test('figures and words stay whole unless they are wider than a line', () => {
    expect(broken('面积37962.7平方米', 5)).toEqual(['面积', '37962.7平', '方米']);
    expect(broken('ABCDEFGHIJ', 3)).toEqual(['ABCDEF', 'GHIJ']);
  });

  test('no character is lost, missing marks keep their mark', () => {
    const text = [{ text: '公告方式：' }, { text: '「未注明」', missing: true }, { text: '。有效期见下。' }];
    const lines = linesOf(text, 5, 2, measure);
    expect(lines.map((line) => plain(line.runs)).join('')).toBe('公告方式：「未注明」。有效期见下。');
    expect(
      lines
        .flatMap((line) => line.runs)
        .filter((run) => run.missing)
        .map((run) => run.text)
        .join(''),
    ).toBe('「未注明」');
  });
});
