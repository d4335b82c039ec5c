// Looks for features by text. It may read a whole layer; nobody else waits for it.
import { workerData } from 'node:worker_threads';
import type { Role } from '../domain/role.ts';
import { openGeoPackage } from '../store/gpkg/geopackageStore.ts';
import { search } from '../views/search.ts';
import { stepBack } from './priority.ts';
import { serve } from './rpc.ts';

export interface SearchData {
  storePath: string;
}

stepBack(5);
const store = openGeoPackage((workerData as SearchData).storePath, { readOnly: true });

const handlers = {
  search: (role: Role, query: string, limit: number) => search(store, role, query, limit),
};
export type SearchHandlers = typeof handlers;

serve(handlers, () => store.close());
