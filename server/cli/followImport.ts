// An import followed on the command line: how far it is, and called off by Ctrl-C.
import { setTimeout as wait } from 'node:timers/promises';
import { CliError, type Connection } from './connection.ts';

const EVERY = 250;
/** Milliseconds between two lines where stderr is no terminal. */
const LINE_EVERY = 5000;

interface State {
  readonly importId: string;
  readonly state: string;
  readonly phase?: string;
  readonly progress?: number;
  readonly problem?: { readonly detail: string };
}

/** Uploads the form and waits for its report. @throws CliError where the file cannot be read at all, or the import was called off */
export async function followImport(connection: Connection, form: FormData): Promise<Record<string, unknown>> {
  let answer = await connection.json('POST', '/api/imports', form, { Prefer: 'respond-async' });
  const path = `/api/imports/${(answer as unknown as State).importId}`;
  let calledOff = false;
  const callOff = () => {
    calledOff = true;
    void connection.send('DELETE', path).catch(() => undefined);
  };
  process.once('SIGINT', callOff);
  const line = new ProgressLine();
  try {
    for (;;) {
      const state = answer as unknown as State;
      if (state.state !== 'running') {
        if (state.state === 'cancelled' || (calledOff && state.state !== 'stored'))
          throw new CliError('the import was called off; nothing was stored');
        if (state.problem) throw new CliError(state.problem.detail);
        return answer;
      }
      line.show(`${state.phase === 'storing' ? 'stored' : 'read'} ${(state.progress ?? 0).toLocaleString('en-US')} rows`);
      await wait(EVERY);
      answer = await connection.json('GET', path);
    }
  } finally {
    process.off('SIGINT', callOff);
    line.end();
  }
}

/** One line that is written over in a terminal; elsewhere a line now and then. */
class ProgressLine {
  private last = Date.now();
  private shown = false;

  show(text: string): void {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`);
    else if (Date.now() - this.last < LINE_EVERY) return;
    else process.stderr.write(`${text}\n`);
    this.last = Date.now();
    this.shown = true;
  }

  end(): void {
    if (this.shown && process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
  }
}
