// Counts in the page, with the service's own counting code, over an index that lives in this worker's memory alone: it
// is never written to the browser's storage, and goes with the worker.
import { flatShape } from '../../server/exposure/flatShape.ts';
import { unpackIndex, type PackedIndex } from '../../server/exposure/packed.ts';
import { countPacked } from '../../server/exposure/packedCount.ts';
import type { Answer, Request } from './messages.ts';

let index: PackedIndex | null = null;

const say = (answer: Answer) => self.postMessage(answer);

async function load(): Promise<void> {
  try {
    const response = await fetch('/api/exposure/index', { credentials: 'same-origin', cache: 'no-store' });
    if (!response.ok) return say({ answer: 'failed', status: response.status, message: response.statusText });
    index = unpackIndex(new Uint8Array(await response.arrayBuffer()));
    say({ answer: 'loaded', revision: index.revision });
  } catch (error) {
    say({ answer: 'failed', status: 0, message: error instanceof Error ? error.message : String(error) });
  }
}

self.addEventListener('message', ({ data }: MessageEvent<Request>) => {
  if (data.ask === 'load') return void load();
  if (!index) return;
  const { area, base, at, number } = data;
  say({ answer: 'counted', number, count: countPacked(index, flatShape({ kind: 'area', geometry: area }, area), base, at) });
});
