// What the records make of typed values, filters, conflicts and earlier versions.
import './browser.ts';
import { describe, expect, test } from 'vitest';
import { validateProperties } from '../../../server/changes/validateFeature.ts';
import { LAYERS, writableFieldsOf, type LayerName } from '../../../server/domain/layer.ts';
import { parseCql2Text } from '../../../server/http/ogc/cql2Text.ts';
import { ID_FIELD } from '../../../server/http/ogc/itemsQuery.ts';
import type { Item } from '../../../web/api/features.ts';
import { groupsOf, lifeFields, requiredNow } from '../../../web/panels/records/form/groups.ts';
import { restorationOf } from '../../../web/panels/records/form/restore.ts';
import { decided, differencesOf, onTopOf } from '../../../web/state/staff/recordsConflict.ts';
import { changedCells, dropAllEdits, edits, rebaseEdit, setCell, undoCell, valueIn } from '../../../web/state/staff/recordsEdits.ts';
import { columnFields, fieldNamed, isEditable, mainColumns, RECORD_LAYERS, textFilter } from '../../../web/state/staff/recordsFields.ts';
import { readGrid } from '../../../web/state/staff/gridReading.ts';
import { readValue, textOfValue } from '../../../web/state/staff/fieldValues.ts';

const item = (properties: Item['properties'], id = 'a'): Item => ({
  type: 'Feature',
  id,
  geometry: { type: 'Point', coordinates: [113.5, 37.8] },
  properties,
});

const TYPED: readonly (readonly [layer: LayerName, field: string, text: string])[] = [
  ['schools', 'students', '120'],
  ['schools', 'students', '1,200'],
  ['schools', 'students', '１２０'],
  ['schools', 'students', '12.5'],
  ['schools', 'students', '-1'],
  ['schools', 'students', '多'],
  ['schools', 'kind', 'primary'],
  ['schools', 'kind', '小学'],
  ['schools', 'is_shelter', 'true'],
  ['schools', 'is_shelter', '是'],
  ['schools', 'calendar', '{"terms":[]}'],
  ['schools', 'calendar', '{'],
  ['schools', 'name', '甲'.repeat(4000)],
  ['schools', 'name', '甲'.repeat(4001)],
  ['hazard-points', 'slope_deg', '34.5'],
  ['hazard-points', 'slope_deg', '91'],
  ['hazard-areas', 'season_from', '06-01'],
  ['hazard-areas', 'season_from', '6月1日'],
  ['danger-zones', 'announced_on', '2026-02-28'],
  ['danger-zones', 'announced_on', '2026-02-30'],
  ['danger-zones', 'announced_on', '去年'],
];

describe('typed values', () => {
  test.each(TYPED)('%s.%s “%.12s” is taken or refused as the service does', (layer, name, text) => {
    const field = fieldNamed(layer, name);
    if (!field) throw new Error(`${layer} has no field ${name}`);
    const read = readValue(field, text);
    // what the page refuses to read is given to the service as it would stand in a request without the page
    const raw = field.type === 'integer' || field.type === 'number' ? (Number.isNaN(Number(text)) ? text : Number(text)) : text;
    const sent = 'value' in read ? read.value : raw;
    const taken = (): unknown => validateProperties(layer, { [name]: sent });
    if ('value' in read) expect(taken).not.toThrow();
    else if (field.type !== 'json') expect(taken).toThrow();
  });

  test('nothing typed is no value, and what is stored comes back as it was', () => {
    for (const { name } of LAYERS) {
      for (const field of writableFieldsOf(name)) expect(readValue(field, '  ')).toEqual({ value: null });
    }
    const students = fieldNamed('schools', 'students');
    if (!students) throw new Error('no field');
    expect(readValue(students, textOfValue(students, 1234))).toEqual({ value: 1234 });
  });
});

describe('fields', () => {
  test('every layer that is kept by hand has columns, all of them fields; states are walked and not typed', () => {
    expect(RECORD_LAYERS).not.toContain('threatened-areas');
    for (const layer of RECORD_LAYERS) {
      const names = columnFields(layer).map(({ name }) => name);
      expect(mainColumns(layer).length).toBeGreaterThan(3);
      for (const column of mainColumns(layer)) expect(names).toContain(column);
    }
    const status = fieldNamed('danger-zones', 'status');
    expect(status && isEditable('danger-zones', status)).toBe(false);
  });

  test('the form shows every field once, and marks what the present state rests on', () => {
    for (const layer of RECORD_LAYERS) {
      const shown = groupsOf(layer).flatMap(({ fields }) => fields.map(({ name }) => name));
      expect(new Set(shown).size).toBe(shown.length);
      for (const { name } of writableFieldsOf(layer)) expect(shown).toContain(name);
    }
    expect([...requiredNow('danger-zones', 'announced')]).toEqual(['technical_unit', 'confirmed_by', 'document_no', 'announced_on']);
    expect([...requiredNow('hazard-points', null)]).toEqual([]);
    expect(requiredNow('schools', null).size).toBe(0);
  });

  test.each(["O'Brien", '100%', 'a_b\\c', '%%%%%%%%', "') OR 1=1 --", '沙坪'])(
    'the filter for “%s” is one that the service reads',
    (text) => {
      for (const layer of RECORD_LAYERS) {
        const filter = textFilter(layer, text);
        expect(() => parseCql2Text(filter ?? '', [ID_FIELD, ...columnFields(layer)])).not.toThrow();
      }
      expect(textFilter('schools', ' ')).toBeNull();
    },
  );
});

describe('changed cells', () => {
  test('are kept with the row as it was read, undone one by one, and gone when they say the same again', () => {
    dropAllEdits();
    const row = item({ revision: 4, name: '甲', students: 10 });
    setCell(row, 'students', 11);
    setCell({ ...row, properties: { ...row.properties, revision: 5 } }, 'name', '乙');
    setCell(row, 'students', 12);
    expect(changedCells.value).toBe(2);
    expect(edits.value.get('a')?.item.properties['revision']).toBe(4);
    expect(undoCell()).toEqual({ id: 'a', field: 'students' });
    expect(valueIn(row, 'students', edits.value)).toBe(11);
    undoCell();
    undoCell();
    expect([changedCells.value, undoCell()]).toEqual([0, null]);
    setCell(row, 'students', null);
    setCell(row, 'students', 10);
    expect(edits.value.size).toBe(0);
  });

  test('go on top of what somebody else stored', () => {
    dropAllEdits();
    const base = item({ revision: 4, name: '甲', students: 10, kind: 'primary' });
    const theirs = item({ revision: 5, name: '丙', students: 10, kind: 'junior' });
    const mine = { values: { name: '乙', students: 12 } };
    const rows = differencesOf(base, theirs, mine);
    expect(rows.map(({ field, contested }) => `${field} ${contested}`)).toEqual(['name true', 'students false', 'kind false']);
    expect(decided(rows, {})).toBe(false);
    expect(decided(rows, { name: 'theirs' })).toBe(true);
    expect(onTopOf(theirs, mine, { name: 'theirs' })).toEqual({ values: { students: 12 } });
    expect(onTopOf(theirs, mine, { name: 'mine' })).toEqual({ values: { name: '乙', students: 12 } });
    setCell(base, 'students', 12);
    rebaseEdit(theirs, { students: 12 });
    expect(edits.value.get('a')?.item.properties['revision']).toBe(5);
    rebaseEdit(theirs, {});
    expect(edits.value.size).toBe(0);
  });
});

describe('an earlier version', () => {
  test('is put back but for the steps of a life, which stay as they are and are named', () => {
    const now = item({ revision: 9, name: '新名', status: 'announced', document_no: '文1', extra: null, reason: '公告', basis: 'survey' });
    const then = {
      properties: { name: '旧名', status: 'draft', basis: 'survey' },
      geometry: { type: 'Point' as const, coordinates: [113.6, 37.9] },
    };
    expect(restorationOf('danger-zones', now, then)).toEqual({
      change: { properties: { name: '旧名' }, geometry: then.geometry },
      left: ['status', 'document_no'],
    });
    expect(lifeFields('schools').size).toBe(0);
  });

  test('that is the same, or differs in steps only, has nothing to put back', () => {
    const now = item({ name: '甲', state: 'removed' });
    expect(restorationOf('hazard-points', now, { properties: { name: '甲', state: 'registered' }, geometry: now.geometry })).toBeNull();
  });

  test('takes a position away from a household only', () => {
    const now = item({ address: '甲', name: '甲' });
    const then = { properties: { address: '甲', name: '乙' }, geometry: null };
    expect(restorationOf('households', now, then)?.change.geometry).toBeNull();
    expect(restorationOf('schools', now, then)?.change).toEqual({ properties: { name: '乙' } });
  });
});

describe('metres of a zone', () => {
  test('with their number, and without it in the zone of the district', () => {
    const prefixed = readGrid({ easting: 38_461_203.36, northing: 4_193_169.71, prefixed: true }, 0);
    const plain = readGrid({ easting: 461_203.36, northing: 4_193_169.71, prefixed: false }, 113.56);
    expect(prefixed).toMatchObject({ epsg: 4526, zone: 38, meridian: 114, width: 3 });
    expect(plain).toMatchObject({ epsg: 4547, zone: 38, meridian: 114, width: 3 });
    expect(prefixed?.lon).toBeCloseTo(113.559066, 6);
    expect(plain?.lat).toBeCloseTo(37.870085, 6);
    expect(readGrid({ easting: 24_461_203, northing: 4_193_169, prefixed: true }, 0)).toBeNull();
  });
});
