// A throw-away PostgreSQL with PostGIS for the time of one recount: own folder, own port, no service, no trace left.
import { execFile, spawnSync } from 'node:child_process';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';

const run = promisify(execFile);

export const INSTALL_LINE = 'PostgreSQL with PostGIS is missing: apt-get install postgresql-15-postgis-3';

/** PostGIS is not installed; the message is the one line that would install it. */
export class PostgisMissing extends Error {
  constructor() {
    super(INSTALL_LINE);
  }
}

const ROOT = '/usr/lib/postgresql';

/** The folder of the newest PostgreSQL that has PostGIS beside it, or null. */
export function postgisBinaries(): string | null {
  if (!existsSync(ROOT)) return null;
  const versions = readdirSync(ROOT).filter(
    (name) => existsSync(join(ROOT, name, 'bin/initdb')) && existsSync(join(ROOT, name, 'lib/postgis-3.so')),
  );
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? null : join(ROOT, newest, 'bin');
}

export interface Cluster {
  readonly port: number;
  /** A new database with the extension, and a connection to it. */
  database(name: string): Promise<Client>;
  stop(): Promise<void>;
}

/** @throws PostgisMissing */
export async function startCluster(): Promise<Cluster> {
  const bin = postgisBinaries();
  if (!bin) throw new PostgisMissing();
  const folder = await mkdtemp(join(tmpdir(), 'xiantu-postgis-'));
  const owner = await ownerOf(folder);
  const port = await freePort();
  const data = join(folder, 'data');
  await owner.run(join(bin, 'initdb'), ['-D', data, '-U', owner.name, '-A', 'trust', '--locale=C.UTF-8', '--encoding=UTF8', '--no-sync']);
  // nothing here outlives the recount, so nothing needs to reach the disk; jit only slows these short queries
  const options = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c jit=off -c work_mem=256MB -c shared_buffers=256MB -c max_wal_size=4GB`;
  const control = join(bin, 'pg_ctl');
  const stopping = ['-D', data, '-m', 'immediate', '-w', 'stop'];
  const remove = () => rm(folder, { recursive: true, force: true });
  // PostgreSQL outlives the process that started it, so an interrupted recount stops it on its way out
  const abandon = () => {
    const [file, args] = owner.command(control, stopping);
    spawnSync(file, args, { cwd: folder });
    rmSync(folder, { recursive: true, force: true });
  };
  const interrupted = () => process.exit(130);
  process.once('exit', abandon).once('SIGINT', interrupted).once('SIGTERM', interrupted);
  const forget = () => process.off('exit', abandon).off('SIGINT', interrupted).off('SIGTERM', interrupted);
  try {
    await owner.run(control, ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start']);
  } catch (error) {
    forget();
    await remove();
    throw error;
  }
  const clients: Client[] = [];
  const connect = async (database: string) => {
    const client = new Client({ host: '127.0.0.1', port, user: owner.name, database });
    client.on('error', () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  };
  return {
    port,
    database: async (name) => {
      const admin = await connect('postgres');
      await admin.query(`CREATE DATABASE "${name}"`);
      await admin.end();
      const client = await connect(name);
      await client.query('CREATE EXTENSION postgis');
      return client;
    },
    stop: async () => {
      await Promise.allSettled(clients.map((client) => client.end()));
      forget();
      await owner.run(control, stopping);
      await remove();
    },
  };
}

interface Owner {
  readonly name: string;
  command(file: string, args: readonly string[]): [string, string[]];
  run(file: string, args: readonly string[]): Promise<unknown>;
}

/** PostgreSQL refuses to run as root, so root hands the folder to the user postgres. */
async function ownerOf(folder: string): Promise<Owner> {
  const isRoot = process.getuid?.() === 0;
  const drop = ['--reuid=postgres', '--regid=postgres', '--init-groups'];
  const command = (file: string, args: readonly string[]): [string, string[]] =>
    isRoot ? ['setpriv', [...drop, file, ...args]] : [file, [...args]];
  if (isRoot) {
    const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
    await chown(folder, await id('-u'), await id('-g'));
    await chmod(folder, 0o700);
  }
  return {
    name: isRoot ? 'postgres' : userInfo().username,
    command,
    run: (file, args) => run(...command(file, args), { cwd: folder }),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
