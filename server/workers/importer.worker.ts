// Reads one file and ends. A hostile file can cost this thread its life, and nothing else.
import { workerData } from 'node:worker_threads';
import { importFile, type ImportRequest } from '../ingest/importFile.ts';
import { writePreview } from '../ingest/preview.ts';
import { writeRejectedCsv } from '../ingest/rejectedCsv.ts';
import { openGeoPackage } from '../store/gpkg/geopackageStore.ts';
import { stepBack } from './priority.ts';
import { serve } from './rpc.ts';

export interface ImporterData {
  storePath: string;
}

stepBack(10);
const store = openGeoPackage((workerData as ImporterData).storePath, { readOnly: true });

const handlers = {
  run: (request: ImportRequest, stagingPath: string) => importFile(request, store, stagingPath, (read) => port.emit({ read })),
  writeRejected: (stagingPath: string, conflicts: readonly { row: number; message: string }[], csvPath: string) =>
    writeRejectedCsv(stagingPath, conflicts, csvPath),
  writePreview: (stagingPath: string, path: string) => writePreview(stagingPath, path),
};
export type ImporterHandlers = typeof handlers;

const port = serve(handlers, () => store.close());
