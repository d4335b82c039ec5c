// The one thread that writes features. Its event loop may block; nobody is served from it.
import { readFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { Writer, type Edit, type Editor, type StagedImport } from '../changes/writer.ts';
import { openGeoPackage } from '../store/gpkg/geopackageStore.ts';
import type { Fact } from '../store/store.ts';
import { loadKernel } from '../zones/geos.ts';
import { ruleSetSchema } from '../zones/ruleSet.ts';
import { stepBack } from './priority.ts';
import { serve } from './rpc.ts';

export interface WriterData {
  storePath: string;
  rulesPath: string;
}

stepBack(5);
const data = workerData as WriterData;
const rules = ruleSetSchema.parse(JSON.parse(readFileSync(data.rulesPath, 'utf8')));
const store = openGeoPackage(data.storePath, { readOnly: false });
const writer = loadKernel().then((kernel) => new Writer(store, rules, kernel));

const handlers = {
  revision: () => store.revision(),
  rules: async () => rules,
  edit: async (edit: Edit, editor: Editor) => (await writer).edit(edit, editor),
  commitImport: async (staged: StagedImport) => (await writer).commitImport(staged),
  undoImport: async (importId: string, by: string) => (await writer).undoImport(importId, by),
  setFact: (name: Fact, value: string) => store.setFact(name, value),
  changedOutside: () => store.changedOutside(),
  close: () => store.close(),
};
export type WriterHandlers = typeof handlers;

serve(handlers);
