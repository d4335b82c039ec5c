// A large layer goes through without being held: memory does not grow with it, in any format.
import { rmSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { StoredFeature, Reads } from '../../../server/store/store.ts';
import { EXPORT_FORMATS } from '../../../server/export/exportLayer.ts';
import { written } from './readBack.ts';

const ROWS = 100_000;
/** Bytes; a writer's own buffers, a cache of SQLite's and what the collector has not taken yet are far less. */
const MOST_GROWTH = 200 * 1024 * 1024;

function household(i: number): StoredFeature {
  return {
    id: `H${String(i).padStart(9, '0')}`,
    geometry: { type: 'Point', coordinates: [113.4 + (i % 1000) * 3e-4, 37.7 + Math.floor(i / 1000) * 3e-4] },
    properties: {
      address: `贵石沟街道石卜嘴社区${i % 40}组${i}号`,
      village: '石卜嘴社区',
      head_name: `户主${i}`,
      people: i % 7,
      structure: 'brick_concrete',
      property_wan: (i % 1000) / 10,
      township: '140303006000',
      revision: 1,
      updated_at: '2026-05-18T08:00:00.000Z',
      updated_by: 'planner',
      source: `households.csv#${i}`,
      source_crs: 'EPSG:4547',
      extra: { 备注: `第${i}户` },
    },
    sequence: i,
    revision: 1,
  };
}

describe.each(EXPORT_FORMATS)('%s', (format) => {
  test(`writes ${ROWS} households in bounded memory`, async () => {
    let most = 0;
    const start = process.memoryUsage().rss;
    const store: Reads = {
      get: async () => null,
      count: async () => ROWS,
      // oxlint-disable-next-line typescript/require-await -- a store answers with a stream
      select: async function* (layer) {
        if (layer !== 'households') return;
        for (let i = 0; i < ROWS; i++) {
          if (i % 5000 === 0) most = Math.max(most, process.memoryUsage().rss);
          yield household(i);
        }
      },
    };
    const begun = performance.now();
    const file = await written(store, 'households', format, 4547);
    const seconds = (performance.now() - begun) / 1000;
    most = Math.max(most, process.memoryUsage().rss);
    const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(0);
    process.stdout.write(
      `${format}: ${Math.round(ROWS / seconds)} rows/s, ${megabytes(statSync(file.path).size)} MB, RSS +${megabytes(most - start)} MB\n`,
    );
    rmSync(file.folder, { recursive: true });
    expect(file.count).toBe(ROWS);
    expect(most - start).toBeLessThan(MOST_GROWTH);
  });
});
