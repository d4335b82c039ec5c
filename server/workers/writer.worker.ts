// The one thread that writes features. Its event loop may block; nobody is served from it.
import { workerData } from 'node:worker_threads';
import { Writer, type Edit, type Editor, type IfRevisions, type StagedImport } from '../changes/writer.ts';
import { adoptRules } from '../changes/adoptRules.ts';
import type { LayerName } from '../domain/layer.ts';
import type { RuleSet } from '../domain/rules.ts';
import { openGeoPackage } from '../store/gpkg/geopackageStore.ts';
import type { Fact } from '../store/store.ts';
import { readShippedRules } from '../service/shippedRules.ts';
import { loadKernel } from '../zones/kernel/geos.ts';
import { stepBack } from './priority.ts';
import { serve } from './rpc.ts';

export interface WriterData {
  storePath: string;
  /** Folder of the rules that the product ships. */
  rulesFolder: string;
}

stepBack(5);
const data = workerData as WriterData;
const shipped = readShippedRules(data.rulesFolder);
const store = openGeoPackage(data.storePath, { readOnly: false });
const writer = loadKernel().then(async (kernel) => new Writer(store, await adoptRules(store, shipped, kernel), kernel));

/** How far an import is stored, told to the service. */
export interface Storing {
  readonly storing: { readonly importId: string; readonly stored: number };
}

const handlers = {
  /** Waits until the store has its rules. */
  revision: async () => {
    await writer;
    return store.revision();
  },
  setRules: async (set: RuleSet, editor: Editor) => (await writer).setRules(set, editor),
  edit: async (edit: Edit, editor: Editor) => (await writer).edit(edit, editor),
  restore: async (layer: LayerName, id: string, ifRevisions: IfRevisions, editor: Editor) =>
    (await writer).restore(layer, id, ifRevisions, editor),
  commitImport: async (staged: StagedImport) =>
    (await writer).commitImport(staged, (stored) => port.emit({ storing: { importId: staged.importId, stored } } satisfies Storing)),
  undoImport: async (importId: string, by: string) => (await writer).undoImport(importId, by),
  setFact: (name: Fact, value: string) => store.setFact(name, value),
  changedOutside: () => store.changedOutside(),
  close: () => store.close(),
};
export type WriterHandlers = typeof handlers;

const port = serve(handlers);
