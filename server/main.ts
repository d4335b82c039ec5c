// Starts the service: threads, store, accounts, demo district, HTTP. `start()` serves the command line and tests too.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildApp } from './http/app.ts';
import { ExportFiles } from './http/exportFiles.ts';
import { loadDemo, wantsDemo } from './service/demo.ts';
import { Imports } from './service/imports.ts';
import { LocalKey, readLock, removeLock, writeLock } from './service/lock.ts';
import { Service } from './service/service.ts';
import { randomPassword, readSettings, SettingsError, type Settings } from './service/settings.ts';

const STAFF = ['admin', 'planner', 'analyst'] as const;

export interface Running {
  readonly url: string;
  readonly service: Service;
  readonly key: LocalKey;
  /** Resolves when the store is loaded and exposure is computed; rejects when that fails. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Opens the store and listens at once; `/readyz` tells when the data are there.
 * @param options `accounts: false`: the first accounts are left to the next start, whose output someone reads
 */
export async function start(settings: Settings, say: (line: string) => void, options = { accounts: true }): Promise<Running> {
  const holder = readLock(settings.dataFolder);
  if (holder)
    throw new SettingsError(
      `Another server (process ${holder.pid}) holds ${settings.dataFolder}. Stop it, or set XIANTU_DATA to another folder.`,
    );
  let stopping = false;
  const service = await Service.open(settings, (name) => {
    if (stopping) return;
    say(`The ${name} thread ended; the service stops so that nothing wrong is served. Start it again.`);
    process.exit(1);
  });
  const imports = new Imports(service);
  const key = new LocalKey();
  const server = createServer(buildApp({ service, imports, exportFiles: new ExportFiles(service) }, key, say));
  // slow senders are cut; server-sent events keep their connections, which answer and are not bound by these
  server.headersTimeout = 15_000;
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 600_000;
  await listen(server, settings);
  const url = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${(server.address() as AddressInfo).port}`;
  writeLock(settings.dataFolder, { pid: process.pid, url, key: key.value });
  const ready = prepare(service, imports, say, options.accounts).then(() => say(`险图 Xiantu is ready at ${settings.publicUrl ?? url}`));
  return {
    url,
    service,
    key,
    ready,
    stop: async () => {
      stopping = true;
      await ready.catch(() => undefined);
      server.closeIdleConnections();
      const closed = new Promise((done) => server.close(done));
      setTimeout(() => server.closeAllConnections(), 2000).unref();
      await closed;
      await service.close();
      removeLock(settings.dataFolder);
    },
  };
}

function listen(server: Server, settings: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new SettingsError(`Port ${settings.port} is taken. Set PORT to another.`) : error);
    });
    server.listen(settings.port, settings.host, resolve);
  });
}

async function prepare(service: Service, imports: Imports, say: (line: string) => void, accounts: boolean): Promise<void> {
  const { settings } = service;
  if (settings.demo && (await wantsDemo(service))) {
    say('The store is empty: the demo district is generated and imported (about a minute).');
    await loadDemo(service, imports);
  }
  if (accounts) await makeAccounts(service, say);
  await service.makeReady();
}

async function makeAccounts(service: Service, say: (line: string) => void): Promise<void> {
  if (!(await service.accounts.isEmpty())) return;
  const { demo, demoPassword } = service.settings;
  const password = demoPassword ?? randomPassword();
  const names = demo || demoPassword !== null ? STAFF : (['admin'] as const);
  for (const name of names) await service.accounts.setAccount(name, password, name);
  say(
    `Accounts made: ${names.join(', ')}${demoPassword === null ? `, password ${password} (shown only now)` : ' with XIANTU_DEMO_PASSWORD'}.`,
  );
}

if (import.meta.main) {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  try {
    const running = await start(readSettings(process.env), say);
    const stop = () => void running.stop().then(() => process.exit(0));
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    running.ready.catch((error: unknown) => {
      say(`The start failed: ${error instanceof Error ? error.message : String(error)}`);
      process.exit(1);
    });
  } catch (error) {
    process.stderr.write(`${error instanceof SettingsError ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    process.exit(1);
  }
}
