// What every store must do, whichever it is. The GeoPackage passes it; a PostGIS store must too.
import { shippedRules } from '../../support/rules.ts';
import { describe, expect, test } from 'vitest';
import type { Feature } from '../../../server/domain/feature.ts';
import type { LayerName } from '../../../server/domain/layer.ts';
import type { FeatureStore, Query } from '../../../server/store/store.ts';

const EDITOR = { by: 'tester', reason: 'because' };

const point = (id: string, lon: number, lat: number, properties: Feature['properties'] = {}): Feature => ({
  id,
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties,
});

async function ids(store: FeatureStore, layer: LayerName, query?: Query): Promise<string[]> {
  const found: string[] = [];
  for await (const feature of store.select(layer, query)) found.push(feature.id);
  return found;
}

const put = (store: FeatureStore, layer: LayerName, ...features: Feature[]) =>
  store.transact(EDITOR, async (transaction) => {
    for (const feature of features) await transaction.put(layer, feature);
  });

export function storeContract(name: string, open: () => Promise<FeatureStore>): void {
  describe(name, () => {
    const withStore = (work: (store: FeatureStore) => Promise<void>) => async () => {
      const store = await open();
      try {
        await work(store);
      } finally {
        await store.close();
      }
    };

    test(
      'gives back what was put, to the last digit',
      withStore(async (store) => {
        const geometry = {
          type: 'MultiPolygon',
          coordinates: [
            [
              [
                [113.123456789012, 37.1],
                [113.2, 37.1],
                [113.2, 37.2],
                [113.123456789012, 37.1],
              ],
            ],
          ],
        } as const;
        const properties = { name: '一号', season_from: '06-01', return_period_a: 50.5, extra: { 备注: ['a', 1, null] } };
        await put(store, 'hazard-areas', { id: 'a', geometry, properties });
        const stored = await store.get('hazard-areas', 'a');
        expect(stored?.geometry).toEqual(geometry);
        expect(stored?.properties).toMatchObject(properties);
        expect(stored?.properties).toMatchObject({ revision: 1, updated_by: 'tester', kind: null });
      }),
    );

    test(
      'keeps every revision, who made it and why, and the end',
      withStore(async (store) => {
        await put(store, 'schools', point('s', 113, 37, { name: 'first' }));
        await store.transact({ by: 'other', reason: 'renamed' }, (t) => t.put('schools', point('s', 113, 37, { name: 'second' })));
        await store.transact({ by: 'third', reason: 'closed' }, (t) => t.remove('schools', 's').then(() => undefined));
        await put(store, 'schools', point('s', 113, 37, { name: 'again' }));
        const history = await store.history('schools', 's');
        expect(history.map((h) => [h.revision, h.operation, h.by, h.reason, h.properties['name']])).toEqual([
          [1, 'created', 'tester', 'because', 'first'],
          [2, 'changed', 'other', 'renamed', 'second'],
          [3, 'removed', 'third', 'closed', 'second'],
          [4, 'created', 'tester', 'because', 'again'],
        ]);
      }),
    );

    test(
      'lists what was removed and is not there now, as it was last, the latest first',
      withStore(async (store) => {
        await put(store, 'schools', point('a', 113, 37, { name: 'first' }), point('b', 113, 37), point('c', 113, 37));
        const remove = (by: string, ...gone: string[]) =>
          store.transact({ by, reason: `${by} said so` }, async (t) => {
            for (const id of gone) await t.remove('schools', id);
          });
        await remove('one', 'a', 'b');
        await put(store, 'schools', point('a', 114, 37, { name: 'second' }));
        await remove('two', 'c');
        await remove('three', 'a');
        await put(store, 'schools', point('b', 113, 37));
        const removed = await store.removed('schools', { limit: 10 });
        expect(removed.map(({ id, revision, by, reason, operation }) => [id, revision, by, reason, operation])).toEqual([
          ['a', 5, 'three', 'three said so', 'removed'],
          ['c', 4, 'two', 'two said so', 'removed'],
        ]);
        expect(removed[0]).toMatchObject({ geometry: { coordinates: [114, 37] }, properties: { name: 'second', revision: 3 } });
        expect((await store.removed('schools', { limit: 1 })).map(({ id }) => id)).toEqual(['a']);
        expect((await store.removed('schools', { id: 'c', limit: 1 })).map(({ id }) => id)).toEqual(['c']);
        expect(await store.removed('schools', { id: 'b', limit: 1 })).toEqual([]);
        expect(await store.removed('households', { limit: 10 })).toEqual([]);
      }),
    );

    test(
      'finds by box, filter and id, in a stable order that can be continued',
      withStore(async (store) => {
        await put(store, 'households', point('a', 113, 37, { people: 3 }), point('b', 114, 37, { people: 5 }), {
          id: 'c',
          geometry: null,
          properties: { people: 7 },
        });
        expect(await ids(store, 'households', { boxes: [[112.9, 36.9, 113.1, 37.1]] })).toEqual(['a', 'c']);
        expect(await ids(store, 'households', { filter: { op: '>', property: 'people', value: 4 } })).toEqual(['b', 'c']);
        expect(await ids(store, 'households', { filter: { op: 'not', arg: { op: 'in', property: 'people', values: [3, 5] } } })).toEqual([
          'c',
        ]);
        expect(await ids(store, 'households', { ids: ['c', 'a', 'none'] })).toEqual(['a', 'c']);
        const first = await ids(store, 'households', { limit: 2 });
        const second = await store.get('households', first[1] ?? '');
        expect(await ids(store, 'households', { after: second?.sequence ?? 0 })).toEqual(['c']);
        expect(await store.count('households', { boxes: [[112.9, 36.9, 113.1, 37.1]] })).toBe(2);
      }),
    );

    test(
      'a value is a value, whatever it spells',
      withStore(async (store) => {
        const nasty = `'; DROP TABLE "schools"; --`;
        await put(store, 'schools', point(nasty, 113, 37, { name: nasty }));
        expect(await ids(store, 'schools', { filter: { op: '=', property: 'name', value: nasty } })).toEqual([nasty]);
        await expect(ids(store, 'schools', { filter: { op: '=', property: 'name" OR 1=1 --', value: 'x' } })).rejects.toThrow();
      }),
    );

    test(
      'a transaction that fails leaves nothing, not even a revision',
      withStore(async (store) => {
        await put(store, 'schools', point('s', 113, 37));
        const failing = store.transact(EDITOR, async (t) => {
          await t.put('schools', point('t', 113, 37));
          await t.remove('schools', 's');
          throw new Error('no');
        });
        await expect(failing).rejects.toThrow('no');
        expect(await ids(store, 'schools')).toEqual(['s']);
        expect(await store.revision()).toBe(1);
        expect(await store.history('schools', 't')).toEqual([]);
      }),
    );

    test(
      'transactions that overlap in time run one after another',
      withStore(async (store) => {
        const commits = await Promise.all([1, 2, 3, 4].map((n) => put(store, 'schools', point(`s${n}`, 113, 37))));
        expect(commits.map((commit) => commit.revision).toSorted()).toEqual([1, 2, 3, 4]);
      }),
    );

    test(
      'a transaction without changes takes no revision',
      withStore(async (store) => {
        const commit = await store.transact(EDITOR, (t) => t.remove('schools', 'none'));
        expect(commit).toEqual({ revision: 0, result: false });
      }),
    );

    test(
      'rule sets stay on record, the latest is in force, and the one a new store begins with takes no revision',
      withStore(async (store) => {
        expect(await store.rules()).toBeNull();
        const begin = await store.transact({ by: 'system', reason: 'begin' }, (t) => t.putRules(shippedRules));
        expect(begin.revision).toBe(0);
        const changed = await store.transact(EDITOR, (t) => t.putRules({ ...shippedRules, version: 2 }));
        expect(changed.revision).toBe(1);
        expect(await store.rules()).toMatchObject({ version: 2, revision: 1, by: EDITOR.by });
        expect((await store.ruleSets()).map(({ version, revision }) => [version, revision])).toEqual([
          [2, 1],
          [1, 0],
        ]);
        expect((await store.ruleSets())[1]?.set).toEqual(JSON.parse(JSON.stringify(shippedRules)));
      }),
    );
  });
}
