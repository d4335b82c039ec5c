// The command line speaks HTTP like everyone else: to the server that holds the data folder, or, when none does, to
// one that it starts for itself. One code path, the same answers.
import { start } from '../main.ts';
import { readLock } from '../service/lock.ts';
import { readSettings, SettingsError } from '../service/settings.ts';

/** What went wrong, in one line for stderr. */
export class CliError extends Error {}

export interface ServerAnswer {
  readonly status: number;
  readonly response: Response;
}

export interface Connection {
  readonly dataFolder: string;
  send(method: string, path: string, body?: FormData | object, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** The JSON body of an answer; a problem becomes a CliError. */
  json(
    method: string,
    path: string,
    body?: FormData | object,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Record<string, unknown>>;
}

/** Runs work against the service of the data folder. */
export async function withService<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
  const settings = readSettings({ ...process.env, PORT: '0', XIANTU_DEMO: 'off', XIANTU_RATE_LIMIT: 'off' });
  const lock = readLock(settings.dataFolder);
  if (lock) {
    if (lock.key === '') throw new SettingsError('A server of another user holds the data folder; run the command as that user.');
    return work(connectionTo(settings.dataFolder, lock.url, lock.key));
  }
  const running = await start({ ...settings, host: '127.0.0.1' }, () => undefined, { accounts: false });
  try {
    await running.ready;
    return await work(connectionTo(settings.dataFolder, running.url, running.key.value));
  } finally {
    await running.stop();
  }
}

function connectionTo(dataFolder: string, url: string, key: string): Connection {
  const send: Connection['send'] = (method, path, body, headers = {}) =>
    fetch(url + path, {
      method,
      headers: {
        ...headers,
        Authorization: `Bearer ${key}`,
        ...(body === undefined || body instanceof FormData ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
  return {
    dataFolder,
    send,
    json: async (method, path, body, headers) => {
      const response = await send(method, path, body, headers);
      const answer = (await response.json()) as Record<string, unknown>;
      if (!response.ok && typeof answer['read'] !== 'number')
        throw new CliError(typeof answer['detail'] === 'string' ? answer['detail'] : `the server answered ${response.status}`);
      return answer;
    },
  };
}
