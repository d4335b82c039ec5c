// Serves some bytes as the service serves the page's index, from a thread of its own so that whoever fetches them does not wait for
// itself.
import express from 'express';
import type { AddressInfo } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { INDEX_LEVEL } from '../../../server/http/indexBody.ts';

const bytes = gzipSync((workerData as { bytes: Uint8Array<ArrayBuffer> }).bytes, { level: INDEX_LEVEL });
const app = express();
app.get('/', (_request, response) => {
  response.set('Content-Encoding', 'gzip').type('application/octet-stream').send(bytes);
});
const server = app.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
