// `npm run verify`: recounts a store with PostGIS, which shares no code with the server, and prints where both differ.
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { askServer, type ServerAnswer } from './verify/answer.ts';
import { PostgisMissing, startCluster } from './verify/cluster.ts';
import { copyStore } from './verify/geopackage.ts';
import { recount, type Outcome } from './verify/recount.ts';
import { tableOf } from './verify/table.ts';

const HELP = `npm run verify -- [--store PATH] [--keep]
  --store PATH  the GeoPackage to recount (default: XIANTU_DATA, else data/local, /xiantu.gpkg)
  --keep        leave the copy of the store, and say where it is`;

interface Options {
  /** Changes the server's answer before it is compared: proves in tests that a wrong answer is found. */
  readonly alter?: (answer: ServerAnswer) => ServerAnswer;
  readonly keep?: boolean;
  readonly say?: (line: string) => void;
}

/** Recounts one store. The live file is copied first and never written. @throws PostgisMissing */
export async function verify(store: string, options: Options = {}): Promise<Outcome> {
  const cluster = await startCluster();
  const folder = await mkdtemp(join(tmpdir(), 'xiantu-verify-'));
  // the copy holds personal data: an interrupted recount takes it along too
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (!options.keep) process.once('exit', remove);
  try {
    const data = join(folder, 'data');
    await mkdir(data);
    const copy = join(folder, 'recount.gpkg');
    copyStore(store, copy);
    copyStore(copy, join(data, 'xiantu.gpkg'));
    const answer = await askServer(data);
    const client = await cluster.database('recount');
    return await recount(client, copy, options.alter ? options.alter(answer) : answer);
  } finally {
    await cluster.stop();
    if (options.keep) options.say?.(`The copy is kept in ${folder}`);
    else {
      process.off('exit', remove);
      remove();
    }
  }
}

/** The command: 0 when both agree, 1 when they do not, 2 when it could not run. */
export async function main(argv: readonly string[], say: (line: string) => void): Promise<number> {
  const options = { store: { type: 'string' }, keep: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  try {
    const { values } = parseArgs({ args: [...argv], options, strict: true });
    if (values.help) {
      say(HELP);
      return 0;
    }
    const store = resolve(values.store ?? join(process.env['XIANTU_DATA'] ?? join(import.meta.dirname, '../data/local'), 'xiantu.gpkg'));
    if (!existsSync(store)) throw new Error(`There is no store at ${store}. Start the service once (npm start), or name one with --store.`);
    const began = performance.now();
    const outcome = await verify(store, { keep: values.keep ?? false, say });
    for (const line of tableOf(outcome)) say(line);
    say(`${outcome.disagreements} disagreements in ${((performance.now() - began) / 1000).toFixed(1)} s (${store})`);
    return outcome.disagreements === 0 ? 0 : 1;
  } catch (error) {
    say(error instanceof PostgisMissing ? error.message : `verify: ${error instanceof Error ? error.message : String(error)}`);
    return 2;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
