// The page's one counting worker, shared by whoever counts: what the map shows, and the shape in the hand. It is started
// when the first asks and ended with the last, and holds the index of the newest revision. Its reading is logged.
import { effect, signal } from '@preact/signals';
import { isStaff, revision } from '../state/service.ts';
import type { Answer, Request } from './messages.ts';

export type CounterState = 'off' | 'loading' | 'ready' | 'failed';

export const counterState = signal<CounterState>('off');
/** A newer index could not be fetched: what is counted is of an older revision. */
export const indexIsOld = signal(false);
/** Size of the index and how long it took to fetch and unpack. */
export const indexLoad = signal<{ readonly bytes: number; readonly milliseconds: number } | null>(null);

const SETTLE_MS = 800;

type Listener = (answer: Answer) => void;

/** A hold on the worker. */
export interface Counter {
  ask(request: Request): void;
  release(): void;
}

let worker: Worker | null = null;
let unfollow: (() => void) | null = null;
const listeners = new Set<Listener>();

/** Takes hold of the worker. @param listener told of every answer; numbers tell whose it is */
export function takeCounter(listener: Listener): Counter {
  listeners.add(listener);
  if (!worker) startWorker();
  else if (counterState.peek() === 'failed') worker.postMessage({ ask: 'load' } satisfies Request);
  return {
    ask: (request) => worker?.postMessage(request),
    release: () => {
      listeners.delete(listener);
      if (listeners.size === 0) endWorker();
    },
  };
}

/** Asks for the index again after it could not be had. */
export function retryCounter(): void {
  if (counterState.peek() !== 'ready') counterState.value = 'loading';
  worker?.postMessage({ ask: 'load' } satisfies Request);
}

let numbers = 0;
/** A number for a question, unique in the page. */
export const nextNumber = (): number => ++numbers;

function startWorker(): void {
  worker = new Worker(new URL('./counting.worker.ts', import.meta.url), { type: 'module' });
  counterState.value = 'loading';
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    if (data.answer === 'loaded') {
      counterState.value = 'ready';
      indexIsOld.value = false;
      indexLoad.value = { bytes: data.bytes, milliseconds: data.milliseconds };
    } else if (data.answer === 'failed') {
      indexIsOld.value = counterState.peek() === 'ready';
      if (!indexIsOld.peek()) counterState.value = 'failed';
    }
    for (const listener of listeners) listener(data);
  });
  const stops = [
    // a new revision, a new index; the old one goes on counting until it is there
    effect(() => {
      void revision.value;
      const first = counterState.peek() === 'loading';
      // an import is many revisions, and the index is megabytes: only what things have settled to is fetched
      const timer = setTimeout(() => worker?.postMessage({ ask: 'load' } satisfies Request), first ? 0 : SETTLE_MS);
      return () => clearTimeout(timer);
    }),
    effect(() => {
      if (!isStaff.value) queueMicrotask(endWorker);
    }),
  ];
  unfollow = () => {
    for (const stop of stops) stop();
  };
}

function endWorker(): void {
  unfollow?.();
  unfollow = null;
  worker?.terminate();
  worker = null;
  counterState.value = 'off';
  indexLoad.value = null;
  indexIsOld.value = false;
}
