// Makes one public notice and ends.
import { workerData } from 'node:worker_threads';
import { noticeOf, type NoticeRequest } from '../notices/noticeOf.ts';
import { openGeoPackage } from '../store/gpkg/geopackageStore.ts';
import { stepBack } from './priority.ts';
import { serve } from './rpc.ts';

export interface NoticeData {
  storePath: string;
}

stepBack(10);
const store = openGeoPackage((workerData as NoticeData).storePath, { readOnly: true });

const handlers = {
  run: (request: NoticeRequest) => noticeOf(store, request),
};
export type NoticeHandlers = typeof handlers;

serve(handlers, () => store.close());
