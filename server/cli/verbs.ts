// The verbs of the command line.
import { copyFile, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createWriteStream, existsSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { parseArgs } from 'node:util';
import { readLock } from '../service/lock.ts';
import { randomPassword, readSettings } from '../service/settings.ts';
import { CliError, withService } from './connection.ts';
import { followImport } from './followImport.ts';
import { backUpPhotos, photosBeside, restorePhotos } from './photosBackup.ts';

export interface Verb {
  readonly summary: string;
  readonly usage: string;
  /** Answers the exit code. @throws CliError */
  run(args: readonly string[]): Promise<number>;
}

const print = (value: unknown) => process.stdout.write(`${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}\n`);

const importVerb: Verb = {
  summary: 'Import a file into a layer',
  usage: `xiantu import FILE --layer LAYER [--crs EPSG:4526] [--transform dx,dy,dz,rx,ry,rz,ppm] [--encoding gb18030] [--table NAME] [--mapping JSON] [--defaults JSON]
  [--mode append|upsert|replace] [--dry-run] [--allow-partial]
FILE is a shapefile (zipped, or its .shp beside its other parts), GeoJSON (newline-delimited too), GeoPackage, KML, KMZ, CSV, TSV or Excel (.xlsx). Prints the report, and on stderr how far it is; exit code 1 when nothing was stored. Ctrl-C calls the import off.`,
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        layer: { type: 'string' },
        crs: { type: 'string' },
        transform: { type: 'string' },
        encoding: { type: 'string' },
        table: { type: 'string' },
        mapping: { type: 'string' },
        defaults: { type: 'string' },
        mode: { type: 'string' },
        'dry-run': { type: 'boolean' },
        'allow-partial': { type: 'boolean' },
      },
    });
    const [file] = positionals;
    if (file === undefined || values.layer === undefined) throw new CliError('Say which file and --layer.');
    const bytes = await readFile(file).catch(() => {
      throw new CliError(`${file} cannot be read.`);
    });
    const form = new FormData();
    for (const name of ['layer', 'crs', 'transform', 'encoding', 'table', 'mapping', 'defaults', 'mode'] as const) {
      const value = values[name];
      if (value !== undefined) form.append(name, value);
    }
    if (values['dry-run']) form.append('dryRun', 'true');
    if (values['allow-partial']) form.append('allowPartial', 'true');
    form.append('file', new Blob([new Uint8Array(bytes)]), basename(file));
    for (const part of await shapefileParts(file)) form.append('file', new Blob([new Uint8Array(await readFile(part))]), basename(part));
    return withService(async (connection) => {
      const report = await followImport(connection, form);
      print(report);
      if (report['stored'] !== true && report['dryRun'] !== true)
        throw new CliError(
          `Nothing was stored: ${Number(report['rejected'])} of ${Number(report['read'])} rows are at fault. Correct them, or give --allow-partial to store the other ${Number(report['accepted'])}.`,
        );
      return 0;
    });
  },
};

/** The other parts of a shapefile that lie beside its .shp. */
async function shapefileParts(file: string): Promise<string[]> {
  if (!/\.shp$/i.test(file)) return [];
  const stem = basename(file).slice(0, -4).toLowerCase();
  const beside = await readdir(dirname(resolve(file)));
  return beside
    .filter((name) => /\.(dbf|shx|prj|cpg)$/i.test(name) && name.slice(0, -4).toLowerCase() === stem)
    .map((name) => join(dirname(resolve(file)), name));
}

const analyse: Verb = {
  summary: 'Print the exposure figures as JSON',
  usage: `xiantu analyse [--query "township=140303004000&base=registered"]
The query is that of GET /api/exposure.`,
  run: async (args) => {
    const { values } = parseArgs({ args: [...args], options: { query: { type: 'string' } } });
    return withService(async (connection) => {
      print(await connection.json('GET', `/api/exposure${values.query ? `?${values.query}` : ''}`));
      return 0;
    });
  },
};

const ENDINGS: Readonly<Record<string, string>> = {
  gpkg: 'gpkg',
  zip: 'shp',
  geojson: 'geojson',
  json: 'geojson',
  csv: 'csv',
  xlsx: 'xlsx',
};

const exportVerb: Verb = {
  summary: 'Write a layer to a file',
  usage: `xiantu export LAYER --out FILE [--format gpkg|shp|geojson|csv|xlsx] [--crs EPSG:4526]
Without --format the ending of FILE says it (.zip: shapefiles). What the format could not hold as it is, is told on stderr; a zip of
shapefiles says it field by field in its 说明.txt.`,
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { out: { type: 'string' }, format: { type: 'string' }, crs: { type: 'string' } },
    });
    const [layer] = positionals;
    const { out } = values;
    if (layer === undefined || out === undefined) throw new CliError('Say which layer and --out.');
    const format = values.format ?? ENDINGS[extname(out).slice(1).toLowerCase()];
    const query = new URLSearchParams({ ...(format ? { format } : {}), ...(values.crs ? { crs: values.crs } : {}) });
    return withService(async (connection) => {
      const response = await connection.send('GET', `/api/exports/${encodeURIComponent(layer)}?${query}`);
      if (!response.ok || !response.body) throw new CliError(((await response.json()) as { detail: string }).detail);
      const partial = `${out}.partial`;
      try {
        await pipeline(Readable.fromWeb(response.body as WebStream), createWriteStream(partial, { mode: 0o600 }));
        await rename(partial, out);
      } finally {
        await rm(partial, { force: true });
      }
      const losses = response.headers.get('x-xiantu-losses') ?? '0';
      if (losses !== '0') process.stderr.write(`${out}: values not held as they are 未能原样保存的值: ${losses.replaceAll(';', ', ')}\n`);
      return 0;
    });
  },
};

const publish: Verb = {
  summary: 'Publish the public figures now',
  usage: 'xiantu publish',
  run: () =>
    withService(async (connection) => {
      print(await connection.json('POST', '/api/publications'));
      return 0;
    }),
};

const storeOf = (folder: string) => join(folder, 'xiantu.gpkg');

const backupVerb: Verb = {
  summary: 'Write a consistent copy of the store, while the service may run',
  usage: 'xiantu backup FILE.gpkg      Photos are copied into FILE.gpkg.photos beside it.',
  run: async ([file]) => {
    if (file === undefined) throw new CliError('Say which file to write.');
    const { dataFolder } = readSettings(process.env);
    if (!existsSync(storeOf(dataFolder))) throw new CliError(`There is no store in ${dataFolder}.`);
    const target = resolve(file);
    await mkdir(dirname(target), { recursive: true });
    const partial = `${target}.partial`;
    await rm(partial, { force: true });
    const source = new DatabaseSync(storeOf(dataFolder), { readOnly: true, timeout: 5000 });
    await backup(source, partial);
    source.close();
    const copy = new DatabaseSync(partial);
    copy.exec('PRAGMA journal_mode = DELETE');
    const check = copy.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'];
    copy.close();
    if (check !== 'ok') throw new CliError('The copy is not sound; nothing was kept.');
    const handle = await open(partial, 'r+');
    await handle.sync();
    await handle.close();
    await rename(partial, target);
    const photos = await backUpPhotos(dataFolder, photosBeside(target));
    if (photos > 0) print(`${photos} photos: ${photosBeside(target)}`);
    return 0;
  },
};

const restore: Verb = {
  summary: 'Put a backup in place of the store (the service must be stopped)',
  usage:
    'xiantu restore FILE.gpkg      The store as it was is kept beside it. Photos in FILE.gpkg.photos are put beside those that are there.',
  run: async ([file]) => {
    if (file === undefined) throw new CliError('Say which backup to restore.');
    const { dataFolder } = readSettings(process.env);
    if (readLock(dataFolder)) throw new CliError('A server holds the data folder. Stop it first.');
    const copy = new DatabaseSync(resolve(file), { readOnly: true });
    const sound = copy.prepare('PRAGMA integrity_check(1)').get()?.['integrity_check'] === 'ok';
    const version = copy.prepare(`SELECT value FROM facts WHERE name = 'schema_version'`).get()?.['value'];
    copy.close();
    if (!sound || version === undefined) throw new CliError(`${file} is no sound backup of Xiantu.`);
    await mkdir(dataFolder, { recursive: true, mode: 0o700 });
    const store = storeOf(dataFolder);
    if (existsSync(store)) {
      const current = new DatabaseSync(store);
      current.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      current.close();
      const kept = `${store}.before-restore-${new Date().toISOString().replaceAll(':', '-')}`;
      await rename(store, kept);
      print(`The store as it was: ${kept}`);
      await Promise.all(['-wal', '-shm'].map((end) => rm(store + end, { force: true })));
    }
    await copyFile(resolve(file), `${store}.partial`);
    await rename(`${store}.partial`, store);
    const photos = await restorePhotos(dataFolder, photosBeside(resolve(file)));
    if (photos > 0) print(`${photos} photos were put back.`);
    return 0;
  },
};

const user: Verb = {
  summary: 'List, make or remove accounts',
  usage: `xiantu user list
xiantu user set NAME --role analyst|planner|admin [--password-file FILE]   without a file, a random password is printed
xiantu user remove NAME`,
  run: async (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { role: { type: 'string' }, 'password-file': { type: 'string' } },
    });
    const [action, name] = positionals;
    return withService(async (connection) => {
      if (action === 'list') print(await connection.json('GET', '/api/accounts'));
      else if (action === 'set' && name !== undefined && values.role !== undefined) {
        const file = values['password-file'];
        const password = file === undefined ? randomPassword() : (await readFile(file, 'utf8')).trim();
        await connection.json('POST', '/api/accounts', { username: name, password, role: values.role });
        print(file === undefined ? `${name}: ${password}` : `${name} is set`);
      } else if (action === 'remove' && name !== undefined) {
        const response = await connection.send('DELETE', `/api/accounts/${encodeURIComponent(name)}`);
        if (!response.ok) throw new CliError(((await response.json()) as { detail: string }).detail);
      } else throw new CliError('Say list, set NAME --role ROLE, or remove NAME.');
      return 0;
    });
  },
};

const doctor: Verb = {
  summary: 'Check the store: soundness, indexes, what counts and what could not be assessed',
  usage: 'xiantu doctor',
  run: async () => {
    const { dataFolder } = readSettings(process.env);
    if (!existsSync(storeOf(dataFolder))) throw new CliError(`There is no store in ${dataFolder}.`);
    const store = new DatabaseSync(storeOf(dataFolder), { readOnly: true, timeout: 5000 });
    const integrity = store
      .prepare('PRAGMA integrity_check(10)')
      .all()
      .map((row) => String(row['integrity_check']));
    const foreign = store.prepare('PRAGMA foreign_key_check').all().length;
    store.close();
    const figures = await withService((connection) => connection.json('GET', '/api/exposure'));
    print({
      integrity,
      foreignKeyFaults: foreign,
      totals: figures['totals'],
      unlocated: figures['unlocated'],
      notAssessed: figures['notAssessed'],
    });
    if (integrity[0] !== 'ok' || foreign > 0) throw new CliError('The store is not sound. Restore a backup.');
    return 0;
  },
};

export const verbs: Readonly<Record<string, Verb>> = {
  import: importVerb,
  analyse,
  export: exportVerb,
  publish,
  backup: backupVerb,
  restore,
  user,
  doctor,
};
