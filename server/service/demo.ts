// The demo district: generated, then imported through the same code as any county's files.
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { LAYER_NAMES } from '../domain/layer.ts';
import { runGenerator } from './demoGenerator.ts';
import type { Imports } from './imports.ts';
import type { Service } from './service.ts';

const bounds = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const manifestSchema = z.object({
  district: z.object({ name: z.string(), synthetic: z.boolean() }),
  files: z.array(
    z.object({
      file: z.string(),
      layer: z.enum(LAYER_NAMES),
      crs: z.string().optional(),
      encoding: z.string().optional(),
      mapping: z.record(z.string(), z.string()).optional(),
      defaults: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  ground: z.object({ image: z.string(), bounds }),
});

/** Does the store want the demo district: empty, or left half filled by a start that was broken off? */
export async function wantsDemo(service: Service): Promise<boolean> {
  const { demo } = await service.reader.summary('admin');
  return demo === LOADING || (demo === null && (await service.reader.isEmpty()));
}

const LOADING = 'loading';

/** Fills the store with the demo district. @throws Error when a file does not import to its last row */
export async function loadDemo(service: Service, imports: Imports): Promise<void> {
  const resumed = (await service.reader.summary('admin')).demo === LOADING;
  await service.writer.setFact('demo', LOADING);
  const folder = join(service.settings.dataFolder, 'demo');
  service.say('demo', 'generating the demo district');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await runGenerator(folder);
  const manifest = manifestSchema.parse(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')));
  await service.writer.setFact('district', JSON.stringify({ zh: manifest.district.name, en: 'Demo mining district (synthetic)' }));
  await service.writer.setFact('synthetic', 'true');
  for (const [index, entry] of manifest.files.entries()) {
    service.say('demo', `importing the demo district: ${entry.file} (${index + 1} of ${manifest.files.length})`);
    const path = join(service.folders.uploads, `demo-${index}`);
    await copyFile(join(folder, entry.file), path);
    const report = await imports.start(
      {
        path,
        fileName: entry.file,
        layer: entry.layer,
        crs: entry.crs ?? null,
        transform: null,
        encoding: entry.encoding ?? null,
        table: null,
        mapping: entry.mapping ?? {},
        defaults: entry.defaults ?? {},
        mode: resumed ? 'upsert' : 'append',
        dryRun: false,
        allowPartial: false,
      },
      'demo',
    ).done;
    if (!report.stored || report.accepted !== report.read) {
      throw new Error(`the demo file ${entry.file} did not import: ${JSON.stringify(report.issues.slice(0, 3))}`);
    }
  }
  await copyFile(join(folder, manifest.ground.image), join(service.folders.ground, 'ground.png'));
  await service.writer.setFact('ground', JSON.stringify(manifest.ground.bounds));
  await service.writer.setFact('demo', 'loaded');
  await rm(folder, { recursive: true, force: true });
}
