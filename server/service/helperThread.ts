// A thread that helps out: started when it is first needed, one job at a time, ended when a job takes too long or when nobody has
// asked for a while. What it does can be slow without anybody else waiting for it.
import { Problem } from '../domain/problem.ts';
import { connect, type Connection, type Handlers, type Remote } from '../workers/rpc.ts';
import { workerUrl } from './workerUrl.ts';

export interface HelperOptions {
  /** Of the worker's file. */
  readonly name: string;
  readonly workerData: unknown;
  /** Milliseconds that one job may take. */
  readonly deadline: number;
  readonly heapMb: number;
}

/** Jobs that may wait for their turn; more are refused at once. */
const MOST_WAITING = 32;
/** How long the end waits for the job under way. */
const PATIENCE_MS = 2000;
const IDLE_MS = 5 * 60_000;

export class HelperThread<H extends Handlers> {
  private readonly options: HelperOptions;
  private connection: Connection<H> | null = null;
  private last: Promise<unknown> = Promise.resolve();
  private waiting = 0;
  private idle: NodeJS.Timeout | null = null;
  private ending = false;

  constructor(options: HelperOptions) {
    this.options = options;
  }

  /**
   * Does a job when those before it are done.
   * @param signal a job whose asker has left before its turn is not begun
   * @throws Problem 503 when too many wait, when the job takes longer than the deadline or more memory than there is
   */
  run<T>(job: (call: Remote<H>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.waiting >= MOST_WAITING)
      return Promise.reject(
        new Problem(503, 'busy', '请求过多，请稍后再试 Too many wait for this. Try again in a moment.', {
          headers: { 'Retry-After': '5' },
        }),
      );
    this.waiting++;
    const turn = this.last.then(() => {
      this.waiting--;
      if (this.ending) throw new Problem(503, 'stopping', '服务正在停止 The service is stopping.');
      if (signal?.aborted) throw new Problem(499, 'left', 'The asker has left.');
      return this.inTime(job);
    });
    this.last = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  /** Ends the thread after its job under way, or after a few seconds; jobs that wait are not begun. */
  async end(): Promise<void> {
    this.ending = true;
    let patience: NodeJS.Timeout | undefined;
    await Promise.race([this.last, new Promise((resolve) => (patience = setTimeout(resolve, PATIENCE_MS)))]);
    clearTimeout(patience);
    if (this.idle) clearTimeout(this.idle);
    await this.connection?.end();
    this.connection = null;
  }

  private async inTime<T>(job: (call: Remote<H>) => Promise<T>): Promise<T> {
    if (this.idle) clearTimeout(this.idle);
    const connection = (this.connection ??= this.start());
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        this.connection = null;
        void connection.terminate();
        reject(tooLong(this.options.deadline));
      }, this.options.deadline);
    });
    try {
      return await Promise.race([job(connection.call), tooLate]);
    } catch (error) {
      throw isOutOfMemory(error) ? tooMuch() : error;
    } finally {
      clearTimeout(timer);
      this.idle = setTimeout(() => this.rest(), IDLE_MS);
      this.idle.unref();
    }
  }

  private start(): Connection<H> {
    const { name, workerData, heapMb } = this.options;
    const connection = connect<H>(workerUrl(name), {
      workerData,
      name,
      maxOldGenerationSizeMb: heapMb,
      onExit: () => {
        if (this.connection === connection) this.connection = null;
      },
    });
    return connection;
  }

  private rest(): void {
    const resting = this.connection;
    this.connection = null;
    void resting?.end();
  }
}

function tooLong(deadline: number): Problem {
  const seconds = Math.round(deadline / 1000);
  return new Problem(
    503,
    'took_too_long',
    `超过 ${seconds} 秒未完成，已停止；请简化后再试 This took longer than ${seconds} seconds and was stopped. Ask for something simpler.`,
  );
}

function tooMuch(): Problem {
  return new Problem(
    503,
    'too_much_memory',
    '所需内存过大，已停止 This took more memory than there is for it and was stopped. Ask for less.',
  );
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
