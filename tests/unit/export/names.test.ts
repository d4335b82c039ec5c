// What columns are called: short enough, each once, and known to the importer again.
import { describe, expect, test } from 'vitest';
import { fieldsOf, layerOf, LAYER_NAMES, writableFieldsOf } from '../../../server/domain/layer.ts';
import { encodeGbk } from '../../../server/exchange/gbk.ts';
import { dbfNames, ID, ID_TITLE, sheetTitle, STANDING_FIELDS } from '../../../server/exchange/names.ts';
import { matchColumns } from '../../../server/ingest/columns.ts';
import { unitFactor, unitInHeader } from '../../../server/ingest/units.ts';

describe.each(LAYER_NAMES)('columns of %s', (layer) => {
  // a layer's own, and how those in a list stand
  const fields = [...fieldsOf(layer), ...STANDING_FIELDS];
  const short = dbfNames(layer);
  test('of a shapefile take at most 10 bytes as GBK, are Chinese, and stand once', () => {
    const names = fields.map(({ name }) => short.get(name) ?? '');
    for (const name of names) {
      expect(encodeGbk(name).length, name).toBeLessThanOrEqual(10);
      expect(name).toMatch(/^\p{Script=Han}+$/u); // a number at its end would say that two fields wanted one name
    }
    expect(new Set(names).size).toBe(names.length);
  });
});

// derived layers are never imported
describe.each(LAYER_NAMES.filter((layer) => layerOf(layer).derived !== true))('the importer and %s', (layer) => {
  const fields = [...fieldsOf(layer), ...STANDING_FIELDS];
  const short = dbfNames(layer);

  test.each([
    ['a shapefile', [ID, ...short.values()]],
    ['a workbook', [ID_TITLE, ...fields.map(sheetTitle)]],
    ['a GeoPackage', ['fid', ID, ...fields.map(({ name }) => name)]],
  ])('columns of %s are matched to their own fields without a mapping', (_, columns) => {
    const map = matchColumns(layer, columns, {});
    const offset = columns.length - fields.length;
    for (const [i, field] of fields.entries()) expect(map.get(field.name), field.name).toBe(columns[offset + i]);
    // all are taken: nothing of an export comes back as a further column
    expect([...map.values()].toSorted()).toEqual([...columns].toSorted());
  });

  test('columns of a workbook state units that are the fields’ own', () => {
    for (const field of writableFieldsOf(layer)) expect(unitFactor(field, unitInHeader(sheetTitle(field))), field.name).toBe(1);
  });

  test('columns that a county’s ledger may have as well stay what they are', () => {
    // the marks of an export missing: 来源 and 修订 are the county's own columns, kept as such
    const map = matchColumns(layer, ['id', '来源', '修订', '更新人'], {});
    expect([...map.keys()]).toEqual(['id']);
  });
});

test('a mapping names a column of an export as any other, and no field of the service in a ledger', () => {
  const columns = ['id', 'revision', 'updated_at', 'updated_by', 'source_crs', '甲'];
  expect(matchColumns('households', columns, { address: '甲' }).get('address')).toBe('甲');
  expect(matchColumns('households', columns, { revision: 'revision' }).get('revision')).toBe('revision');
  expect(() => matchColumns('households', ['id', '甲'], { revision: '甲' })).toThrow(/mapping names revision/);
});
