// The parts that exports are made of: cells of CSV, well-known text, zips.
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { guarded, unguarded } from '../../../server/exchange/formula.ts';
import { csvLine } from '../../../server/exchange/csv.ts';
import { MemorySink } from '../../../server/export/fileSink.ts';
import { numberText } from '../../../server/export/dbfSpool.ts';
import { writeGbk } from '../../../server/exchange/gbk.ts';
import { fromWkt, toWkt } from '../../../server/exchange/wkt.ts';
import { xlsxTable } from '../../../server/export/xlsx.ts';
import { ZipWriter } from '../../../server/export/zip.ts';
import { features } from './features.ts';

describe('cells of CSV', () => {
  test('no text that a spreadsheet would calculate is left without an apostrophe', () => {
    for (const text of ['=1', '+86 1', '-a', '@x', '\t=1', '\r=1', '＝1', "'=1"]) expect(guarded(text)).toBe(`'${text}`);
    for (const text of ['-5', '+3.2', "'quoted'", 'a=1', '']) expect(guarded(text)).toBe(text);
  });

  test('every text comes back from behind its apostrophe', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("'", '=', '-', '+', '1', '.', 'a', '@', '＝') }),
        (text) => unguarded(guarded(text)) === text,
      ),
    );
  });

  test('a text with another delimiter is quoted, so that nobody takes it for the file’s', () => {
    expect(csvLine(['a；b', 'a;b', 'a，b', 'a|b', 1])).toBe('a；b,"a;b","a，b","a|b",1\r\n');
  });
});

describe('well-known text', () => {
  test('keeps every digit of every kind of geometry', () => {
    fc.assert(
      fc.property(features('facilities'), (list) => {
        for (const { geometry } of list) if (geometry) expect(fromWkt(toWkt(geometry))).toEqual(geometry);
      }),
    );
  });

  test('of others is read too: case, SRID, Z and M, exponents', () => {
    expect(fromWkt('SRID=4490;Point Z(113.5 37.8 12)')).toEqual({ type: 'Point', coordinates: [113.5, 37.8] });
    expect(fromWkt(' linestring(1e-7 +2,.5 -3.)')).toEqual({
      type: 'LineString',
      coordinates: [
        [1e-7, 2],
        [0.5, -3],
      ],
    });
    expect(fromWkt('POLYGON EMPTY')).toBeNull();
  });

  test('what is none is said to be none', () => {
    for (const text of ['', 'CIRCLE (1 2)', 'POINT (1 x)', 'POLYGON ((1 2, 3 4)', 'POINT (1 2); DROP'])
      expect(fromWkt(text), text).toBeUndefined();
  });
});

test('a zip holds its members whole, empty ones and ones of several pieces', () => {
  const sink = new MemorySink();
  const zip = new ZipWriter(sink, new Date(2026, 4, 18, 8, 30, 20));
  const large = Uint8Array.from({ length: 3_000_001 }, (_, i) => (i * 7919) % 251);
  zip.open('空.txt');
  zip.open('大.bin');
  zip.write(large.subarray(0, 1_500_000));
  zip.write(large.subarray(1_500_000));
  zip.open('a.txt');
  zip.text('险图');
  zip.finish();
  const members = unzipSync(sink.bytes());
  expect(Object.keys(members)).toEqual(['空.txt', '大.bin', 'a.txt']);
  expect(members['空.txt']).toHaveLength(0);
  expect(Buffer.from(members['大.bin'] ?? []).equals(Buffer.from(large))).toBe(true);
  expect(new TextDecoder().decode(members['a.txt'])).toBe('险图');
});

test('a number keeps its value in at most 24 characters', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = numberText(value);
      expect(text.length).toBeLessThanOrEqual(24);
      expect(Number(text)).toBe(value === 0 ? 0 : value);
    }),
    { numRuns: 2000 },
  );
});

describe('GBK proper', () => {
  const write = (text: string, most = 254) => {
    const bytes = new Uint8Array(most);
    const { length, ...told } = writeGbk(text, bytes, 0, most);
    return { text: new TextDecoder('gbk').decode(bytes.subarray(0, length)), length, ...told };
  };

  test('has two bytes for a character or 〓, never the four bytes of GB18030', () => {
    expect(write('啊a①镕')).toEqual({ text: '啊a①镕', length: 7, replaced: 0, cut: false });
    expect(write('𠀀€ḿ㐀\u0007')).toMatchObject({ text: '〓〓〓〓〓', replaced: 5 });
  });

  test('is cut between characters', () => {
    expect(write('一二三', 5)).toEqual({ text: '一二', length: 4, replaced: 0, cut: true });
    expect(write('一二', 4)).toMatchObject({ text: '一二', cut: false });
  });
});

test('a workbook escapes what XML would read otherwise', () => {
  const members = unzipSync(xlsxTable(['<a>'], [['_x0041_ & "b"\r\n'], [null], [1.5, true, 'x', { a: 1 }]]));
  const sheet = new TextDecoder().decode(members['xl/worksheets/sheet1.xml']);
  expect(sheet).toContain('<t xml:space="preserve">_x005F_x0041_ &amp; &quot;b&quot;&#13;\n</t>');
  expect(sheet).toContain('<row r="3"></row><row r="4"><c r="A4"><v>1.5</v></c><c r="B4" t="b"><v>1</v></c>');
  expect(sheet).toContain('state="frozen"');
});
