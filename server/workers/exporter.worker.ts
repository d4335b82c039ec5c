// Writes one export and ends.
import { workerData } from 'node:worker_threads';
import { exportLayer, type ExportRequest } from '../export/exportLayer.ts';
import { openGeoPackage } from '../store/gpkg/geopackageStore.ts';
import { stepBack } from './priority.ts';
import { serve } from './rpc.ts';

export interface ExporterData {
  storePath: string;
}

stepBack(10);
const store = openGeoPackage((workerData as ExporterData).storePath, { readOnly: true });

const handlers = {
  run: (request: ExportRequest, folder: string) => exportLayer(store, request, folder),
};
export type ExporterHandlers = typeof handlers;

serve(handlers, () => store.close());
