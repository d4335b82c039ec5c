// A real server in this process on a free port with a folder of its own, and signed-in clients for it.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ImportReport } from '../../server/domain/importReport.ts';
import { start, type Running } from '../../server/main.ts';
import { readSettings } from '../../server/service/settings.ts';

export const PASSWORD = 'a-password-for-tests';

export interface TestServer {
  readonly url: string;
  readonly folder: string;
  readonly running: Running;
  stop(): Promise<void>;
}

/** @param env variables of the contract on top of an empty store without demo and rate limit */
export async function startServer(env: Record<string, string> = {}): Promise<TestServer> {
  const folder = env['XIANTU_DATA'] ?? (await mkdtemp(join(tmpdir(), 'xiantu-test-')));
  const settings = readSettings({
    PORT: '0',
    XIANTU_DEMO: 'off',
    XIANTU_RATE_LIMIT: 'off',
    XIANTU_DEMO_PASSWORD: PASSWORD,
    ...env,
    XIANTU_DATA: folder,
  });
  const running = await start(settings, () => undefined);
  await running.ready;
  return {
    url: running.url,
    folder,
    running,
    stop: async () => {
      await running.stop();
      if (!env['XIANTU_DATA']) await rm(folder, { recursive: true, force: true });
    },
  };
}

export class Client {
  readonly url: string;
  private cookie = '';
  private csrf = '';

  constructor(url: string) {
    this.url = url;
  }

  static async as(server: { url: string }, username: 'admin' | 'planner' | 'analyst'): Promise<Client> {
    const client = new Client(server.url);
    const response = await client.send('POST', '/api/session', { username, password: PASSWORD });
    if (response.status !== 200) throw new Error(`sign-in answered ${response.status}`);
    client.cookie = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    client.csrf = ((await response.json()) as { csrfToken: string }).csrfToken;
    return client;
  }

  /** A JSON body, or none; `headers` win. */
  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookie ? { Cookie: this.cookie } : {}),
        ...(this.csrf ? { 'X-CSRF-Token': this.csrf } : {}),
        ...(body === undefined || body instanceof FormData ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.send('GET', path, undefined, headers);
  }

  /** An answer that goes on until the signal ends it. */
  stream(path: string, signal: AbortSignal): Promise<Response> {
    return fetch(this.url + path, { headers: this.cookie ? { Cookie: this.cookie } : {}, signal });
  }

  /** The body of a GET that must succeed. */
  async json<T>(path: string): Promise<T> {
    const response = await this.get(path);
    if (!response.ok) throw new Error(`GET ${path} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
    return (await response.json()) as T;
  }

  /** Uploads a file's bytes; `parts` are the other form fields. */
  async upload(
    fileName: string,
    bytes: string | Uint8Array,
    parts: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of Object.entries(parts)) form.append(name, value);
    form.append('file', new Blob([typeof bytes === 'string' ? bytes : new Uint8Array(bytes)]), fileName);
    return this.send('POST', '/api/imports', form, headers);
  }

  /** Uploads and answers the report, whatever the status. */
  async report(
    fileName: string,
    bytes: string | Uint8Array,
    parts: Record<string, string>,
  ): Promise<ImportReport & { status: number; httpStatus: number; code: string }> {
    const response = await this.upload(fileName, bytes, parts);
    return { ...((await response.json()) as ImportReport & { status: number; code: string }), httpStatus: response.status };
  }

  async uploadFile(path: string, parts: Record<string, string>) {
    return this.report(basename(path), await readFile(path), parts);
  }
}

/** A GeoJSON FeatureCollection as text. */
export function collectionOf(features: readonly { id?: string; geometry: unknown; properties?: Record<string, unknown> }[]): string {
  return JSON.stringify({
    type: 'FeatureCollection',
    features: features.map((feature) => ({ type: 'Feature', properties: {}, ...feature })),
  });
}
