// A made-up world that the server and PostGIS both count, for the tests beside this file.
import { afterAll, beforeAll } from 'vitest';
import type { Cluster } from '../../scripts/verify/cluster.ts';
import { Oracle, type Comparison, type RawFeature } from '../support/postgis.ts';
import { Client, startServer, type TestServer } from '../support/server.ts';

export type LonLat = readonly [lon: number, lat: number];

export const point = (id: string, [lon, lat]: LonLat, properties: Record<string, unknown> = {}): RawFeature => ({
  id,
  geometry: { type: 'Point', coordinates: [lon, lat] },
  properties,
});

/** Counts one world before the tests of its block. `build` imports it and fills the oracle. */
export function world(cluster: Cluster | null, name: string, build: (oracle: Oracle, planner: Client) => Promise<void>): () => Comparison {
  const state: { result?: Comparison; server?: TestServer } = {};
  beforeAll(async () => {
    if (!cluster) return;
    state.server = await startServer();
    const planner = await Client.as(state.server, 'planner');
    const oracle = await Oracle.open(cluster, name);
    await build(oracle, planner);
    state.result = await oracle.compare(planner);
  });
  afterAll(() => state.server?.stop());
  return () => {
    if (!state.result) throw new Error('the world was not built');
    return state.result;
  };
}
