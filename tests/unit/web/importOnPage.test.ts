// What the page makes of the service's sentences about a file.
import { describe, expect, test } from 'vitest';
import { ApiError } from '../../../web/api/http.ts';
import { inLanguage } from '../../../web/panels/import/sentence.ts';
import { columnsIn, offersOf, shiftedIn } from '../../../web/state/staff/importProblem.ts';

describe('sentences of an import', () => {
  test.each([
    [
      '文字按 gb18030 读取，如有乱码请指定编码 The text was taken as gb18030.',
      '文字按 gb18030 读取，如有乱码请指定编码',
      'The text was taken as gb18030.',
    ],
    ['“不详” 不是坐标 is not a coordinate', '“不详” 不是坐标', '“不详” 不是坐标 is not a coordinate'],
    ['The file has no column for 名称 name.', 'The file has no column for 名称 name.', 'The file has no column for 名称 name.'],
    [
      '未注明坐标系，按横坐标带号取 EPSG:4526。No system is stated: EPSG:4526 by the zone number.',
      '未注明坐标系，按横坐标带号取 EPSG:4526。',
      'No system is stated: EPSG:4526 by the zone number.',
    ],
    [
      '库中已有编号 Z1；更新请用 mode=upsert schools already has the id Z1',
      '库中已有编号 Z1；更新请用 mode=upsert schools already has the id Z1',
      '库中已有编号 Z1；更新请用 mode=upsert schools already has the id Z1',
    ],
    ['no state given', 'no state given', 'no state given'],
    ['边界未闭合，已闭合', '边界未闭合，已闭合', '边界未闭合，已闭合'],
  ])('%s', (message, zh, en) => {
    expect(inLanguage(message, 'zh-CN')).toBe(zh);
    expect(inLanguage(message, 'en')).toBe(en);
  });

  test('systems are offered as listed, else as the sentence names them', () => {
    const detail = 'Give `crs`: EPSG:4547 (113.5591, 37.8701), EPSG:4526 (113.5591, 37.8701) land in the county.';
    expect(offersOf(new ApiError(422, detail, 'crs_needed')).map(({ crs }) => crs)).toEqual(['EPSG:4547', 'EPSG:4526']);
    const listed = [{ pointer: '/crs', code: 'crs_choice', detail: 'EPSG:4547 113.559066 37.870085' }];
    expect(offersOf(new ApiError(422, detail, 'crs_needed', listed))).toEqual([{ crs: 'EPSG:4547', lon: 113.559066, lat: 37.870085 }]);
    expect(offersOf(new ApiError(422, 'such as EPSG:4547 for the 3° zone', 'crs_needed'))).toEqual([]);
  });

  test('columns are taken from a refusal that names them', () => {
    expect(columnsIn('… or give `mapping`. It has: 编号, 东向, 北向.')).toEqual(['编号', '东向', '北向']);
    expect(columnsIn('No column of the file is known: a, b. Is the first row the header?')).toEqual(['a', 'b']);
    expect(columnsIn('The file has a header and no rows.')).toEqual([]);
    expect(shiftedIn('疑为 BD-09 坐标')).toEqual(['BD-09']);
  });
});
