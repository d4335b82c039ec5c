// Calls between threads: a worker offers named async functions, the other side calls them as if they were its own.
// Problems cross the boundary as what they are; bytes are moved, not copied.
import { parentPort, Worker, type Transferable } from 'node:worker_threads';
import { Problem, type Fault } from '../domain/problem.ts';

/** Functions that a worker offers. */
// oxlint-disable-next-line typescript/no-explicit-any -- the argument types are those of each concrete handler
export type Handlers = Record<string, (...args: any[]) => Promise<unknown>>;

export type Remote<H extends Handlers> = {
  [K in keyof H]: (...args: Parameters<H[K]>) => ReturnType<H[K]>;
};

interface Call {
  id: number;
  name: string;
  args: unknown[];
}

type Answer =
  | { id: number; value: unknown }
  | { id: number; problem: { status: number; code: string; detail: string; errors: readonly Fault[]; headers: Record<string, string> } }
  | { id: number; error: { message: string; stack: string | undefined } }
  | { event: unknown };

/** The last message to a worker: it closes what it holds and ends by itself. */
interface Farewell {
  end: true;
}

/**
 * Answers calls in a worker. Calls run as they come; a handler that must not overlap others queues itself.
 * @param atEnd closes what the worker holds, a database above all, when its owner has no more calls
 */
export function serve(handlers: Handlers, atEnd: () => Promise<void> = () => Promise.resolve()): { emit(event: unknown): void } {
  const port = parentPort;
  if (!port) throw new Error('serve() is for worker threads');
  port.on('message', (call: Call | Farewell) => {
    if ('end' in call) return void atEnd().finally(() => port.close());
    const answer = (message: Answer, transfer: Transferable[] = []) => port.postMessage(message, transfer);
    const handler = handlers[call.name];
    if (!handler) return answer({ id: call.id, error: { message: `no handler ${call.name}`, stack: undefined } });
    handler(...call.args).then(
      (value) => answer({ id: call.id, value }, transferablesOf(value)),
      (error: unknown) => answer({ id: call.id, ...faultOf(error) }),
    );
  });
  return { emit: (event) => port.postMessage({ event } satisfies Answer) };
}

function faultOf(error: unknown) {
  if (error instanceof Problem) {
    const { status, code, message, errors, headers } = error;
    return { problem: { status, code, detail: message, errors, headers: { ...headers } } };
  }
  return {
    error: { message: error instanceof Error ? error.message : String(error), stack: error instanceof Error ? error.stack : undefined },
  };
}

/** A byte array that is the answer, or a member of it, moves to the other thread if it owns its whole buffer. */
function transferablesOf(value: unknown): Transferable[] {
  const candidates = value instanceof Uint8Array ? [value] : typeof value === 'object' && value !== null ? Object.values(value) : [];
  return candidates.flatMap((one) =>
    one instanceof Uint8Array && one.buffer instanceof ArrayBuffer && one.byteLength === one.buffer.byteLength ? [one.buffer] : [],
  );
}

/** Milliseconds that a worker has to end by itself. */
const PATIENCE = 5000;

export interface Connection<H extends Handlers> {
  readonly call: Remote<H>;
  onEvent(listener: (event: unknown) => void): void;
  /** Lets the worker close what it holds and end; one that does not within seconds is terminated. */
  end(): Promise<void>;
  /** Ends the worker wherever it is: for one whose work nobody wants any more. */
  terminate(): Promise<void>;
}

/** Starts a worker and connects to it. When it dies, calls under way fail and `onExit` is told. */
export function connect<H extends Handlers>(
  url: URL,
  options: { workerData: unknown; name: string; onExit?: (code: number) => void; maxOldGenerationSizeMb?: number },
): Connection<H> {
  const worker = new Worker(url, {
    workerData: options.workerData,
    name: options.name,
    ...(options.maxOldGenerationSizeMb ? { resourceLimits: { maxOldGenerationSizeMb: options.maxOldGenerationSizeMb } } : {}),
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners: ((event: unknown) => void)[] = [];
  let next = 1;
  let gone: Error | null = null;
  const fail = (error: Error) => {
    gone = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on('message', (answer: Answer) => {
    if ('event' in answer) return listeners.forEach((listener) => listener(answer.event));
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('value' in answer) return call?.resolve(answer.value);
    if ('problem' in answer) {
      const { status, code, detail, errors, headers } = answer.problem;
      return call?.reject(new Problem(status, code, detail, { errors, headers }));
    }
    const error = new Error(answer.error.message);
    if (answer.error.stack) error.stack = `${answer.error.stack}\n  in worker ${options.name}`;
    call?.reject(error);
  });
  worker.on('error', fail);
  worker.on('exit', (code) => {
    fail(gone ?? new Error(`the worker ${options.name} ended (${code})`));
    options.onExit?.(code);
  });
  const call = new Proxy({} as Remote<H>, {
    get:
      (_, name) =>
      (...args: unknown[]) =>
        new Promise((resolve, reject) => {
          if (gone) return reject(gone);
          const id = next++;
          waiting.set(id, { resolve, reject });
          worker.postMessage({ id, name: String(name), args } satisfies Call);
        }),
  });
  return {
    call,
    onEvent: (listener) => listeners.push(listener),
    end: async () => {
      if (gone) return;
      const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
      worker.postMessage({ end: true } satisfies Farewell);
      const patience = setTimeout(() => void worker.terminate(), PATIENCE);
      await exited;
      clearTimeout(patience);
    },
    terminate: async () => {
      await worker.terminate();
    },
  };
}
