// What an import would put on the map, as GeoJSON: a sample of its rows, and every row that was put right as it was and as it is.
import { writeFile } from 'node:fs/promises';
import type { Feature } from '../domain/feature.ts';
import { Staging } from './staging.ts';

/** Rows shown at most, and mended rows shown beside them. */
const MOST = { rows: 2000, mended: 500 } as const;

const shown = (id: string, row: number, role: 'accepted' | 'before' | 'after', geometry: unknown, codes: readonly string[]) => ({
  type: 'Feature',
  id: `${row} ${role}`,
  geometry,
  properties: { row, id, role, mended: codes },
});

/** No property of the rows is in it but their number and id. */
export async function writePreview(stagingPath: string, path: string): Promise<void> {
  const staging = Staging.open(stagingPath);
  try {
    const features: unknown[] = [];
    const mended = new Set<number>();
    for (const { row, feature, mended: how } of staging.mended(MOST.mended)) {
      mended.add(row);
      if (how.before !== null) features.push(shown(feature.id, row, 'before', how.before, how.codes));
      features.push(shown(feature.id, row, 'after', feature.geometry, how.codes));
    }
    for (const { row, feature } of staging.accepted(MOST.rows)) {
      if (!mended.has(row) && feature.geometry)
        features.push(shown(feature.id, row, 'accepted', feature.geometry satisfies Feature['geometry'], []));
    }
    await writeFile(path, JSON.stringify({ type: 'FeatureCollection', features }), { mode: 0o600 });
  } finally {
    staging.close();
  }
}
